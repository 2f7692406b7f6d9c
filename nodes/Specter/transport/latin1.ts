import { transliterate } from '../../shared/transliterate';

/**
 * Percent-encodes text as its ISO-8859-1 bytes (å = %E5), for a query or a form body; the text is
 * transliterated first. Contract specter §1.
 */
export function percentEncodeLatin1(text: string): string {
	return Array.from(Buffer.from(transliterate(text), 'latin1'), (byte) => {
		const character = String.fromCharCode(byte);
		return /[A-Za-z0-9\-_.~]/.test(character)
			? character
			: `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}).join('');
}
