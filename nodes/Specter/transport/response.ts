import { elementsNamed, parseXml, valueOf } from './xml';

/** A call that Specter did not carry out, with its code and words. Contract specter §3. */
export interface SpecterRefusal {
	done: false;
	code: string;
	message: string;
}

/** What Specter answered to a call: done with an id, or refused. Contract specter §3. */
export type SpecterAnswer = { done: true; id: string; message: string } | SpecterRefusal;

function isUtf8(body: Buffer): boolean {
	try {
		return Boolean(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		return false;
	}
}

/**
 * What windows-1252 has from 0x80 to 0x9F. TextDecoder has control characters there in many releases of
 * Node (nodejs/node issue 56542).
 */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The text, or undefined where the encoding is Latin-1 or has to be taken for it. */
function decodedByLabel(label: string, body: Buffer): string | undefined {
	try {
		const decoder = new TextDecoder(label);
		// By its standard ISO-8859-1 is windows-1252, and what is in UTF-16 declares nothing readable.
		const isLatin1 = /^(windows-1252|utf-16..)$/.test(decoder.encoding);
		return isLatin1 ? undefined : decoder.decode(body);
	} catch {
		return undefined;
	}
}

function decodedAs(label: string, body: Buffer): string {
	const latin1 = body.toString('latin1');
	if (!/1252$/.test(label)) return decodedByLabel(label, body) ?? latin1;
	return latin1.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]);
}

/**
 * Text answers are ISO-8859-1 and XML says its encoding. Where it does not, or names none that is known,
 * it is ISO-8859-1 (contract specter §1, assumed); but undeclared XML is UTF-8 if its bytes are whole
 * characters of it, which Swedish in Latin-1 never is.
 */
export function decodeAnswer(body: Buffer): string {
	const head = body.subarray(0, 200).toString('latin1');
	const declared = /<\?xml[^>]*\bencoding=["']([\w-]+)["']/i.exec(head)?.[1].toLowerCase();
	const isXml = /^[^\w;]*</.test(head);
	const assumed = isXml && isUtf8(body) ? 'utf-8' : 'iso-8859-1';
	return decodedAs(declared ?? assumed, body).replace(/^(\ufeff|\u00ef\u00bb\u00bf)/, '');
}

/**
 * Reads the answer to a write: `result;id;message` or, where Specter answers in XML, an
 * `APIresponse` element. The message may hold semicolons. Anything else, such as a proxy's own
 * page or an answer cut off inside the number, gives `undefined` and is never taken for success.
 */
export function parseAnswer(body: Buffer): SpecterAnswer | undefined {
	const text = decodeAnswer(body).trim();
	if (text.startsWith('<')) return parseXmlAnswer(text);
	const [, result, id, message] = /^([01]);([^;]*);([\s\S]*)$/.exec(text) ?? [];
	return result ? toAnswer(result, id.trim(), message.trim()) : undefined;
}

function parseXmlAnswer(text: string): SpecterAnswer | undefined {
	const root = parseXml(text);
	const [answer, ...others] = root ? elementsNamed(root, 'APIresponse') : [];
	if (!answer || others.length > 0) return undefined;
	const field = (name: string) => valueOf(answer, name) ?? '';
	return toAnswer(field('result'), field('code'), field('message'));
}

/**
 * Reads the answer of a function whose result line is all that counts, such as a confirmation. It may
 * be as short as `1;Done`; what is refused has code and message as everywhere.
 */
export function parseResult(body: Buffer): SpecterAnswer | undefined {
	const [short, message = ''] = /^1(?:;(.*))?$/s.exec(decodeAnswer(body).trim()) ?? [];
	return parseAnswer(body) ?? (short ? { done: true, id: '', message } : undefined);
}

function toAnswer(result: string, id: string, message: string): SpecterAnswer | undefined {
	if (result === '1') return { done: true, id, message };
	if (result === '0') return { done: false, code: id, message };
	return undefined;
}

/** A refusal's own words and code, for the user: codes but 99 are unknown (contract specter §3). */
export function refusalReason({ code, message }: { code: string; message: string }): string {
	return `${message || 'no reason given'} (code ${code || 'none'})`;
}
