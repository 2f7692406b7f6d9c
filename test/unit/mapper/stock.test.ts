import fc from 'fast-check';
import { stockChange } from '../../../nodes/Specter/changes';
import { mapStock } from '../../../nodes/VendreSpecterMapper/mapping/stock';

const stockOf = (changes: Record<string, unknown>) =>
	mapStock(stockChange.parse({ articleNo: 'A-1', ...changes }));

describe('a stock change as the shop’s stock', () => {
	test.each([12, 0, -3])('%p units are sent as they are (S1)', (noItemsAvailable) => {
		expect(stockOf({ noItemsAvailable })).toEqual({
			articleNumber: 'A-1',
			quantity: noItemsAvailable,
			notes: [],
		});
	});

	test.each([
		[2.5, 2],
		[0.9, 0],
		[-0.1, -1],
		[-2.5, -3],
	])('%p is rounded down to %p, with a note (S1)', (told, quantity) => {
		const { quantity: sold, notes } = stockOf({ noItemsAvailable: told });
		expect(sold).toBe(quantity);
		expect(notes).toEqual([
			`Specter has ${told} of article A-1: rounded down to ${quantity}, because a part cannot be sold`,
		]);
	});

	test('what is rounded away is less than a unit and never more than there is (S1)', () => {
		const thousandths = fc.integer({ min: -1e9, max: 1e9 });
		fc.assert(
			fc.property(thousandths, (told) => {
				const quantity = stockOf({ noItemsAvailable: told / 1000 }).quantity as number;
				const left = told - quantity * 1000;
				expect(left).toBeGreaterThanOrEqual(0);
				expect(left).toBeLessThan(1000);
				expect(Number.isInteger(quantity)).toBe(true);
			}),
		);
	});

	test('no number is no quantity, never 0, and the note says what stood there (S1)', () => {
		const note = 'Specter has "noItemsAvailable" in the place of a number';
		expect(stockOf({ noItemsAvailable: null, note })).toEqual({
			articleNumber: 'A-1',
			quantity: null,
			notes: [note],
		});
		expect(stockOf({ noItemsAvailable: null }).notes).toEqual([
			'Specter tells no number for article A-1: left alone',
		]);
	});

	test('other stock sites do not count (S2)', () => {
		expect(stockOf({ noItemsAvailable: 4, otherSites: [7, 2.5] })).toEqual({
			articleNumber: 'A-1',
			quantity: 4,
			notes: [],
		});
	});

	test('a change without an article number is refused', () => {
		expect(() => stockOf({ articleNo: ' ', noItemsAvailable: 4 })).toThrow(
			'The stock change has no articleNo',
		);
	});
});
