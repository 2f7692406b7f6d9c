import fc from 'fast-check';
import { vendreCustomer, vendreOrder, vendreProduct } from '../../../nodes/Vendre/records';

/** A product as a shop of our own making answers it, in the shape of the real rows. */
const product = {
	id: 10233,
	ordered: 0,
	article_number: 'MUGG-BLÅ',
	category_ids: [734],
	date_added: 1778678417,
	date_available: null,
	date_modified: 1778679409,
	ean1: '7350000000017',
	external_id: '',
	is_parent: false,
	manufacturer_model: 'M-1',
	name: { sv: 'Mugg – blå', en: 'Mug' },
	package_size: null,
	parent: 0,
	price: 263.2,
	price_in: 160,
	quantity: 3,
	reorder_stock: null,
	status: true,
	suppliers: [{ id: 4, model: '', price: '160.0000', currencies_id: 3 }],
	tax_class_id: 2,
	warehouses: [{ external_id: 'lager', quantity: -2, location: null }],
	weight: null,
};

const order = {
	id: 20001,
	external_id: '',
	status_id: 1,
	status_name: 'Mottagen',
	date_added: 1767610800,
	customer_id: 7,
	currency: 'SEK',
	products: [{ id: 1, product_id: 10233, model: 'A', name: 'B', quantity: 1, price: 10, tax: 25 }],
	totals: [{ class: 'ot_total', title: 'Summa', value: 12.5, tax: 0 }],
};

