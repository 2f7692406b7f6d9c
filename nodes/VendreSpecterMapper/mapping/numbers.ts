import { Refusal } from '../../shared/refusal';

/**
 * A number as Specter's record tells it (text with a decimal point); undefined where it tells none.
 * @param what the field and its record, for the user: "priceExclVAT of article A-1"
 * @throws {Refusal} for text that is no number
 */
export function toldNumber(text: string | undefined, what: string): number | undefined {
	if (text === undefined || text === '') return undefined;
	// Only these characters: Number would also take 0x10 and Infinity.
	const number = /^[-+.\de]+$/i.test(text) ? Number(text) : NaN;
	if (Number.isFinite(number)) return number;
	throw new Refusal(
		`The ${what} is "${text}", which is no number`,
		'Correct it in Specter; the article comes again when it has been changed.',
	);
}

/**
 * An id of the shop as the user entered it in a parameter.
 * @throws {Refusal} for what is no whole number
 */
export function shopId(text: string, parameter: string): number {
	if (/^\d+$/.test(text.trim())) return Number(text);
	throw new Refusal(
		`"${text}" in the parameter ${parameter} is no ID of the shop`,
		'Enter the number that the shop has it by, not its name.',
	);
}
