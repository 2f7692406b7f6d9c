import type { VendreAddress, VendreCustomer, VendreOrder } from '../../Vendre/records';

/** Who buys: what a customer record and an order have in common, before Specter's names. */
export interface Party {
	/** For messages: "Customer 12", "Order 1001". */
	label: string;
	/** Specter's customer number, where the shop knows it. */
	customerNumber: string;
	/** 0 private, 1 business, null where the shop does not say. */
	type: number | null;
	firstName: string;
	lastName: string;
	company: string;
	organisationNumber: string;
	vatNumber: string;
	email: string;
	phone: string;
	mobile: string;
	fax: string;
	language: string;
	billing: VendreAddress;
	delivery: VendreAddress;
}

const EMPTY_ADDRESS: VendreAddress = {
	name_first: '',
	name_last: '',
	company: '',
	street: '',
	street2: '',
	postcode: '',
	city: '',
	country_code: '',
};

const isEmpty = (address: VendreAddress) => !address.street && !address.postcode && !address.city;

/** The party of a customer record; without a delivery address of its own it has none (matrix C1–C16). */
export function partyOfCustomer(customer: VendreCustomer): Party {
	const delivery = (customer.delivery_address ?? {}) as Partial<VendreAddress>;
	return {
		label: `Customer ${customer.id}`,
		customerNumber: customer.external_id,
		type: customer.type,
		firstName: customer.name_first,
		lastName: customer.name_last,
		company: customer.company,
		organisationNumber: customer.identification_number,
		vatNumber: customer.vat,
		email: customer.email_address,
		phone: customer.phone_default,
		mobile: customer.phone_mobile,
		fax: customer.fax,
		language: customer.language_code,
		billing: {
			...EMPTY_ADDRESS,
			street: customer.address_street,
			street2: customer.address_street2,
			postcode: customer.address_postcode,
			city: customer.address_city,
			country_code: customer.address_country_code_alpha2,
		},
		delivery: { ...EMPTY_ADDRESS, ...delivery },
	};
}

/**
 * The party of an order: an order carries all of C1–C16, as the customer wrote it last, so that the
 * customer record need not be read for it and a guest has one too.
 */
export function partyOfOrder(order: VendreOrder): Party {
	const billing = order.billing_address;
	return {
		label: `Order ${order.id}`,
		customerNumber: order.customer_external_id,
		type: order.customer_type,
		firstName: order.name_first || billing.name_first,
		lastName: order.name_last || billing.name_last,
		company: order.company || billing.company,
		organisationNumber: order.identification_number,
		vatNumber: order.vat,
		email: order.email_address,
		phone: order.phone_default,
		mobile: order.phone_mobile,
		fax: order.fax,
		language: order.language_code,
		billing,
		delivery: isEmpty(order.delivery_address) ? billing : order.delivery_address,
	};
}
