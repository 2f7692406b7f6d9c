import type { ValueKind } from '../../shared/likelyName';
import { vendreWords } from './dialect';

/** The fields of either address of an order. */
const ADDRESS = [
	'name_first',
	'name_last',
	'company',
	'street',
	'street2',
	'postcode',
	'city',
	'country_code',
] as const;

/**
 * The fields of §3 and §4 whose names are assumed, by where they stand: '' for the record itself, else the
 * record or list inside it, written as in the field Differences.
 */
export const assumedFields = {
	customers: {
		'': [
			'external_id',
			'fax',
			'identification_number',
			'type',
			'date_added',
			'date_modified',
			'delivery_address',
		],
	},
	orders: {
		'': [
			'id',
			'external_id',
			'status_id',
			'status_name',
			'date_added',
			'date_modified',
			'customer_id',
			'customer_type',
			'name_first',
			'name_last',
			'company',
			'identification_number',
			'vat',
			'email_address',
			'phone_default',
			'phone_mobile',
			'fax',
			'language_code',
			'currency',
			'customer_comment',
			'customer_reference',
			'customer_external_id',
			'billing_address',
			'delivery_address',
			'payment_method',
			'payment_method_code',
			'payment_reference',
			'shipping_method',
			'shipping_method_code',
			'coupon_code',
			'coupon',
			'products',
			'totals',
		],
		billing_address: ADDRESS,
		delivery_address: ADDRESS,
		coupon: ['code', 'type', 'value'],
		'products[]': ['id', 'product_id', 'model', 'name', 'quantity', 'price', 'tax'],
		'totals[]': ['class', 'title', 'value', 'tax'],
	},
} as const satisfies Record<string, Record<string, readonly string[]>>;

/** The lists of which names of fields are assumed. */
export type ListWithAssumedFields = keyof typeof assumedFields;

/** What a customer has by names that were seen. §3. */
export const seenCustomerFields = [
	'id',
	'name_first',
	'name_last',
	'company',
	'email_address',
	'phone_default',
	'phone_mobile',
	'vat',
	'language_code',
	'newsletter',
	'status',
	'test',
	'group_name',
	'address_street',
	'address_street2',
	'address_postcode',
	'address_city',
	'address_country_code_alpha2',
] as const;

/** Fields that hold more than a value. */
export const kindsOfFields: Partial<Record<string, ValueKind>> = {
	billing_address: 'record',
	delivery_address: 'record',
	coupon: 'record',
	products: 'list',
	totals: 'list',
};

/** Other names by which a field is read without a setting, by where it stands. §4. */
export const acceptedAliases: Partial<Record<string, Partial<Record<string, readonly string[]>>>> =
	{ '': vendreWords.aliases.order, 'products[]': vendreWords.aliases.orderRow };

/** A field as the field Differences and the report name it: `products[].model`. */
export const pathOf = (container: string, field: string) =>
	container === '' ? field : `${container}.${field}`;
