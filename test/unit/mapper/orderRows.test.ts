import Big from 'big.js';
import fc from 'fast-check';
import { mapOrderRows } from '../../../nodes/VendreSpecterMapper/mapping/orderRows';
import type { OrderSettings } from '../../../nodes/VendreSpecterMapper/mapping/settings';
import { exampleOrder, settings } from './examples';

interface Row {
	price: number;
	quantity: number;
	tax: number;
}
interface Line {
	class: string;
	title?: string;
	value: number;
	tax?: number | null;
}

const product = (row: Row, index: number) => ({
	...row,
	id: index,
	product_id: index,
	model: `ART-${index}`,
	name: `Vara ${index}`,
});

function rowsOf(
	products: Row[],
	lines: Line[],
	total: number,
	{ coupon = null, use = settings }: { coupon?: unknown; use?: OrderSettings } = {},
) {
	const notes: string[] = [];
	const order = exampleOrder({
		products: products.map(product),
		totals: [...lines, { class: 'ot_total', title: 'Summa', value: total }],
		coupon,
	});
	return { rows: mapOrderRows(order, use, notes), notes };
}

/** What an ERP makes of the rows: Σ price × quantity × (1 + VAT), to the öre. */
function erpTotal(rows: ReturnType<typeof mapOrderRows>): string {
	return rows
		.reduce(
			(sum, row) =>
				sum.plus(
					new Big(row.priceExclVAT)
						.times(row.noOfItems)
						.times(new Big(row.vatPercent).plus(100))
						.div(100),
				),
			new Big(0),
		)
		.toFixed(2);
}

