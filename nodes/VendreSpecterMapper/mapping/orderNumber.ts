import { Refusal } from '../../shared/refusal';
import { transliterate } from '../../shared/transliterate';

/**
 * The prefix as Specter keeps it. It must not end with a digit: what stands before the digits of an
 * external number then tells the shop, whatever prefixes the other shops have.
 * @throws {Refusal} for one that does
 */
function checkedPrefix(entered: string): string {
	const prefix = transliterate(entered).trim();
	if (!/\d$/.test(prefix)) return prefix;
	throw new Refusal(
		`The Order Number Prefix "${prefix}" ends with a digit`,
		'End it with a letter or a sign, for example B-, so that it cannot be taken for a part of the order number.',
	);
}

/**
 * The number that Specter gets for an order of the shop (matrix O24): the shop's own, behind the prefix
 * that tells it from another shop's order of the same number.
 * @throws {Refusal} for a prefix that ends with a digit
 */
export function externalNumber(orderId: number, prefix: string): string {
	return `${checkedPrefix(prefix)}${orderId}`;
}

/**
 * The shop's number in an external number of Specter's: the way back of {@link externalNumber}. Without a
 * prefix it is the external number as it stands; undefined where the prefix is not the one before it.
 * @throws {Refusal} for a prefix that ends with a digit
 */
export function shopNumber(externalOrderNo: string, prefix: string): string | undefined {
	const before = checkedPrefix(prefix);
	if (before === '') return externalOrderNo;
	const number = externalOrderNo.slice(before.length);
	return externalOrderNo.startsWith(before) && /^\d+$/.test(number) ? number : undefined;
}
