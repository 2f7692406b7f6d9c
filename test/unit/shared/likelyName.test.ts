import { kindOf, likelyNames } from '../../../nodes/shared/likelyName';
import { VENDRE_DIFFERENCES } from '../../sandbox/vendre/differences';

/** The names that the stand-in shop can have otherwise: the contract's last name of each, and the shop's. */
const others = (resource: 'orders' | 'customers') =>
	VENDRE_DIFFERENCES.flatMap(({ vendre }) =>
		Object.entries(vendre?.fieldNames?.[resource] ?? {}),
	).map(([path, other]) => [path.split(/\.|\[\]\./).at(-1) as string, other as string] as const);

describe('the other name of a field', () => {
	test.each([...others('orders'), ...others('customers')])('%s is %s', (field, other) => {
		const unknown = [other, 'loyalty_points', 'ip', 'gclid', 'giftwrap'];
		expect(likelyNames([field], unknown)).toEqual(new Map([[field, other]]));
	});

	test.each(['orders', 'customers'] as const)('all of %s at once, each its own', (resource) => {
		const pairs = others(resource).filter(([, other]) => other !== 'street_address');
		expect(
			likelyNames(
				pairs.map(([field]) => field),
				pairs.map(([, other]) => other).reverse(),
			),
		).toEqual(new Map(pairs));
	});

	test.each([
		['orgNo', 'organization_number'],
		['firstName', 'firstname'],
		['street2', 'address_2'],
		['postcode', 'zip'],
		['external_id', 'ext_id'],
		['vat', 'vat_number'],
	])('%s is %s', (field, other) => {
		expect(likelyNames([field], [other, 'points', 'ip']).get(field)).toBe(other);
	});
});

describe('no guess', () => {
	test('where nothing is alike', () => {
		const unknown = ['loyalty_points', 'ip', 'gclid', 'id', 'number', 'date'];
		expect(likelyNames(['external_id', 'payment_reference', 'totals'], unknown).size).toBe(0);
	});

	test('where two are equally alike', () => {
		expect(likelyNames(['external_id'], ['erp_id', 'specter_id']).size).toBe(0);
		expect(likelyNames(['tax', 'vat'], ['moms']).size).toBe(0);
	});

	test('where the kinds of values do not go together', () => {
		const kinds = { totals: 'list', order_totals: 'number', order_total: 'list' } as const;
		expect(likelyNames(['totals'], ['order_totals'], kinds).size).toBe(0);
		expect(likelyNames(['totals'], ['order_totals', 'order_total'], kinds).get('totals')).toBe(
			'order_total',
		);
	});
});

test('a kind of value: a number may be written as text', () => {
	expect([1, '12,50', 'A1', '', [], {}, null, undefined].map(kindOf)).toEqual([
		'number',
		'number',
		'text',
		'text',
		'list',
		'record',
		undefined,
		undefined,
	]);
});
