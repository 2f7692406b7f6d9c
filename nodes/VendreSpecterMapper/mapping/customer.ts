import { checkRecord } from '../../shared/records';
import { specterCustomer, type SpecterCustomer } from '../../Specter/records';
import { vendreWords } from '../../Vendre/transport/dialect';
import { countryCode, languageCode } from './codes';
import { fitted, type Notes } from './notes';
import type { Party } from './party';
import type { CodeMap, CustomerSettings } from './settings';

/** A customer as Specter takes it, and what was changed on the way. */
export interface MappedCustomer {
	customer: SpecterCustomer;
	notes: Notes;
}

/** Names, type and number of a party, which the customer and the order both carry (C2, C8, O5–O9). */
export function identityOf(party: Party, settings: CustomerSettings, notes: Notes) {
	const type = customerType(party, settings);
	const person = joined(party.firstName, party.lastName);
	const { firstName, lastName } = splitName(party);
	const name = type === 'C' ? party.company || person : person;
	return {
		customerOrganizationalForm: type,
		name: fitted(name, 100, 'The company name', notes),
		firstName: fitted(firstName, 50, 'The first name', notes),
		surName: fitted(lastName, 50, 'The last name', notes),
		orgNo: party.organisationNumber,
	};
}

/** C or P (matrix C2, O5) by the user's rule; where the shop does not say, the company name does. */
function customerType(party: Party, { customerType: rule }: CustomerSettings): 'C' | 'P' {
	if (rule === 'company') return 'C';
	if (rule === 'person') return 'P';
	if (rule === 'shop' && party.type !== null) {
		return party.type === vendreWords.customerTypes.business ? 'C' : 'P';
	}
	return party.company ? 'C' : 'P';
}

const joined = (...names: string[]) => names.filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();

/** First and last name; a shop that asks for one name only has both in it. */
function splitName({ firstName, lastName }: Party) {
	if (firstName && lastName) return { firstName, lastName };
	const words = (firstName || lastName).trim().split(/\s+/);
	if (words.length < 2) return { firstName, lastName };
	return { firstName: words.slice(0, -1).join(' '), lastName: words[words.length - 1] };
}

/** The delivery address by Specter's names (matrix C9–C12, O16). */
export function deliveryOf({ delivery }: Party, countries: CodeMap) {
	return {
		deliveryCompanyName: delivery.company,
		deliveryAttention: joined(delivery.name_first, delivery.name_last),
		deliveryAddress: delivery.street,
		deliveryAddressRow2: delivery.street2,
		deliveryZipCodeEng: delivery.postcode,
		deliveryCity: delivery.city,
		deliveryCountryCode: countryCode(delivery.country_code, countries),
	};
}

/**
 * A party as Specter's customer (matrix C1–C16). A company's `name` is its own and a person's names
 * are sent apart, as the signature wants them (contract specter §2).
 * @throws {Refusal} when something that Specter demands is missing or malformed
 */
export function mapCustomer(party: Party, settings: CustomerSettings): MappedCustomer {
	const notes: Notes = [];
	const { name, firstName, surName, ...identity } = identityOf(party, settings, notes);
	const names =
		identity.customerOrganizationalForm === 'C'
			? { name, contactPerson: joined(firstName, surName) }
			: { firstName, surName };
	const customer = {
		customerId: party.customerNumber,
		...identity,
		...names,
		vatNo: party.vatNumber,
		emailAddress: party.email,
		phoneNo: fitted(party.phone, 50, 'The phone number', notes),
		mobileNo: fitted(party.mobile, 50, 'The mobile number', notes),
		faxNo: party.fax,
		language: languageCode(party.language, settings.languages, notes),
		address: party.billing.street,
		addressRow2: party.billing.street2,
		zipCodeEng: party.billing.postcode,
		city: party.billing.city,
		countryCode: countryCode(party.billing.country_code, settings.countries),
		...deliveryOf(party, settings.countries),
	};
	return { customer: withoutBlanks(checkRecord(specterCustomer, customer, label(party))), notes };
}

const label = (party: Party) => `The customer of ${party.label.toLowerCase()}`;

/** A record without its empty fields: what is not said is not sent. */
export function withoutBlanks<Fields extends object>(record: Fields): Fields {
	return Object.fromEntries(
		Object.entries(record).filter(([, value]) => value !== '' && value !== undefined),
	) as Fields;
}
