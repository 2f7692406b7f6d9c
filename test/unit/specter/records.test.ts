import fc from 'fast-check';
import {
	specterArticle,
	specterCustomer,
	specterDelivery,
	specterInvoice,
	specterInvoiceNumber,
	specterOrder,
	specterOrderRow,
} from '../../../nodes/Specter/records';
import { checkRecord } from '../../../nodes/shared/records';
import { Refusal } from '../../../nodes/shared/refusal';

const person = {
	customerOrganizationalForm: 'P',
	firstName: 'Åsa',
	surName: 'Öberg',
	emailAddress: 'asa@post.example',
};
const company = {
	customerOrganizationalForm: 'C',
	name: 'Åkes Bygg AB',
	emailAddress: 'ake@bygg.example',
};
const row = { articleNo: 'A-1', priceExclVAT: 12.5, noOfItems: 2, vatPercent: 25 };
const order = { customerId: 1001, rows: [row] };
const delivery = { orderId: 70001, rows: [{ articleNo: 'A-1', noOfItems: 2 }] };

const customer = (fields: object) => checkRecord(specterCustomer, fields, 'The customer');
const article = (fields: object) =>
	checkRecord(specterArticle, { articleNo: 'A-1', ...fields }, 'The article');
const orderRow = (fields: object) => checkRecord(specterOrderRow, { ...row, ...fields }, 'The row');
const orderOf = (fields: object) => checkRecord(specterOrder, { ...order, ...fields }, 'The order');

const deliveryOf = (fields: object) =>
	checkRecord(specterDelivery, { ...delivery, ...fields }, 'The delivery');
const delivered = (noOfItems: unknown) => deliveryOf({ rows: [{ articleNo: 'A-1', noOfItems }] });

describe('lengths (contract specter §4)', () => {
	const limits = [
		['name', 100, company],
		['firstName', 50, person],
		['surName', 50, person],
		['orgNo', 20, person],
		['vatNo', 30, person],
		['emailAddress', 100, person],
		['phoneNo', 50, person],
		['mobileNo', 50, person],
		['homepage', 50, person],
	] as const;

	test.each(limits)('a customer’s %s: %i characters and not one more', (field, most, base) => {
		const at = (length: number) => customer({ ...base, [field]: 'ö'.repeat(length) });
		expect(at(most)[field]).toHaveLength(most);
		expect(() => at(most + 1)).toThrow(
			new RegExp(`^The customer cannot be used: ${field} is "ö+.*: Specter takes at most ${most} `),
		);
	});

	test.each([
		['customerOrderReference', 50],
		['customerReference', 70],
		['externalDeliveryMethod', 100],
		['name', 100],
		['firstName', 50],
		['surName', 50],
		['orgNo', 20],
	] as const)('an order’s %s: %i', (field, most) => {
		expect(orderOf({ [field]: 'x'.repeat(most) })[field]).toHaveLength(most);
		expect(() => orderOf({ [field]: 'x'.repeat(most + 1) })).toThrow(`at most ${most} characters`);
	});

	test('what counts is the text as Specter gets it', () => {
		expect(() => customer({ ...company, name: `${'x'.repeat(98)}€` })).toThrow('at most 100');
		expect(() => customer({ ...company, name: `${'x'.repeat(97)}€` })).not.toThrow();
		const decomposed = 'a\u030a'.repeat(50);
		expect(() => customer({ ...person, firstName: decomposed })).not.toThrow();
		expect(() => customer({ ...person, firstName: ` ${'x'.repeat(50)} ` })).not.toThrow();
	});
});

