import type { Answer } from '../http';
import type { SpecterDialect } from './dialect';
import { escaped } from './elements';
import { latin1 } from './latin1';

/** Contract specter §3: `result;id;message`, or XML with an `APIresponse` where useXML=2. */
export function statusAnswer(
	asXml: boolean,
	dialect: SpecterDialect,
	result: 0 | 1,
	idOrCode: number | string,
	message: string,
): Answer {
	if (!asXml) return plain(`${result};${idOrCode};${message}`);
	const parts = { result, code: idOrCode, message };
	const elements = Object.entries(parts).map(
		([name, value]) => `<${name}>${escaped(value)}</${name}>`,
	);
	const root = dialect.xmlRoot;
	return xml(`<${root}><APIresponse>${elements.join('')}</APIresponse></${root}>`, dialect);
}

export function plain(body: string): Answer {
	return {
		status: 200,
		headers: { 'Content-Type': 'text/plain; charset=ISO-8859-1' },
		body: latin1(body),
	};
}

const DECLARED = { latin1: 'ISO-8859-1', 'utf-8': 'UTF-8' };

/** @param root the root element */
export function xml(root: string, dialect: SpecterDialect): Answer {
	const { xmlDeclaration, undeclaredXmlEncoding } = dialect;
	const isDeclared = xmlDeclaration !== 'none';
	const encoding = isDeclared ? xmlDeclaration : undeclaredXmlEncoding;
	const whole = isDeclared
		? `<?xml version="1.0" encoding="${DECLARED[encoding]}"?>\r\n${root}`
		: root;
	return {
		status: 200,
		headers: { 'Content-Type': 'text/xml' },
		body: encoding === 'utf-8' ? Buffer.from(whole, 'utf8') : latin1(whole),
	};
}
