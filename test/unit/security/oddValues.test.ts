import type { IDataObject } from 'n8n-workflow';
import { normalized } from '../../../nodes/Vendre/normalize';
import { vendreCustomer, vendreProductFields } from '../../../nodes/Vendre/records';
import { articleChange, stockChange } from '../../../nodes/Specter/changes';
import { mapCustomer } from '../../../nodes/VendreSpecterMapper/mapping/customer';
import { mapOrder } from '../../../nodes/VendreSpecterMapper/mapping/order';
import { partyOfCustomer } from '../../../nodes/VendreSpecterMapper/mapping/party';
import { exampleOrder, settings } from '../mapper/examples';

/** Values that generated inputs once brought through, or brought down what read them. */
test.each<[string, 'orders' | 'customers' | 'products', IDataObject]>([
	['a record where a text is wanted', 'customers', { id: 5, name_first: { sv: 'Åsa' } }],
	['a list where a number of Specter’s is wanted', 'orders', { id: 5, external_id: ['7'] }],
	['a number beyond all numbers', 'products', { id: 5, price: '1e400' }],
	['an id that JavaScript does not hold exactly', 'orders', { id: '1e21' }],
	['a flag for an id', 'orders', { id: true }],
	['a date that no calendar has', 'orders', { id: 5, date_added: '9'.repeat(400) }],
	['an address that is none', 'customers', { id: 5, delivery_address: { city: {} } }],
])('%s is refused by name', (_, list, row) => {
	const [field] = Object.keys(row).reverse();
	expect(() => normalized(list, row)).toThrow(new RegExp(`cannot be used: ${field}\\b`));
});

test('a field of Specter’s that has parts is refused, in a record that somebody changed on the way', () => {
	expect(articleChange.safeParse({ articleNo: { a: 1 } }).success).toBe(false);
	expect(articleChange.safeParse({ articleNo: 'A', name: ['x'] }).success).toBe(false);
});

test('more units than can be counted are no number of units', () => {
	const read = stockChange.parse({ articleNo: 'A', noItemsAvailable: '1e300' });
	expect(read.noItemsAvailable).toBeNull();
});

test('a supplier’s price stays in plain digits, however high it is', () => {
	const { suppliers } = vendreProductFields.parse({ suppliers: [{ id: 1, price: 1e21 }] });
	expect(suppliers?.[0].price).toBe('1000000000000000000000.0000');
	expect(vendreProductFields.safeParse({ price: Infinity }).success).toBe(false);
});

describe.each(['constructor', '__proto__', 'toString'])(
	'the word %s, which every object knows',
	(word) => {
		test('is no country and no language in a table', () => {
			const customer = { id: 5, email_address: 'a@b.example', name_first: 'Åsa', name_last: 'Ö' };
			const read = (fields: IDataObject) =>
				mapCustomer(partyOfCustomer(vendreCustomer.parse({ ...customer, ...fields })), settings);
			expect(() => read({ address_country_code_alpha2: word })).toThrow(`Country "${word}" is no`);
			expect(read({ language_code: word }).customer).not.toHaveProperty('language');
		});

		test('is a payment code as it stands', () => {
			const order = exampleOrder({ payment_method_code: word });
			expect(mapOrder(order, [], settings).order.payTypeIdentifier).toBe(word);
		});
	},
);

test('an article whose name is blank goes by its number', () => {
	const [row] = exampleOrder().products ?? [];
	const { articles } = mapOrder(exampleOrder({ products: [{ ...row, name: ' ' }] }), [], settings);
	expect(articles[0].name).toBe('MUGG-1');
});
