import { parse } from 'node:querystring';
import { isWebhookEvent, recordIdIn, webhookEvents } from '../../../nodes/Vendre/transport/webhook';

describe('the record’s id', () => {
	test.each([
		['bare', { id: 5, products: [{ id: 9 }] }],
		['as text', { id: '5' }],
		['wrapped in data', { data: { id: 5 } }],
		['wrapped by kind', { order: { id: '5' } }],
		['wrapped by the other kind', { customer: { id: 5 } }],
		['beside a wrapped one of somebody else', { id: 5, customer: { id: 9 } }],
	])('in JSON: %s', (_, body) => {
		expect(recordIdIn(body)).toBe(5);
	});

	test.each([
		['bare', 'id=5&products%5B0%5D%5Bid%5D=9'],
		['wrapped in data', 'data[id]=5&data[products][0][id]=9'],
		['wrapped by kind', 'order%5Bid%5D=5'],
		['given twice', 'id=5&id=9'],
	])('urlencoded, as n8n reads it: %s', (_, body) => {
		expect(recordIdIn({ ...parse(body) })).toBe(5);
	});

	test.each([
		['bare', { id: '5', 'products[0][id]': '9' }],
		['given twice', { id: ['5', '9'] }],
		['wrapped in data', { 'data[id]': '5', 'data[products][0][id]': '9' }],
		['wrapped by kind', { 'order[id]': '5' }],
	])('multipart, as n8n reads it: %s', (_, data) => {
		expect(recordIdIn({ data, files: {} })).toBe(5);
	});

	test.each([
		{},
		{ id: '' },
		{ id: null },
		{ id: 0 },
		{ id: -1 },
		{ id: 1.5 },
		{ id: true },
		{ id: 'abc' },
		{ id: '9'.repeat(400) },
		{ id: '5 or 1=1' },
		{ id: '../customers/5' },
		{ id: {} },
		{ id: [] },
		{ data: 'text', order: null },
		{ 'products[0][id]': '9' },
	])('is not in %j', (body) => {
		expect(recordIdIn(body)).toBeUndefined();
	});
});

describe('events', () => {
	test('the five of the contract', () => {
		expect(Object.keys(webhookEvents)).toEqual([
			'new_order',
			'updated_order',
			'new_customer',
			'updated_customer',
			'deleted_customer',
		]);
		expect(Object.keys(webhookEvents).every(isWebhookEvent)).toBe(true);
	});

	test.each([
		'deleted_order',
		'',
		'constructor',
		'__proto__',
		'toString',
		undefined,
		['new_order'],
	])('%j is none', (name) => {
		expect(isWebhookEvent(name)).toBe(false);
	});
});
