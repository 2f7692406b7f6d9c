import fc from 'fast-check';
import { changesTo, isSaved, sameField } from '../../../nodes/Vendre/sameField';

describe('numbers', () => {
	test.each([
		['tax_class_id', 2, '2', true],
		['tax_class_id', 2, 4, false],
		['price', 210.56, 210.56, true],
		['price', 210.56, '210.5600', true],
		['price', 210.56, '210,56', true],
		['price', 210.56, 210.5614, true],
		['price', 210.56, 210.555, true],
		['price', 210.56, 210.5649, true],
		['price', 210.56, 210.565, false],
		['price', 210.5614, 210.5614, true],
		['price', 210, null, false],
		['price_in', 126.34, 126.3351, true],
		['weight', 0.45, 0.4504, true],
		['weight', 0.45, 0.4506, false],
		['weight', null, null, true],
		['weight', null, '', true],
		['weight', null, 0, true],
		['weight', null, 0.45, false],
		['weight', 0, null, true],
		['reorder_stock', 5, 5.001, false],
		['reorder_stock', 5, 'many', false],
	])('%s %j is what the shop has as %j: %j', (field, wanted, stored, same) => {
		expect(sameField(field, wanted, { [field]: stored })).toBe(same);
	});

	test('a price that Specter got from the shop never comes back as a change (P2, A13)', () => {
		const tenThousandths = fc.integer({ min: 0, max: 10_000_000_000 });
		fc.assert(
			fc.property(tenThousandths, (amount) => {
				const hundredths = Math.floor(amount / 100) + (amount % 100 >= 50 ? 1 : 0);
				expect(sameField('price', hundredths / 100, { price: amount / 10_000 })).toBe(true);
				expect(sameField('price', (hundredths + 1) / 100, { price: amount / 10_000 })).toBe(false);
			}),
		);
	});
});

describe('the stock that a shop answers', () => {
	const two = [{ quantity: 1 }, { quantity: 8 }];
	test.each([
		[5, { quantity: 5 }, true],
		[5, { quantity: '5' }, true],
		[5, { quantity: 4 }, false],
		[5, { quantity: null }, false],
		[5, { quantity: 'many' }, false],
		[5, { quantity: 8 }, false],
		[-3, { quantity: -3 }, true],
		[-3, { quantity: 0 }, true],
		[-3, { quantity: 7 }, false],
		[5, { quantity: 8, warehouses: two }, true],
		[5, { quantity: 4, warehouses: two }, false],
		[5, { quantity: 8, warehouses: two.slice(1) }, false],
	])('%j as %j: %j', (wanted, record, same) => {
		expect(isSaved('quantity', wanted, record)).toBe(same);
	});
});

test('stock that differs in any way is no stock that is there already', () => {
	const record = { quantity: 8, warehouses: [{}, {}] };
	expect(changesTo(record, { quantity: 5 })).toEqual({ quantity: 5 });
	expect(changesTo({ quantity: 0 }, { quantity: -3 })).toEqual({ quantity: -3 });
	expect(changesTo(record, { quantity: 8 })).toEqual({});
});

describe('texts, flags and lists', () => {
	test.each([
		['ean1', '735', ' 735 ', true],
		['ean1', '735', 735, true],
		['ean1', '735', '0735', false],
		['ean1', '', null, true],
		['status', false, 0, true],
		['status', false, '0', true],
		['status', true, '1', true],
		['status', true, false, false],
		['category_ids', [1, 2], ['2', 1], true],
		['category_ids', [1, 2], [1], false],
		['category_ids', [1], null, false],
		['name', { sv: 'Mugg' }, { sv: 'Mugg ', en: 'Mug' }, true],
		['name', { sv: 'Mugg' }, { sv: 'Kopp', en: 'Mugg' }, false],
		['name', { sv: 'Mugg' }, { en: 'Mugg' }, false],
		['name', { sv: 'Mugg' }, 'Mugg', true],
		['name', { sv: 'Mugg' }, null, false],
	])('%s %j is what the shop has as %j: %j', (field, wanted, stored, same) => {
		expect(sameField(field, wanted, { [field]: stored })).toBe(same);
	});
});

describe('suppliers', () => {
	const stored = [
		{ id: 4, model: '007', price: '160.0000', currencies_id: 3 },
		{ id: 5, model: '', price: '12.0000', currencies_id: 1 },
	];

	test.each([
		[[{ id: 4, model: '007', price: '160.0000' }], true],
		[[{ id: '4', price: '160' }], true],
		[[{ id: 4, model: '7' }], false],
		[[{ id: 4, price: '160.0100' }], false],
		[[{ id: 4, currencies_id: 1 }], false],
		[[{ id: 6, price: '160.0000' }], false],
		[[], true],
	])('%j are there: %j', (suppliers, same) => {
		expect(sameField('suppliers', suppliers, { suppliers: stored })).toBe(same);
	});

	test('those given replace or add, the others and what is not given stay', () => {
		const suppliers = [
			{ id: 4, price: '170.0000' },
			{ id: 9, model: 'N', price: '1.0000' },
		];
		expect(changesTo({ suppliers: stored }, { suppliers })).toEqual({
			suppliers: [{ ...stored[0], price: '170.0000' }, stored[1], suppliers[1]],
		});
	});
});

describe('what is sent', () => {
	const product = { id: 1, price: 210.5614, name: { sv: 'Mugg', en: 'Mug' }, status: true };

	test('is what differs and nothing else', () => {
		expect(changesTo(product, { price: 210.56, name: { sv: 'Mugg' }, status: true })).toEqual({});
		expect(changesTo(product, { price: 210.57, status: true, ean1: '1' })).toEqual({
			price: 210.57,
			ean1: '1',
		});
	});

	test('a text goes along with those in the shop’s other languages', () => {
		expect(changesTo(product, { name: { sv: 'Kopp' } })).toEqual({
			name: { sv: 'Kopp', en: 'Mug' },
		});
	});
});
