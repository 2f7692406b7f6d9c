import fc from 'fast-check';
import {
	inWorkableOrder,
	type NumberedRecord,
} from '../../../nodes/Vendre/actions/product/workableOrder';

/** "B<A" = the record of article B, formerly A. */
const recordsOf = (text: string): NumberedRecord[] =>
	text.split(' ').map((record) => {
		const [articleNumber, formerArticleNumber = ''] = record.split('<');
		return { articleNumber, formerArticleNumber };
	});

const orderOf = (text: string, inShop: string) => {
	const records = recordsOf(text);
	const { groups, renames } = inWorkableOrder(records, (number) => inShop.includes(number));
	const named = (index: number) => `${text.split(' ')[index]}${renames.has(index) ? '!' : ''}`;
	return groups.map((group) => group.map(named).join(' ')).join(' | ');
};

test.each([
	['records of different articles are done side by side', 'A B C', 'AB', 'A | B | C'],
	['records of one article in their order', 'A B A', 'AB', 'A A | B'],
	['a new number is given to the product', 'B<A', 'A', 'B<A!'],
	['a new number that the product has is nothing to give', 'B<A', 'B', 'B<A'],
	['a new number that another product has cannot be given', 'B<A', 'AB', 'B<A'],
	['a product that the shop does not have gets none', 'B<A', '', 'B<A'],
	['A to B and B to C: B first', 'B<A C<B', 'AB', 'C<B! B<A!'],
	['in whatever order they come', 'C<B B<A', 'AB', 'C<B! B<A!'],
	['a longer chain', 'B<A C<B D<C', 'ABC', 'D<C! C<B! B<A!'],
	['one article that got two numbers one after the other', 'B<A C<B', 'A', 'B<A! C<B!'],
	['a later record’s product is not taken for an earlier one’s', 'C<B B<A', 'A', 'B<A! C<B'],
	['new numbers come before what else there is', 'A B<A', 'A', 'B<A! A'],
	['two that change places cannot, and stay', 'A<B B<A', 'AB', 'A<B B<A'],
	['groups that a later record joins are one', 'A B C B<A', 'C', 'A B B<A | C'],
])('%s', (_, text, inShop, expected) => {
	expect(orderOf(text, inShop)).toBe(expected);
});

test('records that are not to be done are in no group', () => {
	const [record] = recordsOf('A');
	const { groups } = inWorkableOrder([undefined, record, undefined], () => true);
	expect(groups).toEqual([[1]]);
});

test('for any records: each is done once, no two groups share a number, and every number given is free', () => {
	const number = fc.constantFrom(...'ABCDEFG');
	const record = fc.record({
		articleNumber: number,
		formerArticleNumber: fc.oneof(fc.constant(''), number),
	});
	const records = fc.array(
		record.filter(
			({ articleNumber, formerArticleNumber }) => articleNumber !== formerArticleNumber,
		),
		{ maxLength: 12 },
	);
	fc.assert(
		fc.property(records, fc.uniqueArray(number), (given, inShop) => {
			const { groups, renames } = inWorkableOrder(given, (each) => inShop.includes(each));
			expect(groups.flat().sort((a, b) => a - b)).toEqual(given.map((_, index) => index));

			const numbers = groups.map(
				(group) => new Set(group.flatMap((index) => Object.values(given[index]).filter(Boolean))),
			);
			const all = numbers.flatMap((each) => [...each]);
			expect(new Set(all).size).toBe(all.length);

			const taken = new Set(inShop);
			for (const index of groups.flat().filter((each) => renames.has(each))) {
				const { articleNumber, formerArticleNumber } = given[index];
				expect(taken.delete(formerArticleNumber)).toBe(true);
				expect(taken.has(articleNumber)).toBe(false);
				taken.add(articleNumber);
			}
		}),
	);
});