describe('rows of an order (O26–O32)', () => {
	test('a product row carries quantity, article number, name, VAT and price (O26–O30)', () => {
		const { rows } = rowsOf([{ price: 71.6, quantity: 2, tax: 25 }], [], 179);
		expect(rows).toEqual([
			{
				articleNo: 'ART-0',
				articleName: 'Vara 0',
				priceExclVAT: '71.60',
				noOfItems: '2',
				vatPercent: '25',
			},
		]);
	});

	test('freight and fee become rows of their articles, named as on the order', () => {
		const { rows } = rowsOf(
			[{ price: 80, quantity: 1, tax: 25 }],
			[
				{ class: 'ot_shipping', title: 'DHL Paket', value: 49, tax: 25 },
				{ class: 'ot_payment_fee', title: '', value: 29, tax: 25 },
			],
			178,
		);
		expect(rows.slice(1)).toEqual([
			expect.objectContaining({
				articleNo: 'FRAKT',
				articleName: 'DHL Paket',
				priceExclVAT: '39.20',
			}),
			expect.objectContaining({
				articleNo: 'AVGIFT',
				articleName: 'Avgift',
				priceExclVAT: '23.20',
			}),
		]);
	});

	test('free freight makes no row', () => {
		const { rows } = rowsOf(
			[{ price: 80, quantity: 1, tax: 25 }],
			[{ class: 'ot_shipping', value: 0, tax: 25 }],
			100,
		);
		expect(rows).toHaveLength(1);
	});

	test('a percentage coupon lowers each row and makes no row of its own (O31)', () => {
		const { rows } = rowsOf(
			[
				{ price: 100, quantity: 1, tax: 25 },
				{ price: 50, quantity: 2, tax: 6 },
			],
			[{ class: 'ot_coupon', value: -23.1, tax: null }],
			207.9,
			{ coupon: { code: 'TIO', type: 'percent', value: 10 } },
		);
		expect(rows.map((row) => row.priceExclVAT)).toEqual(['90.00', '45.00']);
	});

	test('a percentage coupon that the shop did not count for all rows is spread as booked, with a note (O31)', () => {
		const { rows, notes } = rowsOf(
			[
				{ price: 100, quantity: 1, tax: 25 },
				{ price: 100, quantity: 1, tax: 25 },
			],
			[{ class: 'ot_coupon', value: 12.5, tax: null }],
			237.5,
			{ coupon: { code: 'TIO', type: 'percent', value: 10 } },
		);
		expect(rows.map((row) => row.priceExclVAT)).toEqual(['95.00', '95.00']);
		expect(notes).toEqual([expect.stringContaining('did not count it for all rows')]);
	});

	describe('a percentage coupon that was counted for freight as well (O31, O32)', () => {
		const whole = { code: 'ALLT', type: 'percent', value: 100 };
		const priced = (rows: ReturnType<typeof mapOrderRows>) =>
			rows.map((row) => [row.articleNo, row.priceExclVAT, row.vatPercent]);

		test('lowers the goods by its percentage, and the freight by a row of its own', () => {
			const { rows, notes } = rowsOf(
				[{ price: 71.6, quantity: 2, tax: 25 }],
				[
					{ class: 'ot_shipping', value: 49, tax: 25 },
					{ class: 'ot_coupon', title: 'Rabattkod', value: -228, tax: null },
				],
				0,
				{ coupon: whole },
			);
			expect(priced(rows)).toEqual([
				['ART-0', '0.00', '25'],
				['FRAKT', '39.20', '25'],
				['RABATT', '-39.20', '25'],
			]);
			expect(rows[2].articleName).toBe('Rabattkod');
			expect(notes).toEqual([expect.stringContaining('for more than the rows')]);
		});

		test('at the VAT of the freight, or of freight and fee, not that of the goods', () => {
			const book = { price: 100, quantity: 1, tax: 6 };
			const extra = [
				{ class: 'ot_shipping', value: 50, tax: 25 },
				{ class: 'ot_payment_fee', value: 20, tax: 0 },
			];
			const half = { ...whole, value: 50 };
			const of = (value: number, total: number) =>
				priced(
					rowsOf([book], [...extra, { class: 'ot_coupon', value }], total, { coupon: half }).rows,
				);
			expect(of(78, 98).slice(3)).toEqual([['RABATT', '-20.00', '25']]);
			expect(of(88, 88).slice(3)).toEqual([
				['RABATT', '-20.00', '25'],
				['RABATT', '-10.00', '0'],
			]);
		});

		test('and for goods that cost nothing, is that row alone', () => {
			const { rows } = rowsOf(
				[{ price: 0, quantity: 1, tax: 25 }],
				[
					{ class: 'ot_shipping', value: 50, tax: 25 },
					{ class: 'ot_coupon', value: -50 },
				],
				0,
				{ coupon: whole },
			);
			expect(priced(rows).slice(2)).toEqual([['RABATT', '-40.00', '25']]);
		});

		test('what nothing explains has the VAT of the goods, and no price goes below 0', () => {
			const { rows } = rowsOf(
				[{ price: 100, quantity: 1, tax: 6 }],
				[
					{ class: 'ot_shipping', value: 49, tax: 25 },
					{ class: 'ot_coupon', value: -126, tax: null },
				],
				29,
				{ coupon: { ...whole, value: 150 } },
			);
			expect(priced(rows)).toEqual([
				['ART-0', '0.00', '6'],
				['FRAKT', '39.20', '25'],
				['RABATT', '-18.87', '6'],
			]);
		});

		test('is not what a coupon rounded to whole kronor is', () => {
			const { rows } = rowsOf(
				[{ price: 143.6, quantity: 1, tax: 25 }],
				[
					{ class: 'ot_shipping', value: 49, tax: 25 },
					{ class: 'ot_coupon', value: -18 },
				],
				210.5,
				{ coupon: { ...whole, value: 10 } },
			);
			expect(priced(rows).slice(0, 2)).toEqual([
				['ART-0', '129.20', '25'],
				['FRAKT', '39.20', '25'],
			]);
			expect(rows).toHaveLength(2);
		});
	});

	test.each([-50, 50])('a fixed coupon of %d is a row of the discount article (O32)', (value) => {
		const { rows } = rowsOf(
			[{ price: 100, quantity: 1, tax: 25 }],
			[{ class: 'ot_coupon', title: 'Rabattkod', value, tax: 25 }],
			75,
			{ coupon: { code: 'FEMTIO', type: 'fixed', value: 50 } },
		);
		expect(rows[1]).toEqual({
			articleNo: 'RABATT',
			articleName: 'Rabattkod',
			priceExclVAT: '-40.00',
			noOfItems: '1',
			vatPercent: '25',
		});
	});

	test('a coupon of a kind of its own goes by the amount that the totals tell (O32)', () => {
		const { rows } = rowsOf(
			[{ price: 100, quantity: 1, tax: 25 }],
			[{ class: 'ot_coupon', title: '', value: -25, tax: 25 }],
			100,
			{ coupon: { code: 'GRATIS', type: 'cheapest_free', value: 1 } },
		);
		expect(rows[1]).toMatchObject({ articleNo: 'RABATT', priceExclVAT: '-20.00' });
	});

	test('a fixed coupon without VAT is shared over the VAT rates of the goods (O32)', () => {
		const { rows } = rowsOf(
			[
				{ price: 100, quantity: 3, tax: 25 },
				{ price: 100, quantity: 1, tax: 6 },
			],
			[{ class: 'ot_coupon', value: -100, tax: null }],
			381,
			{ coupon: { code: 'HUNDRA', type: 'fixed', value: 100 } },
		);
		const shares = rows.filter((row) => row.articleNo === 'RABATT');
		expect(shares.map((row) => row.vatPercent)).toEqual(['25', '6']);
		expect(erpTotal(rows)).toBe('381.00');
	});

	test('a gift card is a row without VAT', () => {
		const { rows } = rowsOf(
			[{ price: 100, quantity: 1, tax: 25 }],
			[{ class: 'ot_gift_card', title: 'Presentkort', value: -25, tax: null }],
			100,
		);
		expect(rows[1]).toMatchObject({
			articleNo: 'PRESENTKORT',
			priceExclVAT: '-25.00',
			vatPercent: '0',
		});
	});

	test('the shop’s own rounding goes to the rounding row', () => {
		const { rows } = rowsOf(
			[{ price: 79.68, quantity: 1, tax: 25 }],
			[{ class: 'ot_rounding', value: 0.4, tax: null }],
			100,
		);
		expect(rows[1]).toMatchObject({
			articleNo: 'AVRUNDNING',
			priceExclVAT: '0.40',
			vatPercent: '0',
		});
	});

	test('a quantity that a price in whole öre cannot hold is sent as two rows, an öre apart', () => {
		const { rows } = rowsOf([{ price: 88.3929, quantity: 12, tax: 12 }], [], 1188);
		expect(rows.map(({ priceExclVAT, noOfItems }) => [priceExclVAT, noOfItems])).toEqual([
			['88.39', '9'],
			['88.40', '3'],
		]);
		expect(erpTotal(rows)).toBe('1188.00');
	});

	test('a sum that rounding does not explain stops the order and shows both', () => {
		expect(() => rowsOf([{ price: 100, quantity: 1, tax: 25 }], [], 125.03)).toThrow(
			'Order 1001 does not add up: the shop’s total is 125.03, its rows with VAT are 125.00',
		);
	});

	test('one öre a row and one for the total are rounding', () => {
		const { rows } = rowsOf([{ price: 100, quantity: 1, tax: 25 }], [], 125.02);
		expect(rows[1]).toMatchObject({ articleNo: 'AVRUNDNING', priceExclVAT: '0.02' });
	});

	test('a line of the totals that nobody mapped is named, and gets the article that the user gives it', () => {
		const wrapped = (use?: OrderSettings) =>
			rowsOf(
				[{ price: 100, quantity: 1, tax: 25 }],
				[{ class: 'ot_wrapping', value: 25, tax: 25 }],
				150,
				{ use },
			);
		let advice = '';
		try {
			wrapped();
		} catch (error) {
			advice = (error as { whatToDo: string }).whatToDo;
		}
		expect(advice).toContain('ot_wrapping');
		const { rows } = wrapped({ ...settings, otherTotals: { ot_wrapping: 'INSLAG' } });
		expect(rows[1]).toMatchObject({ articleNo: 'INSLAG', priceExclVAT: '20.00' });
	});

	test('a row without article number stops the order and names the row (O27)', () => {
		const order = exampleOrder({
			products: [{ model: '', name: 'Mugg', quantity: 1, price: 1, tax: 25 }],
		});
		expect(() => mapOrderRows(order, settings, [])).toThrow('row 1 "Mugg" has no article number');
	});
});

