import { invalid, notFound } from './apiError';
import { checkFields, FIELD, type Fields } from './fields';
import type { CustomerRecord } from './records';
import { Shelf } from './shelf';

const SAVED: Fields = {
	external_id: FIELD.text,
	type: { test: (value) => value === 0 || value === 1, is: '0 or 1' },
	name_first: FIELD.text,
	name_last: FIELD.text,
	company: FIELD.text,
	identification_number: FIELD.text,
	vat: FIELD.text,
	email_address: FIELD.text,
	phone_default: FIELD.text,
	phone_mobile: FIELD.text,
	fax: FIELD.text,
	language_code: FIELD.text,
	newsletter: FIELD.bool,
	status: FIELD.bool,
	group_name: FIELD.text,
	address_street: FIELD.text,
	address_street2: FIELD.text,
	address_postcode: FIELD.text,
	address_city: FIELD.text,
	address_country_code_alpha2: FIELD.text,
	delivery_address: FIELD.object,
};

/** The customers of the shop, found by id and e-mail without a scan. */
export class CustomerShelf extends Shelf<CustomerRecord> {
	private readonly byEmail = new Map<string, Set<number>>();

	constructor(private readonly seconds: () => number) {
		super();
	}

	override add(row: CustomerRecord): void {
		super.add(row);
		const key = row.email_address.toLowerCase();
		this.byEmail.set(key, (this.byEmail.get(key) ?? new Set()).add(row.id));
	}

	override remove(id: number): boolean {
		const row = this.byId.get(id);
		if (row) this.byEmail.get(row.email_address.toLowerCase())?.delete(id);
		return super.remove(id);
	}

	withEmail(email: string): CustomerRecord[] {
		const ids = this.byEmail.get(email.toLowerCase()) ?? [];
		return [...ids].map((id) => this.byId.get(id) as CustomerRecord);
	}

	/** Saves the fields that were sent. @throws ApiError */
	save(id: number, body: Record<string, unknown>): CustomerRecord {
		const row = this.byId.get(id);
		if (!row) throw notFound(`customer ${id}`);
		checkFields(body, SAVED, 'A customer');
		if (body.email_address === '') throw invalid('email_address is empty');
		this.byEmail.get(row.email_address.toLowerCase())?.delete(id);
		Object.assign(row, body, { date_modified: this.seconds() });
		this.add(row);
		return row;
	}
}
