import type { SpecterDialect } from './dialect';

/**
 * What a refusal of a known external order number is told by where the account names nothing: it must
 * speak of the external number or of the order alone, and of its being there, and must not deny that
 * something exists (a missing article is no double).
 */
const MENTIONS = /extern|^(?!.*(artic|artik|customer|kund|\brow|\brad)).*order/is;
const IS_THERE =
	/exist|already|finns|redan|duplic|dubb?l|in use|taken|upptag|\bused|använ|known|känt/i;
const DENIES = /\b(not|no such|unknown|inte|ej|saknas|missing|okän\w*)\b/i;
/** "Is not unique", "must be unique": both say that the number is taken. */
const NOT_UNIQUE = /\buni[qk]/i;

/**
 * Whether a refusal means that Specter has an order with this external number. Its code and wording are
 * unknown (contract specter §4).
 */
export function saysDuplicateOrder(
	{ code, message }: { code: string; message: string },
	{ duplicateOrder: { codes = [], words = [] } }: Pick<SpecterDialect, 'duplicateOrder'>,
): boolean {
	if (codes.includes(code)) return true;
	const said = message.toLowerCase();
	if (words.some((word) => said.includes(word.toLowerCase()))) return true;
	if (!MENTIONS.test(message)) return false;
	return NOT_UNIQUE.test(message) || (IS_THERE.test(message) && !DENIES.test(message));
}
