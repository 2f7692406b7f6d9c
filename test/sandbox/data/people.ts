import type { CustomerRecord, DeliveryAddress } from '../vendre/records';
import { Random } from './random';

interface Company {
	company: string;
	city: string;
	postcode: string;
	country: string;
	language: string;
	contact: string;
	vat?: string;
	number?: string;
}

const COMPANIES: readonly Company[] = [
	{
		company: 'Åkes Bygg AB',
		city: 'Västerås',
		postcode: '722 11',
		country: 'SE',
		language: 'sv',
		contact: 'Åke Öhman',
	},
	{
		company: 'Café Blåklint HB',
		city: 'Örebro',
		postcode: '702 25',
		country: 'SE',
		language: 'sv',
		contact: 'Maja Dahl',
	},
	{
		company: 'Nilsson & Söner Måleri AB',
		city: 'Luleå',
		postcode: '972 38',
		country: 'SE',
		language: 'sv',
		contact: 'Göran Nilsson',
	},
	{
		company: 'Skärgårdens Vandrarhem Ek. för.',
		city: 'Vaxholm',
		postcode: '185 32',
		country: 'SE',
		language: 'sv',
		contact: 'Petra Sjögren',
	},
	{
		company: 'Förskolan Älgen',
		city: 'Umeå',
		postcode: '903 27',
		country: 'SE',
		language: 'sv',
		contact: 'Lena Åberg',
	},
	{
		company: 'Restaurang Höjden AB',
		city: 'Göteborg',
		postcode: '411 04',
		country: 'SE',
		language: 'sv',
		contact: 'Ali Rezai',
	},
	{
		company: 'Kontorsfolket i Lund AB',
		city: 'Lund',
		postcode: '222 23',
		country: 'SE',
		language: 'en',
		contact: 'Emma Kjellberg',
	},
	{
		company: 'Hantverkshuset Gävle AB',
		city: 'Gävle',
		postcode: '803 20',
		country: 'SE',
		language: 'sv',
		contact: 'Jörgen Wik',
	},
	{
		company: 'Fjordens Kaffebar AS',
		city: 'Bergen',
		postcode: '5003',
		country: 'NO',
		language: 'nb',
		contact: 'Ingrid Sæther',
		number: '999888777',
		vat: 'NO999888777MVA',
	},
	{
		company: 'Tunturi Retkeily Oy',
		city: 'Rovaniemi',
		postcode: '96100',
		country: 'FI',
		language: 'fi',
		contact: 'Aino Mäkelä',
		number: '1234567-1',
		vat: 'FI12345671',
	},
	{
		company: 'Købmand Sørensen ApS',
		city: 'Aarhus',
		postcode: '8000',
		country: 'DK',
		language: 'da',
		contact: 'Bo Sørensen',
		number: '12345674',
		vat: 'DK12345674',
	},
	{
		company: 'Möbelhaus Grün GmbH',
		city: 'Lübeck',
		postcode: '23552',
		country: 'DE',
		language: 'de',
		contact: 'Jürgen Groß',
		number: 'HRB 4711',
		vat: 'DE123456788',
	},
];

const FIRST_NAMES = [
	'Anna',
	'Björn',
	'Cecilia',
	'David',
	'Elsa',
	'Fredrik',
	'Gunilla',
	'Håkan',
	'Ida',
	'Jonas',
	'Karin',
	'Åsa',
	'Märta',
	'Nils',
	'Örjan',
	'René',
	'Sofia',
	'Tomas',
	'Zoë',
	'Lars-Åke',
];
const LAST_NAMES = [
	'Andersson',
	'Björklund',
	'Ceder',
	'Ekström',
	'Forsgren',
	'Grönlund',
	'Hägg',
	'Isaksson',
	'Jönsson',
	'Källström',
	'Löf',
	'Öberg',
	'Ståhl',
	'von Essen',
	'Åström',
];
const STREETS = [
	'Storgatan',
	'Björkvägen',
	'Ängsstigen',
	'Östra Hamngatan',
	'Kyrkogatan',
	'Åvägen',
	'Skolgränd',
	'Norra Torget',
];
const TOWNS: ReadonlyArray<[postcode: string, city: string, country: string, language: string]> = [
	['113 42', 'Stockholm', 'SE', 'sv'],
	['211 22', 'Malmö', 'SE', 'sv'],
	['582 24', 'Linköping', 'SE', 'sv'],
	['392 31', 'Kalmar', 'SE', 'sv'],
	['831 30', 'Östersund', 'SE', 'sv'],
	['753 10', 'Uppsala', 'SE', 'sv'],
	['441 30', 'Alingsås', 'SE', 'en'],
	['00100', 'Helsinki', 'FI', 'fi'],
	['0155', 'Oslo', 'NO', 'nb'],
	['2100', 'København Ø', 'DK', 'da'],
];

