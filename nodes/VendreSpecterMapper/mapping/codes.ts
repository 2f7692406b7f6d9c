import { Refusal } from '../../shared/refusal';
import type { CodeMap } from './settings';
import type { Notes } from './notes';
import { wordFor } from './wordFor';

/** Specter's language codes (contract specter §4: Swedish is SE) by the shop's (contract vendre §2). */
const LANGUAGES: CodeMap = {
	sv: 'SE',
	se: 'SE',
	en: 'EN',
	gb: 'EN',
	nb: 'NO',
	nn: 'NO',
	no: 'NO',
	fi: 'FI',
	da: 'DA',
	dk: 'DA',
	de: 'DE',
	es: 'ES',
};

/**
 * Specter's code of a language (matrix C7, O10); the user's map goes first. A language that Specter
 * does not have is left out with a note.
 */
export function languageCode(language: string, map: CodeMap, notes: Notes): string | undefined {
	if (!language) return undefined;
	const short = language.toLowerCase().slice(0, 2);
	const code = wordFor(map, language) ?? wordFor(map, short) ?? wordFor(LANGUAGES, short);
	if (!code) notes.push(`Language "${language}" is not one of Specter’s and was left out`);
	return code;
}

/**
 * The two-letter code of a country (matrix C6, C12, O16); the user's map goes first.
 * @throws {Refusal} for a country that is neither a code nor in the map
 */
export function countryCode(country: string, map: CodeMap): string | undefined {
	if (!country) return undefined;
	const code = wordFor(map, country) ?? country.toUpperCase();
	if (/^[A-Z]{2}$/.test(code)) return code;
	throw new Refusal(
		`Country "${country}" is no two-letter country code`,
		'Give its code in the mapper under Countries, for example {"Sverige": "SE"}.',
	);
}
