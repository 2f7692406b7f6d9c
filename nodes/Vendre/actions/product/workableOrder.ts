/** The number that a record is for, and the one that the shop may still have the product by ('' = none). */
export interface NumberedRecord {
	articleNumber: string;
	formerArticleNumber: string;
}

/** In what order records are done: indices, as below. */
export interface WorkableOrder {
	groups: number[][];
	/** The records that find their product by its former number and give it the new one. */
	renames: Set<number>;
}

/**
 * The records' indices in groups that have no number in common, so that groups can be done side by side.
 * In a group the records keep their order, but products are given their new numbers first, and each only
 * when that number is free: where A becomes B and B becomes C, B goes first (matrix A17).
 * @param records undefined = nothing is to be done
 * @param isInShop whether the shop has a product with a number before anything is done
 */
export function inWorkableOrder(
	records: Array<NumberedRecord | undefined>,
	isInShop: (articleNumber: string) => boolean,
): WorkableOrder {
	const renames = new Set<number>();
	const groups = new Map<string, { members: number[]; numbers: string[] }>();
	records.forEach((record, index) => {
		if (!record) return;
		const numbers = numbersOf(record);
		const touched = [...new Set(numbers.map((number) => groups.get(number)))].filter(
			(group) => group !== undefined,
		);
		const [group = { members: [], numbers: [] }, ...others] = touched;
		for (const { members, numbers: theirs } of others) {
			group.members.push(...members);
			group.numbers.push(...theirs);
		}
		group.members.push(index);
		group.numbers.push(...numbers);
		for (const number of others.length > 0 ? group.numbers : numbers) groups.set(number, group);
	});
	const ordered = [...new Set(groups.values())].map(({ members }) => {
		members.sort((a, b) => a - b);
		const first = renamesIn(members, (index) => records[index] as NumberedRecord, isInShop);
		for (const index of first) renames.add(index);
		return [...first, ...members.filter((index) => !renames.has(index))];
	});
	return { groups: ordered, renames };
}

/** Every number that a record is about. */
export function numbersOf({ articleNumber, formerArticleNumber }: NumberedRecord): string[] {
	return formerArticleNumber ? [articleNumber, formerArticleNumber] : [articleNumber];
}

const BEFORE_ALL = -1;

/** Those of a group's records that give a product its new number, in the order in which they can. */
function renamesIn(
	members: number[],
	recordAt: (index: number) => NumberedRecord,
	isInShop: (articleNumber: string) => boolean,
): number[] {
	/** The numbers that products have, and since which record. */
	const since = new Map<string, number>();
	for (const number of members.flatMap((index) => numbersOf(recordAt(index)))) {
		if (isInShop(number)) since.set(number, BEFORE_ALL);
	}
	const waiting = new Set(members.filter((index) => recordAt(index).formerArticleNumber));
	const ordered: number[] = [];
	const canGo = (index: number) => {
		const { articleNumber, formerArticleNumber } = recordAt(index);
		// What a later record gives this number to is another article than the one meant here.
		return !since.has(articleNumber) && (since.get(formerArticleNumber) ?? Infinity) < index;
	};
	for (;;) {
		const next = [...waiting].find(canGo);
		if (next === undefined) return ordered;
		const { articleNumber, formerArticleNumber } = recordAt(next);
		since.delete(formerArticleNumber);
		since.set(articleNumber, next);
		waiting.delete(next);
		ordered.push(next);
	}
}
