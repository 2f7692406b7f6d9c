import anyAscii from 'any-ascii';

/** Control characters, which no text of a shop means to hold; tab and line breaks stay. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

const OUTSIDE_LATIN1 = /[^\p{ASCII}\u0080-\u00ff]/gu;

/** The nearest ASCII; a question mark only for punctuation, such as that of another script. */
function spelled(character: string): string {
	const ascii = anyAscii(character);
	return /\p{P}/u.test(character) ? ascii : ascii.replaceAll('?', '');
}

/**
 * Rewrites what Latin-1 cannot hold by its nearest spelling (– to -, ’ to ', € to EUR, č to c), so
 * that nothing becomes a silent question mark. Composed first, because å may arrive as a + ring.
 * Contract specter §1.
 */
export function transliterate(text: string): string {
	return text.normalize('NFC').replace(OUTSIDE_LATIN1, spelled).replace(CONTROL, '');
}
