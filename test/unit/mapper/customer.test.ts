import { vendreCustomer } from '../../../nodes/Vendre/records';
import { mapCustomer } from '../../../nodes/VendreSpecterMapper/mapping/customer';
import { partyOfCustomer } from '../../../nodes/VendreSpecterMapper/mapping/party';
import { settings } from './examples';

const map = (changes: Record<string, unknown> = {}, use: Partial<typeof settings> = {}) =>
	mapCustomer(
		partyOfCustomer(
			vendreCustomer.parse({
				id: 7,
				external_id: '501',
				type: 1,
				company: 'Åkes  Bygg AB',
				name_first: 'Åke',
				name_last: 'Å',
				identification_number: '556677-8899',
				vat: 'SE556677889901',
				email_address: 'ake@example.com',
				phone_default: '08-1',
				phone_mobile: '070-2',
				fax: '08-3',
				language_code: 'sv',
				address_street: 'Gatan 1',
				address_postcode: '11122',
				address_city: 'Umeå',
				address_country_code_alpha2: 'SE',
				delivery_address: {
					street: 'Lagret 2',
					postcode: '22233',
					city: 'Luleå',
					country_code: 'NO',
				},
				...changes,
			}),
		),
		{ ...settings, ...use },
	);

describe('a customer (C1–C16)', () => {
	test('carries what the sync list names (C1–C16)', () => {
		expect(map().customer).toEqual({
			customerId: '501', // C1
			customerOrganizationalForm: 'C', // C2
			name: 'Åkes Bygg AB', // blanks folded, as the signature counts them
			contactPerson: 'Åke Å',
			address: 'Gatan 1', // C3
			zipCodeEng: '11122', // C4
			city: 'Umeå', // C5
			countryCode: 'SE', // C6
			language: 'SE', // C7
			orgNo: '556677-8899', // C8
			vatNo: 'SE556677889901',
			deliveryAddress: 'Lagret 2', // C9
			deliveryZipCodeEng: '22233', // C10
			deliveryCity: 'Luleå', // C11
			deliveryCountryCode: 'NO', // C12
			emailAddress: 'ake@example.com', // C13
			phoneNo: '08-1', // C14
			faxNo: '08-3', // C15
			mobileNo: '070-2', // C16
		});
	});

	test.each([
		['shop', 0, 'AB', 'P'],
		['shop', 1, 'AB', 'C'],
		['shop', null, 'AB', 'C'],
		['shop', null, '', 'P'],
		['companyName', 0, 'AB', 'C'],
		['companyName', 1, '', 'P'],
		['company', 0, 'AB', 'C'],
		['person', 1, 'AB', 'P'],
	] as const)(
		'rule %s with type %s and company "%s" gives %s (C2)',
		(rule, type, company, form) => {
			const { customer } = map({ type, company }, { customerType: rule });
			expect(customer.customerOrganizationalForm).toBe(form);
		},
	);

	test('a person is sent by first and last name, split where the shop asks for one name only', () => {
		const { customer } = map({ type: 0, name_first: 'Anna Maria Berg', name_last: '' });
		expect(customer).toMatchObject({ firstName: 'Anna Maria', surName: 'Berg' });
		expect(customer).not.toHaveProperty('name');
	});

	test('a person without a last name is refused by the field’s name', () => {
		expect(() => map({ type: 0, name_first: 'Cher', name_last: '' })).toThrow('surName');
	});

	test.each([
		['sv', 'SE'],
		['nb', 'NO'],
		['gb', 'EN'],
		['da', 'DA'],
	])('language %s is Specter’s %s (C7)', (language, code) => {
		expect(map({ language_code: language }).customer.language).toBe(code);
	});

	test('a language that Specter lacks is left out with a note, unless the map has it (C7)', () => {
		const french = map({ language_code: 'fr' });
		expect(french.customer.language).toBeUndefined();
		expect(french.notes).toEqual([expect.stringContaining('"fr"')]);
		expect(map({ language_code: 'fr' }, { languages: { fr: 'EN' } }).customer.language).toBe('EN');
	});

	test('a country that is no code is refused with advice, unless the map has it (C6)', () => {
		const sweden = { address_country_code_alpha2: 'Sverige' };
		expect(() => map(sweden)).toThrow('"Sverige" is no two-letter country code');
		expect(map(sweden, { countries: { Sverige: 'SE' } }).customer.countryCode).toBe('SE');
	});

	test('a name over 100 characters is cut with a note', () => {
		const { customer, notes } = map({ company: 'B'.repeat(120) });
		expect(customer.name).toHaveLength(100);
		expect(notes).toEqual([expect.stringContaining('100 characters')]);
	});
});
