/** What kind of value a field holds; a number may be written as text. */
export type ValueKind = 'text' | 'number' | 'list' | 'record';

/** The kind of a value that was seen; undefined for none. */
export function kindOf(value: unknown): ValueKind | undefined {
	if (value === null || value === undefined) return undefined;
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'object') return 'record';
	return typeof value === 'number' || /^-?\d+([.,]\d+)?$/.test(String(value)) ? 'number' : 'text';
}

/** Words that name the same thing in web shops and ERPs; the first of each line stands for all. */
const SYNONYMS = [
	['external', 'extern', 'ext', 'erp', 'specter', 'foreign', 'remote', 'integration'],
	['identification', 'organization', 'organisation', 'organizational', 'org', 'orgno', 'personal'],
	['number', 'no', 'nr', 'num'],
	['reference', 'ref'],
	['comment', 'note', 'message', 'remark', 'kommentar'],
	['street', 'address', 'adress', 'gata'],
	['postcode', 'zip', 'zipcode', 'postal', 'postnr'],
	['city', 'town', 'ort'],
	['billing', 'bill', 'invoice', 'faktura'],
	['delivery', 'shipping', 'ship', 'freight', 'frakt', 'leverans'],
	['added', 'created', 'registered', 'purchased', 'placed'],
	['modified', 'updated', 'changed'],
	['customer', 'client', 'kund'],
	['company', 'firm', 'foretag'],
	['product', 'article', 'item', 'row', 'line', 'artikel', 'rad'],
	['quantity', 'qty', 'amount', 'antal'],
	['value', 'amount', 'sum', 'belopp'],
	['price', 'pris'],
	['tax', 'vat', 'moms'],
	['coupon', 'discount', 'voucher', 'rabatt'],
	['method', 'module'],
	['code', 'identifier', 'iso'],
	['mail', 'email'],
	['phone', 'telephone', 'tel'],
	['fax', 'telefax'],
	['last', 'sur', 'family'],
	['first', 'given'],
	['old', 'former', 'previous'],
	['supplier', 'manufacturer', 'vendor', 'leverantor'],
	['deleted', 'removed', 'inactive'],
];

/** Words that tell little of what a field is about: so much each, where any other counts 1. */
const LIGHT_WORDS: Record<string, number> = {
	street: 0.5,
	reference: 0.5,
	...Object.fromEntries(
		['id', 'number', 'code', 'date', 'type', 'name', 'method', 'last', 'account', 'your'].map(
			(word) => [word, 0.3],
		),
	),
	customer: 0.3,
	order: 0.2,
	is: 0.1,
};

/** Names below this have too little in common for one to be taken for the other. */
const ALIKE = 0.45;

/**
 * By which of the unknown names each missing field probably goes: by the words in them, and never where
 * the kinds of their values do not go together. Each unknown name is given once, and a field that is
 * equally like two of them, or shares its best with another field, gets none.
 * @param kinds the kinds of values by name, of missing fields and unknown ones, as far as they are known
 */
export function likelyNames(
	missing: readonly string[],
	unknown: readonly string[],
	kinds: Partial<Record<string, ValueKind>> = {},
): Map<string, string> {
	const likely = new Map<string, string>();
	let pairs = missing
		.flatMap((field) => unknown.map((name) => ({ field, name, score: alike(field, name, kinds) })))
		.filter(({ score }) => score >= ALIKE);
	while (pairs.length > 0) {
		const best = Math.max(...pairs.map(({ score }) => score));
		const top = pairs.filter(({ score }) => score > best - 1e-9);
		for (const { field, name } of top) {
			const rivals = top.filter((other) => other.field === field || other.name === name);
			if (rivals.length === 1) likely.set(field, name);
		}
		const done = (key: 'field' | 'name') => new Set(top.map((pair) => pair[key]));
		const [fields, names] = [done('field'), done('name')];
		pairs = pairs.filter(({ field, name }) => !fields.has(field) && !names.has(name));
	}
	return likely;
}

/** How much of what two names say they say both, from 0 to 1. */
function alike(field: string, name: string, kinds: Partial<Record<string, ValueKind>>): number {
	if (!goTogether(kinds[field], kinds[name])) return 0;
	const [theirs, ours] = [wordsOf(name), wordsOf(field)];
	const all = weight([...ours, ...theirs]);
	const shared = weight(ours.filter((word) => theirs.some((other) => isSame(word, other))));
	return shared / (all - shared);
}

function goTogether(one: ValueKind | undefined, other: ValueKind | undefined): boolean {
	if (one === undefined || other === undefined || one === other) return true;
	const isScalar = (kind: ValueKind) => kind === 'text' || kind === 'number';
	return isScalar(one) && isScalar(other);
}

/** `firstName`, `orgNo` and `customers_id` as their words, in the singular. */
function wordsOf(name: string): string[] {
	const words = name
		.replace(/([a-z])([A-Z])/g, '$1_$2')
		.replace(/([a-z])(\d)/gi, '$1_$2')
		.toLowerCase()
		.replace(/(first|last|sur)name/g, '$1_name')
		.split(/[^a-z0-9]+/)
		.map((word) => (/[^su]s$/.test(word) ? word.slice(0, -1) : word));
	return [...new Set(words.filter(Boolean))];
}

const lineOf = (word: string) => SYNONYMS.find((line) => line.includes(word)) ?? [word];

const weightOf = (word: string) => LIGHT_WORDS[lineOf(word)[0]] ?? (/^\d+$/.test(word) ? 0.5 : 1);

const weight = (words: readonly string[]) => words.reduce((sum, word) => sum + weightOf(word), 0);

const isSame = (word: string, other: string) =>
	word === other || SYNONYMS.some((line) => line.includes(word) && line.includes(other));
