import { vendreDialectOf } from '../../../nodes/Vendre/transport/dialect';
import { pageIn } from '../../../nodes/Vendre/transport/lists';
import { authenticateRequest } from '../../../nodes/Vendre/transport/request';
import { fromShop, toShop } from '../../../nodes/Vendre/transport/translation';
import { recordIdIn } from '../../../nodes/Vendre/transport/webhook';

const differing = (differences: object) => vendreDialectOf({ differences });

const ORDER = {
	id: 1001,
	external_id: '',
	status_id: 1,
	customer_type: 1,
	billing_address: { street: 'Storgatan 1', city: 'Åmål' },
	products: [{ model: 'A', quantity: 1 }],
	totals: [{ class: 'ot_shipping', value: 49 }],
	coupon: { type: 'percent', value: 10 },
};

test('a shop without differences is read and saved as it is', () => {
	const assumed = differing({});
	expect(fromShop('orders', ORDER, assumed)).toEqual(ORDER);
	expect(toShop('orders', ORDER, assumed)).toEqual(ORDER);
});

describe('a shop with other names', () => {
	const names = {
		external_id: 'erp_id',
		billing_address: 'invoice_address',
		'billing_address.street': 'street_address',
		'products[].model': 'sku',
	};
	const dialect = differing({ fields: { orders: names } });
	const theirs = {
		id: 1001,
		erp_id: '',
		status_id: 1,
		customer_type: 1,
		invoice_address: { street_address: 'Storgatan 1', city: 'Åmål' },
		products: [{ sku: 'A', quantity: 1 }],
		totals: ORDER.totals,
		coupon: ORDER.coupon,
	};

	test('is read in the contract’s, within records and lists as well', () => {
		expect(fromShop('orders', theirs, dialect)).toEqual(ORDER);
	});

	test('is written in its own', () => {
		expect(toShop('orders', ORDER, dialect)).toEqual(theirs);
		expect(toShop('orders', { external_id: '7' }, dialect)).toEqual({ erp_id: '7' });
	});

	test('is not read from a field that has the contract’s name for something else', () => {
		const { external_id } = fromShop('orders', { ...theirs, external_id: 'WMS-9' }, dialect);
		expect(external_id).toBe('');
	});

	test('has them in that list alone', () => {
		expect(fromShop('customers', { erp_id: '7' }, dialect)).toEqual({ erp_id: '7' });
	});
});

describe('a shop with other values', () => {
	const dialect = differing({
		businessCustomerType: 'company',
		unfinishedStatusIds: [99],
		percentCoupon: 'percentage',
		totalClasses: { ot_shipping: 'shipping' },
		weightUnit: 'g',
	});

	test('is read with the contract’s', () => {
		const theirs = {
			...ORDER,
			status_id: '99',
			customer_type: 'company',
			totals: [{ class: 'shipping', value: 49 }],
			coupon: { type: 'percentage', value: 10 },
		};
		expect(fromShop('orders', theirs, dialect)).toEqual({ ...ORDER, status_id: 0 });
		expect(fromShop('customers', { type: 'someone' }, dialect)).toEqual({ type: 0 });
	});

	test.each([
		['1250', 1.25],
		[40, 0.04],
		[null, null],
	])('has a weight of %p gram', (theirs, kilos) => {
		expect(fromShop('products', { weight: theirs }, dialect)).toEqual({ weight: kilos });
	});

	test('gets weights in gram', () => {
		expect(toShop('products', { weight: 1.25, name: 'Mugg' }, dialect)).toEqual({
			weight: 1250,
			name: 'Mugg',
		});
	});
});

test.each([
	[{ list: [{ id: 1 }], remaining: 2 }],
	[{ data: { list: [{ id: 1 }], remaining: '2' } }],
	[{ data: [{ id: 1 }], remaining: 2 }],
])('a page is found in %j', (answer) => {
	expect(pageIn(answer)).toEqual({ rows: [{ id: 1 }], remaining: 2 });
});

test.each([[undefined], [{}], [{ data: {} }], ['list'], [{ list: {} }]])(
	'no page is in %j',
	(answer) => {
		expect(pageIn(answer)).toBeUndefined();
	},
);

test('a webhook’s id may have another name and stand in a form with dots', () => {
	const dialect = differing({ webhookId: 'record_id' });
	expect(recordIdIn({ record_id: '7' }, dialect)).toBe(7);
	expect(recordIdIn({ 'order.record_id': '7', id: '8' }, dialect)).toBe(7);
});

describe('the verb that saves', () => {
	const credential = { shopUrl: 'https://www.myshop.se', apiKey: 'k', saveVerb: 'POST' };
	test.each([
		['orders/1001', 'POST'],
		['orders/1001?x=1', 'POST'],
		// A shop that makes products by PUT saves them by another verb all the same.
		['products', 'PUT'],
	])('is that of the credential for one record: %s', async (url, method) => {
		const request = await authenticateRequest(credential, { method: 'PUT', url });
		expect(request.method).toBe(method);
	});
});
