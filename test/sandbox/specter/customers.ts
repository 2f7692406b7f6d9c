import type { SpecterDialect } from './dialect';
import { FORMATS, type Rules } from './parameters';
import { Refusal } from './refusal';

const flags: Rules = {
	forceCustomerUpdate: { format: FORMATS.flag },
	ignoreControlEmail: { format: FORMATS.one },
	ignoreControlOrgNo: { format: FORMATS.one },
	customerId: { format: FORMATS.number },
	identifyByCustomerId: { format: FORMATS.one },
};

const fields = {
	customerOrganizationalForm: { required: true, format: FORMATS.oneOf('C', 'P') },
	name: { longest: 100 },
	firstName: { longest: 50 },
	surName: { longest: 50 },
	contactPerson: {},
	orgNo: { longest: 20 },
	vatNo: { longest: 30 },
	emailAddress: { required: true, longest: 100, format: FORMATS.email },
	phoneNo: { longest: 50 },
	mobileNo: { longest: 50 },
	faxNo: {},
	homepage: { longest: 50 },
	language: { format: FORMATS.oneOf('SE', 'EN', 'NO', 'FI', 'DA', 'DE', 'ES') },
	currency: { format: FORMATS.currency },
	customerGroupId: { format: FORMATS.number },
	attention: {},
	invoiceCompanyName: {},
	address: {},
	addressRow2: {},
	zipCodeEng: {},
	city: {},
	region: {},
	countryCode: { format: FORMATS.country },
	deliveryCompanyName: {},
	deliveryAttention: {},
	deliveryAddress: {},
	deliveryAddressRow2: {},
	deliveryZipCodeEng: {},
	deliveryCity: {},
	deliveryregion: {},
	deliveryCountryCode: { format: FORMATS.country },
} satisfies Rules;

export const CUSTOMER_RULES: Rules = { ...flags, ...fields };

export type CustomerField = keyof typeof fields;

/** A customer as Specter keeps it: the parameters of newCustomerSubmit, empty where never sent. */
export type SpecterCustomer = Record<CustomerField, string> & { customerId: number };

const FIELD_NAMES = Object.keys(fields) as CustomerField[];

/** The customers of the account, found by number, e-mail and organisation number without a scan. */
export class CustomerRegister {
	readonly byId = new Map<number, SpecterCustomer>();

	private readonly byEmail = new Index();
	private readonly byOrgNo = new Index();
	private nextId = 1001;

	constructor(private readonly dialect: SpecterDialect) {}

	/**
	 * newCustomerSubmit (contract specter §4): matches by number, else e-mail, else organisation number.
	 *
	 * @param sent parameters that are checked already
	 * @throws Refusal
	 */
	submit(sent: ReadonlyMap<string, string>): { customer: SpecterCustomer; message: string } {
		checkName(sent);
		const match = this.match(sent);
		if (!match) return { customer: this.create(sent), message: 'Customer created' };
		if (sent.get('forceCustomerUpdate') === '1' || !this.dialect.unforcedMatchKeepsData) {
			this.write(match, sent);
			return { customer: match, message: 'Customer updated' };
		}
		return { customer: match, message: 'Customer exists' };
	}

	/** A customer who is in Specter from before, or is entered on the account's page. */
	add(values: Partial<Record<CustomerField, string>>, customerId = this.nextId): SpecterCustomer {
		const empty = Object.fromEntries(FIELD_NAMES.map((name) => [name, ''])) as Record<
			CustomerField,
			string
		>;
		const customer: SpecterCustomer = { ...empty, customerId };
		this.byId.set(customerId, customer);
		this.nextId = Math.max(this.nextId, customerId + 1);
		this.write(customer, new Map(Object.entries(values)));
		return customer;
	}

	/** The first customer with this e-mail address. */
	withEmail(email: string): SpecterCustomer | undefined {
		return this.first(this.byEmail, emailKey(email));
	}

	private create(sent: ReadonlyMap<string, string>): SpecterCustomer {
		return this.add(Object.fromEntries([...sent].filter(([name]) => name in fields)));
	}

	private match(sent: ReadonlyMap<string, string>): SpecterCustomer | undefined {
		const number = sent.get('customerId');
		const byNumber = sent.get('identifyByCustomerId') === '1';
		if (byNumber !== Boolean(number)) {
			throw new Refusal('parameter', 'customerId and identifyByCustomerId=1 belong together');
		}
		if (byNumber) {
			const known = this.byId.get(Number(number));
			if (!known) throw new Refusal('customer', `Customer ${number} does not exist`);
			return known;
		}
		const email = sent.get('ignoreControlEmail') === '1' ? '' : emailKey(sent.get('emailAddress'));
		const orgNo = sent.get('ignoreControlOrgNo') === '1' ? '' : orgNoKey(sent.get('orgNo'));
		return this.first(this.byEmail, email) ?? this.first(this.byOrgNo, orgNo);
	}

	/** A parameter that was sent overwrites, also with nothing; one that was left out keeps its value. */
	private write(customer: SpecterCustomer, sent: ReadonlyMap<string, string>): void {
		this.byEmail.remove(emailKey(customer.emailAddress), customer.customerId);
		this.byOrgNo.remove(orgNoKey(customer.orgNo), customer.customerId);
		for (const name of FIELD_NAMES) customer[name] = sent.get(name) ?? customer[name];
		this.byEmail.add(emailKey(customer.emailAddress), customer.customerId);
		this.byOrgNo.add(orgNoKey(customer.orgNo), customer.customerId);
	}

	private first(index: Index, key: string): SpecterCustomer | undefined {
		const id = index.first(key);
		return id === undefined ? undefined : this.byId.get(id);
	}
}

/** The customer's name as newCustomerSubmit signs it, before blanks are folded. */
export function nameToSign(sent: ReadonlyMap<string, string>): string {
	return sent.get('customerOrganizationalForm') === 'P'
		? `${sent.get('firstName') ?? ''} ${sent.get('surName') ?? ''}`
		: (sent.get('name') ?? '');
}

function checkName(sent: ReadonlyMap<string, string>): void {
	const needed =
		sent.get('customerOrganizationalForm') === 'C' ? ['name'] : ['firstName', 'surName'];
	for (const name of needed) {
		if (!sent.get(name)?.trim()) throw new Refusal('parameter', `${name} is missing`);
	}
}

function emailKey(email = ''): string {
	return email.trim().toLowerCase();
}

function orgNoKey(orgNo = ''): string {
	return orgNo.replace(/[^0-9a-z]/gi, '').toUpperCase();
}

/** Customer numbers by a key that several may share, oldest first. */
class Index {
	private readonly ids = new Map<string, Set<number>>();

	first(key: string): number | undefined {
		return key === '' ? undefined : this.ids.get(key)?.values().next().value;
	}

	add(key: string, id: number): void {
		const known = this.ids.get(key);
		if (known) known.add(id);
		else this.ids.set(key, new Set([id]));
	}

	remove(key: string, id: number): void {
		this.ids.get(key)?.delete(id);
	}
}
