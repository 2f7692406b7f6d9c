import type { IDataObject } from 'n8n-workflow';
import { readingOf, sightingOf, type Sighting } from '../../../../nodes/Vendre/poll/sighting';

const MUG = {
	id: 5001,
	article_number: 'M-1',
	name: { sv: 'Mugg', en: 'Mug' },
	price: 79.5,
	weight: null,
	status: true,
	note: '',
	date_modified: 1_700_000_000,
};
const FIELDS = ['article_number', 'name', 'price', 'weight', 'status', 'note'];

const digestOf = (row: object, fields = FIELDS) =>
	sightingOf('products', { ...row }, fields)?.digest;

test.each([
	['numbers as text', { id: '5001', price: '79.50' }],
	['a flag as a number', { status: 1 }],
	['languages in another order', { name: { en: 'Mug', sv: 'Mugg' } }],
	['an empty text for a missing number', { weight: '' }],
	['a missing text', { note: undefined }],
	['a field that does not count', { date_modified: 1_800_000_000 }],
])('%s is the same state', (_, fields) => {
	expect(digestOf({ ...MUG, ...fields })).toBe(digestOf(MUG));
});

test.each([
	['article_number', 'M-01'],
	['name', { sv: 'Mugg', en: 'Cup' }],
	['price', 79.49],
	['weight', 0],
	['status', false],
	['note', 'Ny'],
])('another %s (%j) is another state', (field, value) => {
	expect(digestOf({ ...MUG, [field]: value })).not.toBe(digestOf(MUG));
});

test('a value does not stand in for that of another field', () => {
	const [first, second] = [
		{ ...MUG, article_number: 'A', note: '' },
		{ ...MUG, article_number: '', note: 'A' },
	];
	expect(digestOf(first)).not.toBe(digestOf(second));
});

test('a choice of more fields is no change of a record that has nothing in them', () => {
	expect(digestOf(MUG, ['article_number', 'note'])).toBe(digestOf(MUG, ['article_number']));
});

test('digests have 32 bits', () => {
	const digests = Array.from({ length: 200 }, (_, price) => digestOf({ ...MUG, price }) as number);
	expect(digests.every((digest) => Number.isInteger(digest) && digest >= 0)).toBe(true);
	expect(Math.max(...digests)).toBeLessThan(2 ** 32);
	expect(Math.max(...digests)).toBeGreaterThan(2 ** 31);
	expect(new Set(digests).size).toBe(200);
});

test.each([
	['customers', { id: 7, type: 1, email_address: 'a@b.se' }, { id: '7', type: '1' }],
	['orders', { id: 7, status_id: 3, billing_address: {} }, { status_id: '3', billing_address: [] }],
] as const)('the fields of %s are read as those of a product', (list, row, otherwise) => {
	const fields = Object.keys(row).filter((field) => field !== 'id');
	const digest = sightingOf(list, { ...row } as IDataObject, fields)?.digest;
	expect(sightingOf(list, { ...row, ...otherwise } as IDataObject, fields)?.digest).toBe(digest);
	expect(sightingOf(list, { id: 7 }, fields)?.digest).not.toBe(digest);
});

describe('a row that cannot be read', () => {
	const reading = (row: object) => {
		const sighting = sightingOf('products', { ...row }, FIELDS) as Sighting;
		return readingOf('products', { ...row }, sighting);
	};
	const bad = { ...MUG, date_modified: 'i går' };

	test('is told with its reason', () => {
		const { id, record } = reading(bad);
		expect([id, (record as Error).message]).toEqual([
			5001,
			expect.stringContaining('date_modified is "i går"'),
		]);
	});

	test('is another state than the same row when it can be read', () => {
		expect(reading(bad).digest).toBe(reading({ ...bad }).digest);
		expect(reading(bad).digest).not.toBe(reading(MUG).digest);
		expect(reading(MUG).digest).toBe(digestOf(MUG));
	});

	test('is another state with another mistake, and with another value of a field that counts', () => {
		expect(reading({ ...bad, date_modified: 'i morgon' }).digest).not.toBe(reading(bad).digest);
		expect(reading({ ...bad, price: 1 }).digest).not.toBe(reading(bad).digest);
	});
});

test.each([undefined, null, '', 'x', 0, -1, 1.5])('a row with the id %j is none', (id) => {
	expect(sightingOf('products', { ...MUG, id } as never, FIELDS)).toBeUndefined();
});