/** An order as a shop makes one: its sums rounded row by row to the öre, its total to öre or krona. */
const shopOrder = fc
	.record({
		products: fc.array(
			fc.record({
				price: fc.oneof(
					fc.integer({ min: 0, max: 500_000 }).map((ore) => ore / 100),
					fc.integer({ min: 1, max: 5_000_000 }).map((tenThousandths) => tenThousandths / 10_000),
				),
				quantity: fc.integer({ min: 1, max: 150 }),
				tax: fc.constantFrom(25, 12, 6, 0),
			}),
			{ minLength: 1, maxLength: 100 },
		),
		freight: fc.integer({ min: 0, max: 50_000 }),
		fee: fc.integer({ min: 0, max: 5_000 }),
		giftCard: fc.integer({ min: 0, max: 30_000 }),
		coupon: fc.oneof(
			fc.constant(null),
			fc.record({ type: fc.constant('percent'), value: fc.integer({ min: 1, max: 100 }) }),
			fc.record({ type: fc.constant('fixed'), value: fc.integer({ min: 1, max: 500 }) }),
		),
		couponTax: fc.constantFrom(25, null),
		wholeKronor: fc.boolean(),
	})
	.map((order) => {
		const ore = (amount: Big) => amount.round(2, Big.roundHalfUp);
		const rows = order.products.map(({ price, quantity, tax }) =>
			ore(
				new Big(price)
					.times(quantity)
					.times(100 + tax)
					.div(100),
			),
		);
		const goods = rows.reduce((sum, row) => sum.plus(row), new Big(0));
		const off =
			order.coupon?.type === 'percent'
				? ore(goods.times(order.coupon.value).div(100))
				: new Big(order.coupon?.value ?? 0);
		const lines: Line[] = [
			{ class: 'ot_subtotal', value: goods.toNumber(), tax: null },
			{ class: 'ot_shipping', value: order.freight / 100, tax: 25 },
			{ class: 'ot_payment_fee', value: order.fee / 100, tax: 25 },
			{ class: 'ot_coupon', value: off.times(-1).toNumber(), tax: order.couponTax },
			{ class: 'ot_gift_card', value: -order.giftCard / 100, tax: null },
		];
		const sum = lines.reduce((total, { value }) => total.plus(value), new Big(0));
		const rounding = order.wholeKronor ? sum.round(0, Big.roundHalfUp).minus(sum) : new Big(0);
		lines.push({ class: 'ot_rounding', value: rounding.toNumber(), tax: null });
		return { ...order, lines, total: sum.plus(rounding).toNumber() };
	})
	// Nobody buys for less than a krona; a half öre around 0 has no side to be rounded to.
	.filter(({ total }) => total >= 1);

