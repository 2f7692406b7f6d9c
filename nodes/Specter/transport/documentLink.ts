import { decodeAnswer, parseAnswer, type SpecterRefusal } from './response';

/**
 * `<x>;<url>`, where what x holds is not known: any field or two, or none. A semicolon is a part of the
 * address only before `name=value`; else it ends it.
 */
const LINK = /^(?:[^;<>\r\n]*;){0,2}\s*(https?:\/\/[^;<>\r\n]+(?:;[^;=\s]+=[^;\s]*)*)/i;

/**
 * Reads the answer of getPDFLink: the document's address, or a refusal (contract specter §4). An answer
 * with no whole http or https address in it, such as a page or one that was cut off, gives `undefined`.
 */
export function parseDocumentLink(
	body: Buffer,
): { done: true; url: string } | SpecterRefusal | undefined {
	const answer = parseAnswer(body);
	const url = addressIn(decodeAnswer(body).trim());
	if (answer?.done === false && !isDocumentAddress(answer.code)) return answer;
	return url === undefined ? undefined : { done: true, url };
}

function addressIn(text: string): string | undefined {
	const url = LINK.exec(text)?.[1].trim();
	return url !== undefined && isDocumentAddress(url) ? url : undefined;
}

/** Whether it leads to something on a host: an address cut off after the host leads to no document. */
function isDocumentAddress(text: string): boolean {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
	const { pathname, search } = new URL(text);
	return pathname !== '/' || search !== '';
}