const PEOPLE = 28;
const FIRST_ID = 301;
const FIRST_SPECTER_NUMBER = 501;
const OPENING = Date.UTC(2025, 2, 3, 8) / 1000;

/**
 * The shop's customers, the same on every run: companies with organisation and VAT numbers, and persons,
 * at home and abroad. Every seventh has a Specter number from before.
 */
export function customers(): CustomerRecord[] {
	const random = new Random(19970401);
	const companies = COMPANIES.map((company, index) =>
		companyRecord(random, company, FIRST_ID + index),
	);
	const persons = Array.from({ length: PEOPLE }, (_, index) =>
		personRecord(random, index, FIRST_ID + companies.length + index),
	);
	return [...companies, ...persons].map((customer, index) => ({
		...customer,
		external_id: index % 7 === 3 ? String(FIRST_SPECTER_NUMBER + (index - 3) / 7) : '',
	}));
}

function companyRecord(random: Random, source: Company, id: number): CustomerRecord {
	const [first, ...last] = source.contact.split(' ');
	const number = source.number ?? organisationNumber(random);
	return {
		...emptyCustomer(random, id),
		type: 1,
		name_first: first,
		name_last: last.join(' '),
		company: source.company,
		identification_number: number,
		vat: source.vat ?? `SE${number.replace('-', '')}01`,
		email_address: `order${id}@${slug(source.company)}.example`,
		language_code: source.language,
		group_name: 'Företag',
		...address(random, source.postcode, source.city, source.country),
	};
}

function personRecord(random: Random, index: number, id: number): CustomerRecord {
	const first = FIRST_NAMES[index % FIRST_NAMES.length];
	const last = LAST_NAMES[(index * 7 + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length];
	const [postcode, city, country, language] = TOWNS[index % TOWNS.length];
	return {
		...emptyCustomer(random, id),
		name_first: first,
		name_last: last,
		email_address: `${slug(first)}.${slug(last)}${id}@post.example`,
		language_code: language,
		...address(random, postcode, city, country),
	};
}

function emptyCustomer(random: Random, id: number): CustomerRecord {
	const added = OPENING + random.between(0, 400) * 86_400;
	return {
		id,
		external_id: '',
		type: 0,
		name_first: '',
		name_last: '',
		company: '',
		identification_number: '',
		vat: '',
		email_address: '',
		// Numbers that the Swedish regulator keeps free for fiction.
		phone_default: random.chance(0.5) ? `08-465 004 ${random.between(10, 99)}` : '',
		phone_mobile: `070-174 06 ${random.between(10, 99)}`,
		fax: '',
		language_code: 'sv',
		newsletter: random.chance(0.4),
		status: true,
		test: false,
		group_name: 'Privat',
		address_street: '',
		address_street2: '',
		address_postcode: '',
		address_city: '',
		address_country_code_alpha2: 'SE',
		delivery_address: NO_ADDRESS,
		date_added: added,
		date_modified: added,
	};
}

const NO_ADDRESS: DeliveryAddress = Object.freeze({
	name_first: '',
	name_last: '',
	company: '',
	street: '',
	street2: '',
	postcode: '',
	city: '',
	country_code: '',
});

function address(random: Random, postcode: string, city: string, country: string) {
	return {
		address_street: `${random.pick(STREETS)} ${random.between(1, 98)}`,
		address_street2: random.chance(0.15) ? `lgh ${random.between(1001, 1604)}` : '',
		address_postcode: postcode,
		address_city: city,
		address_country_code_alpha2: country,
	};
}

/** Ten digits with the check digit of Swedish organisation numbers. */
function organisationNumber(random: Random): string {
	const digits = `5599${String(random.between(0, 99_999)).padStart(5, '0')}`;
	const sum = [...digits].reduce((total, digit, index) => {
		const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	const all = `${digits}${(10 - (sum % 10)) % 10}`;
	return `${all.slice(0, 6)}-${all.slice(6)}`;
}

function slug(name: string): string {
	return name
		.toLowerCase()
		.replace(/ø/g, 'o')
		.replace(/æ/g, 'ae')
		.replace(/ß/g, 'ss')
		.normalize('NFD')
		.replace(/[^a-z0-9]+/g, '');
}
