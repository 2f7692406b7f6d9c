import type { Answer } from '../http';
import type { SpecterDialect } from './dialect';
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

/** @param root the root element; without a declaration it is ISO-8859-1, as the contract has it */
export function xml(root: string, { xmlDeclaration }: SpecterDialect): Answer {
	const whole =
		xmlDeclaration === 'none'
			? root
			: `<?xml version="1.0" encoding="${DECLARED[xmlDeclaration]}"?>\r\n${root}`;
	return {
		status: 200,
		headers: { 'Content-Type': 'text/xml' },
		body: xmlDeclaration === 'utf-8' ? Buffer.from(whole, 'utf8') : latin1(whole),
	};
}

export function escaped(value: string | number): string {
	return String(value)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
