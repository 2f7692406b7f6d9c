import { transliterate } from '../../shared/transliterate';

/** What the mapper changed or left out, in sentences for the user; nothing is altered silently. */
export type Notes = string[];

/** Free text cut to what Specter takes, counted as it gets it, with a note where something is lost. */
export function fitted(text: string, maximum: number, label: string, notes: Notes): string {
	const sent = transliterate(text);
	if (sent.length <= maximum) return text;
	notes.push(`${label} is longer than the ${maximum} characters that Specter takes and was cut`);
	return sent.slice(0, maximum).trimEnd();
}