describe('what is required', () => {
	test('a company has a name, a person a first and a last name', () => {
		expect(() => customer({ ...company, name: undefined })).toThrow(
			'name is missing: a value is required for customer type C',
		);
		expect(() => customer({ ...person, surName: ' ' })).toThrow(
			'surName is " ": a value is required for customer type P',
		);
		expect(() => customer({ ...person, firstName: undefined, surName: '' })).toThrow(
			/firstName is missing.*; surName is ""/,
		);
		expect(customer({ ...company, firstName: '' }).name).toBe('Åkes Bygg AB');
	});

	test.each([undefined, null, '', '  '])('an e-mail address, so not %j', (emailAddress) => {
		expect(() => customer({ ...person, emailAddress })).toThrow(/emailAddress is .*required/);
	});

	test('a name of which nothing is left in Latin-1 is no name', () => {
		expect(() => customer({ ...company, name: '\u200b' })).toThrow(/name is .*required/);
		expect(() => customer({ ...person, surName: '\u0007' })).toThrow(/surName is .*required/);
	});

	test('an order has a customer number and a row, a row an article number', () => {
		expect(() => orderOf({ customerId: '' })).toThrow('customerId is "": a value is required');
		expect(() => orderOf({ rows: [] })).toThrow('rows is []: an order has at least one row');
		expect(() => orderOf({ rows: [row, { ...row, articleNo: '' }] })).toThrow(
			'rows.1.articleNo is "": a value is required',
		);
	});

	test('a delivery has an order number and a row, a row an article and its number', () => {
		expect(() => deliveryOf({ orderId: null })).toThrow('orderId is null: a value is required');
		expect(() => deliveryOf({ rows: [] })).toThrow('rows is []: a delivery has at least one row');
		expect(() => deliveryOf({ rows: undefined })).toThrow('rows is missing');
		expect(() => deliveryOf({ rows: [{ articleNo: ' ', noOfItems: 1 }] })).toThrow(
			'rows.0.articleNo is " ": a value is required',
		);
		expect(() => deliveryOf({ rows: [{ articleNo: 'A-1' }] })).toThrow(
			'rows.0.noOfItems is missing: a number is wanted',
		);
	});

	test.each([undefined, null, '', ' '])('an invoice has a number to go by, so not %j', (number) => {
		expect(() => checkRecord(specterInvoice, { orderId: number }, 'The invoice')).toThrow(
			/^The invoice cannot be used: orderId is .*required/,
		);
		expect(() => checkRecord(specterInvoiceNumber, { invoiceId: number }, 'The invoice')).toThrow(
			/^The invoice cannot be used: invoiceId is .*required/,
		);
	});

	test.each(['priceExclVAT', 'noOfItems', 'vatPercent'])('a row has %s', (field) => {
		expect(() => orderRow({ [field]: undefined })).toThrow(
			`${field} is missing: a number is wanted, with a decimal point`,
		);
	});
});

describe('numbers', () => {
	test('prices have two decimals on the wire, weights three, quantities as many as they need', () => {
		expect(article({ priceExclVAT: 100, buyPrice: '7.5', productWeight: 0.25 })).toMatchObject({
			priceExclVAT: '100.00',
			buyPrice: '7.50',
			productWeight: '0.250',
		});
		expect(orderRow({ noOfItems: '1.5000', vatPercent: '25.50', priceExclVAT: -50 })).toMatchObject(
			{
				noOfItems: '1.5',
				vatPercent: '25.5',
				priceExclVAT: '-50.00',
			},
		);
		expect(orderRow({ noOfItems: 1e21 }).noOfItems).toBe('1000000000000000000000');
	});

	test.each([
		'12,50',
		'1 000',
		'1e3',
		'12.',
		'.5',
		'0x10',
		'abc',
		'',
		true,
		null,
		NaN,
		Infinity,
		{},
	])('%p is no price', (priceExclVAT) => {
		expect(() => orderRow({ priceExclVAT })).toThrow(
			/priceExclVAT is .*: a number is wanted, with a decimal point/,
		);
	});

	test('decimals that Specter does not take are refused and never rounded away', () => {
		expect(() => orderRow({ priceExclVAT: 12.345 })).toThrow(
			'priceExclVAT is 12.345: at most 2 decimals are taken',
		);
		expect(() => article({ productWeight: '0.1234' })).toThrow('at most 3 decimals');
	});

	test('what is delivered is more than nothing, in at most four decimals', () => {
		expect(delivered('1.5000').rows).toEqual([{ articleNo: 'A-1', noOfItems: '1.5' }]);
		expect(delivered(0.0001).rows[0].noOfItems).toBe('0.0001');
		for (const none of [0, -1, '-0.5', '0.00']) {
			expect(() => delivered(none)).toThrow(/rows\.0\.noOfItems is .*: more than zero is wanted/);
		}
		expect(() => delivered('1.00001')).toThrow(
			/^The delivery cannot be used: rows\.0\.noOfItems is "1.00001": at most 4 decimals are taken$/,
		);
	});

	test('whatever is given, it is a plain number or a refusal', () => {
		const anything = fc.oneof(fc.anything(), fc.double(), fc.string(), fc.integer());
		fc.assert(
			fc.property(anything, (priceExclVAT) => {
				try {
					expect(orderRow({ priceExclVAT }).priceExclVAT).toMatch(/^-?\d+\.\d{2}$/);
				} catch (error) {
					expect(error).toBeInstanceOf(Refusal);
				}
			}),
		);
	});
});