const productOf = (fields: object) => vendreProduct.parse({ ...product, ...fields });
const orderOf = (fields: object) => vendreOrder.parse({ ...order, ...fields });
const complaintsOf = (schema: typeof vendreProduct | typeof vendreOrder, value: unknown) => {
	const { error } = schema.safeParse(value);
	return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('a row as the shop gives it', () => {
	test('is read as it is', () => {
		expect(vendreProduct.parse(product)).toEqual(product);
	});

	test('keeps the fields that we do not know, nested ones too', () => {
		const read = orderOf({
			extra: { a: [1] },
			products: [{ ...order.products[0], gift: true }],
			billing_address: { street: 'Gatan 1', door_code: '1234' },
		}) as unknown as Record<string, unknown>;
		expect(read.extra).toEqual({ a: [1] });
		expect(read.products).toEqual([{ ...order.products[0], gift: true }]);
		expect(read.billing_address).toMatchObject({ street: 'Gatan 1', door_code: '1234' });
	});
});

describe('numbers as text', () => {
	test.each([
		['263,20', 263.2],
		['263.2000', 263.2],
		['1 263,5', 1263.5],
		['1\u00a0263,5', 1263.5],
		['-12', -12],
		[0, 0],
		['0', 0],
		['', null],
		[null, null],
		[undefined, null],
	])('%j is %j', (price, number) => {
		expect(productOf({ price }).price).toBe(number);
	});

	test.each(['abc', '1,2,3', {}, [5], true])('%j is no price, and is said to be none', (price) => {
		expect(complaintsOf(vendreProduct, { ...product, price })).toEqual([
			'price: a number is wanted',
		]);
	});

	test('any number that a shop writes, with point or comma, is read as that number', () => {
		const amounts = fc
			.integer({ min: -1e9, max: 1e9 })
			.map((tenThousandths) => tenThousandths / 1e4);
		fc.assert(
			fc.property(amounts, fc.boolean(), (amount, comma) => {
				const text = comma ? String(amount).replace('.', ',') : String(amount);
				expect(productOf({ weight: text.includes('e') ? amount : text }).weight).toBe(amount);
			}),
		);
	});
});

describe('flags as text', () => {
	test.each([
		[true, true],
		[1, true],
		['1', true],
		['true', true],
		[false, false],
		[0, false],
		['0', false],
		['', false],
		['false', false],
		[null, false],
		[undefined, false],
	])('%j is %j', (status, flag) => {
		expect(productOf({ status }).status).toBe(flag);
	});
});

describe('dates', () => {
	test.each([
		[1767610800, 1767610800],
		['1767610800', 1767610800],
		['2026-01-05T11:00:00Z', 1767610800],
		['2026-01-05T12:00:00+01:00', 1767610800],
		['2026-01-05 12:00:00', 1767610800],
		['2026-07-05 12:00:00', 1783245600],
		['2026-01-05', 1767567600],
		['', null],
		[null, null],
		[undefined, null],
	])('%j is %j', (date_added, seconds) => {
		expect(orderOf({ date_added }).date_added).toBe(seconds);
	});

	test.each(['yesterday', '5/1 2026', {}])('%j is no date', (date_added) => {
		expect(complaintsOf(vendreOrder, { ...order, date_added })).toEqual([
			'date_added: a date is wanted, as unix seconds or ISO text',
		]);
	});
});

describe('ids', () => {
	test.each([
		[5, 5],
		['5', 5],
	])('%j is %j', (id, number) => {
		expect(orderOf({ id }).id).toBe(number);
	});

	test.each([undefined, null, '', 'A5', 1.5])(
		'a record without a whole id is refused: %j',
		(id) => {
			expect(vendreOrder.safeParse({ ...order, id }).success).toBe(false);
		},
	);

	test('a status that is missing, null or empty is none, and 0 is 0', () => {
		const statusOf = (status_id: unknown) => orderOf({ status_id }).status_id;
		expect([undefined, null, '', 0, '0', '3'].map(statusOf)).toEqual([null, null, null, 0, 0, 3]);
	});

	test('a guest has no customer', () => {
		expect(orderOf({ customer_id: null }).customer_id).toBeNull();
		expect(orderOf({ customer_id: '0' }).customer_id).toBe(0);
	});
});

describe('other names of fields', () => {
	const bare = { ...order, status_name: undefined, date_added: undefined };

	test.each([
		['status_name', 'orders_status_name', 'Mottagen', 'Mottagen'],
		['date_added', 'date_purchased', '2026-01-05 12:00:00', 1767610800],
		['date_added', 'created_at', '2026-01-05T11:00:00Z', 1767610800],
		['email_address', 'email', 'a@b.se', 'a@b.se'],
		['email_address', 'customers_email_address', 'a@b.se', 'a@b.se'],
	])('%s may come as %s', (field, alias, value, read) => {
		expect(vendreOrder.parse({ ...bare, [alias]: value })).toMatchObject({ [field]: read });
		expect(vendreOrder.parse({ ...bare, [field]: null, [alias]: value })).toMatchObject({
			[field]: read,
		});
	});

	test('a field that is there wins over its other names', () => {
		expect(
			vendreOrder.parse({ ...bare, email_address: 'right@b.se', email: 'wrong@b.se' }),
		).toMatchObject({ email_address: 'right@b.se' });
	});

	test('a row’s article number and name, too', () => {
		const rest = { ...order.products[0], model: undefined, name: undefined };
		const products = [{ ...rest, article_number: 'A-1', product_name: 'Mugg' }];
		expect(orderOf({ products }).products).toMatchObject([{ model: 'A-1', name: 'Mugg' }]);
	});
});

describe('what is missing', () => {
	test('an order of a list, without rows and totals, is read; they stay missing', () => {
		const read = vendreOrder.parse({ id: 1 });
		expect(read).toMatchObject({ id: 1, external_id: '', status_id: null, email_address: '' });
		expect(read.products).toBeUndefined();
		expect(read.totals).toBeUndefined();
		expect(read.coupon).toBeNull();
		expect(read.billing_address.street).toBe('');
	});

	test.each([null, '', false])('rows and totals that are %j are missing, too', (none) => {
		const read = orderOf({ products: none, totals: none });
		expect(read.products).toBeUndefined();
		expect(read.totals).toBeUndefined();
	});

	test.each([null, '', false, []])('an address that is %j is empty', (none) => {
		expect(orderOf({ billing_address: none }).billing_address.street).toBe('');
		const customer = vendreCustomer.parse({ id: 12, delivery_address: none });
		expect(customer.delivery_address?.street).toBe('');
	});

	test('a customer without most of it', () => {
		expect(vendreCustomer.parse({ id: '12', phone_default: 701234567 })).toMatchObject({
			id: 12,
			external_id: '',
			type: null,
			phone_default: '701234567',
			company: '',
			date_modified: null,
		});
	});

	test('names by language may be one text, or have none', () => {
		expect(productOf({ name: 'Mugg' }).name).toEqual({ '': 'Mugg' });
		expect(productOf({ name: { sv: null, en: 'Mug' } }).name).toEqual({ sv: '', en: 'Mug' });
		for (const name of [undefined, null, '', []]) {
			expect(Object.values(productOf({ name }).name)).toEqual(['']);
		}
	});

	test('blanks around a text are none of it, and those within it are', () => {
		const read = orderOf({
			external_id: ' ',
			customer_external_id: ' 0',
			status_name: 'Makulerad ',
			customer_comment: '\tRing  på\n\nGrinden ',
			billing_address: { street: ' Gatan 1', country_code: 'SE\u00a0' },
			products: [{ ...order.products[0], model: 'A 1 ', name: ' B' }],
		});
		expect(read).toMatchObject({
			external_id: '',
			customer_external_id: '',
			status_name: 'Makulerad',
			customer_comment: 'Ring  på\n\nGrinden',
			billing_address: { street: 'Gatan 1', country_code: 'SE' },
			products: [{ model: 'A 1', name: 'B' }],
		});
		expect(orderOf({ external_id: ' 70001' }).external_id).toBe('70001');
		expect(productOf({ name: { sv: 'Mugg ' }, price: ' ' })).toMatchObject({
			name: { sv: 'Mugg' },
			price: null,
		});
	});

	test('what the sync does not read of a product may be anything', () => {
		const nothing = { suppliers: null, warehouses: '', child_product_ids: [], category_ids: false };
		expect(productOf(nothing)).toMatchObject(nothing);
	});

	test('a number that stands where text is wanted is text', () => {
		expect(productOf({ article_number: 4711, ean1: 7350000000017 })).toMatchObject({
			article_number: '4711',
			ean1: '7350000000017',
		});
		expect(orderOf({ external_id: 70001, customer_external_id: 1001 })).toMatchObject({
			external_id: '70001',
			customer_external_id: '1001',
		});
	});
});

describe('coupons', () => {
	test('one, none, or as a list of one', () => {
		const coupon = { code: 'VÅR10', type: 'percent', value: '10,0' };
		expect(orderOf({ coupon }).coupon).toEqual({ ...coupon, value: 10 });
		expect(orderOf({ coupon: [coupon] }).coupon).toEqual({ ...coupon, value: 10 });
		expect(orderOf({ coupon: [] }).coupon).toBeNull();
	});

	test.each([null, '', false, [], [null], [[]]])('%j is none', (coupon) => {
		expect(orderOf({ coupon }).coupon).toBeNull();
	});

	test('a kind that nobody knows is no percentage: its amount stands in the totals', () => {
		const read = vendreOrder.parse({ ...order, coupon: { code: 'X', type: 'gift', value: 10 } });
		expect(read.coupon).toMatchObject({ code: 'X', type: 'fixed' });
	});
});

test.each([null, 'text', 5, []])('%j is no order', (value) => {
	expect(vendreOrder.safeParse(value).success).toBe(false);
});

test('what a database writes for nothing is read as nothing', () => {
	const read = vendreOrder.parse({
		...order,
		external_id: 0,
		customer_external_id: '0',
		date_modified: '0000-00-00 00:00:00',
		billing_address: [],
	});
	expect(read).toMatchObject({ external_id: '', customer_external_id: '', date_modified: null });
	expect(read.billing_address.street).toBe('');
});
