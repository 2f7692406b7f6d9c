import type { Answer } from '../http';
import { latin1 } from './latin1';

/** Contract specter §3: `result;id;message`, or XML with an `APIresponse` where useXML=2. */
export function statusAnswer(
	asXml: boolean,
	root: string,
	result: 0 | 1,
	idOrCode: number | string,
	message: string,
): Answer {
	if (!asXml) return plain(`${result};${idOrCode};${message}`);
	const parts = { result, code: idOrCode, message };
	const elements = Object.entries(parts).map(
		([name, value]) => `<${name}>${escaped(value)}</${name}>`,
	);
	return xml(`<${root}><APIresponse>${elements.join('')}</APIresponse></${root}>`);
}

export function plain(body: string): Answer {
	return {
		status: 200,
		headers: { 'Content-Type': 'text/plain; charset=ISO-8859-1' },
		body: latin1(body),
	};
}

/** @param body the root element */
export function xml(body: string): Answer {
	return {
		status: 200,
		headers: { 'Content-Type': 'text/xml' },
		body: latin1(`<?xml version="1.0" encoding="ISO-8859-1"?>\r\n${body}`),
	};
}

export function escaped(value: string | number): string {
	return String(value)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}
