import { Refusal } from './refusal';

/** Two or more bytes that are one character in UTF-8. */
const UTF8_SEQUENCE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/;

/** Not text in ISO-8859-1: control characters other than tab and line ends. */
// eslint-disable-next-line no-control-regex
const NOT_TEXT = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/**
 * Reads a query or a urlencoded body (contract specter §1: ISO-8859-1, then percent-encoded).
 *
 * Stricter than kind: values that look like UTF-8, control characters, raw bytes above ASCII, broken
 * percent signs and a name given twice are refused.
 *
 * @param encoded the text as it came, one character a byte
 * @param into parameters read so far
 * @throws Refusal
 */
export function readParameters(encoded: string, into: Map<string, string>): void {
	for (const pair of encoded.split('&')) {
		if (pair === '') continue;
		const equals = pair.indexOf('=');
		const name = decode(equals < 0 ? pair : pair.slice(0, equals), 'A parameter name');
		const value = equals < 0 ? '' : decode(pair.slice(equals + 1), name);
		if (into.has(name)) throw new Refusal('parameter', `${name} is given twice`);
		into.set(name, value);
	}
}

function decode(encoded: string, name: string): string {
	if (/[^\x20-\x7e]/.test(encoded)) {
		throw new Refusal('encoding', `${name} has bytes that are not percent-encoded`);
	}
	if (/%(?![0-9a-f]{2})/i.test(encoded)) {
		throw new Refusal('encoding', `${name} has a broken percent sign`);
	}
	const value = encoded
		.replace(/\+/g, ' ')
		.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	if (UTF8_SEQUENCE.test(value)) {
		throw new Refusal('encoding', `${name} is encoded as UTF-8, ISO-8859-1 is expected`);
	}
	if (NOT_TEXT.test(value)) {
		throw new Refusal('encoding', `${name} has bytes that are no text in ISO-8859-1`);
	}
	return value;
}

/** Bytes of an answer. What ISO-8859-1 lacks becomes a question mark, as in Specter's own database. */
export function latin1(text: string): Buffer {
	return Buffer.from(text.replace(/[^\x00-\xff]/gu, '?'), 'latin1'); // eslint-disable-line no-control-regex
}