describe('money, over thousands of orders', () => {
	test('the ERP’s rows with VAT equal the shop’s total to the öre', () => {
		fc.assert(
			fc.property(shopOrder, ({ products, lines, total, coupon }) => {
				const { rows } = rowsOf(products, lines, total, { coupon });
				expect(erpTotal(rows)).toBe(new Big(total).toFixed(2));
				for (const row of rows) expect(row.priceExclVAT).toMatch(/^-?\d+\.\d\d$/);
			}),
			{ numRuns: 3000 },
		);
	});

	test('so they do where a percentage coupon is counted for freight, and no price is lowered further', () => {
		const percents = fc.integer({ min: 1, max: 99 });
		fc.assert(
			fc.property(shopOrder, percents, ({ products, freight, lines }, percent) => {
				const amountOf = (kind: string) =>
					new Big(lines.find((line) => line.class === kind)?.value ?? 0);
				const goods = amountOf('ot_subtotal');
				const before = goods.plus(new Big(freight).div(100));
				const off = before.times(percent).div(100).round(2, Big.roundHalfUp);
				const total = before.minus(off).toNumber();
				// What is no more than rounding may explain is taken for rounding.
				const isSeen = (freight * percent) / 100 > 2 * (products.length + 1);
				fc.pre(total >= 1 && isSeen);
				const { rows } = rowsOf(
					products,
					[
						{ class: 'ot_shipping', value: freight / 100, tax: 25 },
						{ class: 'ot_coupon', value: off.times(-1).toNumber(), tax: null },
					],
					total,
					{ coupon: { type: 'percent', value: percent } },
				);
				expect(erpTotal(rows)).toBe(new Big(total).toFixed(2));
				for (const { articleNo, priceExclVAT } of rows) {
					const { price = 0 } = products[Number(articleNo.replace('ART-', ''))] ?? {};
					if (price === 0) continue;
					const lowest = new Big(price).times(100 - percent).div(100);
					expect(new Big(priceExclVAT).minus(lowest).toNumber()).toBeGreaterThan(-0.02);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('every article’s quantity is the shop’s, however its row is split', () => {
		fc.assert(
			fc.property(shopOrder, ({ products, lines, total, coupon }) => {
				const { rows } = rowsOf(products, lines, total, { coupon });
				products.forEach(({ quantity }, index) => {
					const sent = rows
						.filter((row) => row.articleNo === `ART-${index}`)
						.reduce((sum, row) => sum.plus(row.noOfItems), new Big(0));
					expect(sent.toNumber()).toBe(quantity);
				});
			}),
			{ numRuns: 500 },
		);
	});

	test('a total that is off by more than rounding never goes through', () => {
		fc.assert(
			fc.property(
				shopOrder,
				fc.integer({ min: 1, max: 100_000 }),
				fc.boolean(),
				({ products, lines, total, coupon }, ore, less) => {
					const allowed = products.length + 10;
					const off = new Big(ore + 2 * allowed).div(100).times(less ? -1 : 1);
					const wrong = new Big(total).plus(off).toNumber();
					expect(() => rowsOf(products, lines, wrong, { coupon })).toThrow('does not add up');
				},
			),
			{ numRuns: 500 },
		);
	});
});