describe('codes, dates and flags', () => {
	test.each([
		['countryCode', 'se', 'two capital letters'],
		['countryCode', 'SWE', 'two capital letters'],
		['deliveryCountryCode', 'Sverige', 'two capital letters'],
		['currency', 'kr', 'three capital letters'],
		['language', 'sv', "'SE'"],
		['customerOrganizationalForm', 'X', "'C' | 'P'"],
	])('a customer’s %s is not %s', (field, value, wanted) => {
		expect(() => customer({ ...person, [field]: value })).toThrow(
			expect.objectContaining({
				message: expect.stringContaining(`${field} is "${value}"`) as string,
			}),
		);
		expect(() => customer({ ...person, [field]: value })).toThrow(wanted);
	});

	test.each(['2026-1-5', '05/01/2026', '2026-01-05T12:00', '2026-02-30', '2026-13-01'])(
		'an order date is not %s',
		(orderDate) => {
			expect(() => orderOf({ orderDate })).toThrow(
				`orderDate is "${orderDate}": a date is wanted as YYYY-MM-DD`,
			);
		},
	);

	test.each(['2026-1-5', '2026-02-30', '', 20_260_105, '2026-01-05T00:00:00.000+01:00'])(
		'a delivery date is not %s',
		(deliveryDate) => {
			expect(() => deliveryOf({ deliveryDate })).toThrow(/deliveryDate is .*/);
		},
	);

	test('a delivery needs no date', () => {
		expect(deliveryOf({})).not.toHaveProperty('deliveryDate');
		expect(deliveryOf({ deliveryDate: ' 2026-01-05 ' }).deliveryDate).toBe('2026-01-05');
	});

	test('the last day of February in a leap year is a date', () => {
		expect(orderOf({ orderDate: '2028-02-29' }).orderDate).toBe('2028-02-29');
	});

	test.each([1, '1', 'true', 0])('a flag is true or false, not %p', (sendOrderMail) => {
		expect(() => orderOf({ sendOrderMail })).toThrow(/sendOrderMail is/);
	});
});

describe('names and unknown fields', () => {
	test('blanks are folded in names, as the signature counts them', () => {
		expect(customer({ ...company, name: ' Åkes \u00a0 Bygg\tAB ' }).name).toBe('Åkes Bygg AB');
		expect(customer({ ...person, firstName: 'Anna  Maria' }).firstName).toBe('Anna Maria');
	});

	test('numbers are taken where text is wanted', () => {
		expect(orderOf({ customerId: 1001, externalOrderNo: 20001 })).toMatchObject({
			customerId: '1001',
			externalOrderNo: '20001',
		});
		expect(deliveryOf({ orderId: 70001 }).orderId).toBe('70001');
		expect(checkRecord(specterInvoice, { orderId: 70001 }, 'The invoice').orderId).toBe('70001');
	});

	test.each([
		['customer', () => customer({ ...person, emailAdress: 'x@y.se' }), 'emailAdress'],
		['article', () => article({ supplierNo: '1' }), 'supplierNo'],
		[
			'order',
			() => orderOf({ ignoreExternalOrderNoControl: true }),
			'ignoreExternalOrderNoControl',
		],
		['delivery', () => deliveryOf({ useArticleNoRowMapping: '0' }), 'useArticleNoRowMapping'],
		[
			'delivered row',
			() => deliveryOf({ rows: [{ articleNo: 'A-1', noOfItems: 1, priceExclVAT: 1 }] }),
			'priceExclVAT',
		],
		['row', () => orderOf({ rows: [{ ...row, price: 1 }] }), 'price'],
	])('a field that Specter does not know is refused: %s', (_, check, field) => {
		expect(check).toThrow(field);
	});

	test('many complaints are counted and the first five shown', () => {
		const rows = Array.from({ length: 8 }, () => ({ ...row, noOfItems: 'x' }));
		const refusal = (() => {
			try {
				return orderOf({ rows });
			} catch (error) {
				return error as Refusal;
			}
		})() as Refusal;
		expect(refusal).toBeInstanceOf(Refusal);
		expect(refusal.message.match(/rows\.\d/g)).toHaveLength(5);
		expect(refusal.whatToDo).toContain('8 such fields');
	});

	test('a long value is shown shortened', () => {
		expect(() => customer({ ...person, homepage: 'x'.repeat(500) })).toThrow(/x{70,77}…: Specter/);
	});
});
