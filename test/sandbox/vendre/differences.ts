import type { Difference } from '../differences';
import type { Resource, VendreDialect } from './dialect';

/** Names that a shop may have for fields of an order; those with an accepted alias are left to that. */
const ORDER_NAMES = {
	external_id: 'erp_id',
	status_id: 'orders_status',
	date_modified: 'last_modified',
	customer_id: 'customers_id',
	customer_type: 'customers_type',
	company: 'customers_company',
	identification_number: 'organization_number',
	customer_comment: 'comments',
	customer_reference: 'your_reference',
	customer_external_id: 'customers_external_id',
	billing_address: 'invoice_address',
	'billing_address.street': 'street_address',
	delivery_address: 'shipping_address',
	'delivery_address.country_code': 'country_iso_code_2',
	payment_method_code: 'payment_module_identifier',
	payment_reference: 'payment_id',
	shipping_method_code: 'shipping_module_identifier',
	coupon_code: 'discount_code',
	products: 'order_rows',
	'products[].price': 'final_price',
	'products[].tax': 'vat',
	totals: 'order_totals',
	'totals[].value': 'amount',
};

const CUSTOMER_NAMES = {
	external_id: 'erp_id',
	fax: 'fax_number',
	identification_number: 'organization_number',
	type: 'customers_type',
	date_added: 'date_account_created',
	date_modified: 'date_account_last_modified',
	delivery_address: 'shipping_address',
};

function difference(contract: string, name: string, vendre: Partial<VendreDialect>): Difference {
	return { name: `Vendre: ${name}`, contract: `vendre ${contract}`, vendre };
}

function otherNames(
	contract: string,
	resource: Resource,
	names: Readonly<Record<string, string>>,
): Difference[] {
	return Object.entries(names).map(([name, other]) =>
		difference(contract, `another name for ${name} of ${resource}`, {
			fieldNames: { [resource]: { [name]: other } },
		}),
	);
}

/** One value other than the default for each fact of contract vendre that is assumed. */
export const VENDRE_DIFFERENCES: readonly Difference[] = [
	difference('§1', 'another path of the API', { apiPath: '/api/2' }),
	difference('§1', 'the key as a bearer', { authHeader: 'bearer' }),
	difference('§1', 'one record comes wrapped', { wrapsOneRecord: true }),
	difference('§1', 'lists come wrapped', { listRows: 'data.list' }),
	difference('§1', 'lists begin with the newest', { listOrder: 'descending' }),
	difference('§1', 'orders have no list', { readable: { orders: false } }),
	difference('§1', 'one customer cannot be read', { readable: { 'customers/{id}': false } }),
	difference('§1', 'POST saves', { saveVerb: 'POST' }),
	difference('§1', 'PUT makes a product', { createVerb: 'PUT' }),
	difference('§1', 'the article number is no filter', {
		filters: { products: ['ids'], customers: ['match'] },
	}),
	difference('§1', 'another name for the filter ids', { filterNames: { ids: 'products_id' } }),
	difference('§1', 'another name for the filter match', { filterNames: { match: 'email' } }),
	difference('§1', 'an error is one text', { errorFormat: 'error' }),
	difference('§2', 'weights in gram', { weightUnit: 'g' }),
	difference('§3', 'other types of customer', { customerTypes: { private: 1, business: 2 } }),
	difference('§4', 'accepted aliases', { aliases: 'shopExport' }),
	difference('§4', 'dates as text', { orderDates: 'iso' }),
	difference('§4', 'an unfinished order has a status of its own', { unfinishedStatusId: 99 }),
	difference('§4', 'a guest has no customer id', { guestCustomerId: null }),
	difference('§4', 'another type of percent coupon', { couponTypes: { percent: 'percentage' } }),
	difference('§4', 'another class for freight', { totalClasses: { ot_shipping: 'shipping' } }),
	difference('§4', 'another class for a payment fee', { totalClasses: { ot_payment_fee: 'fee' } }),
	difference('§4', 'another class for the total', { totalClasses: { ot_total: 'total' } }),
	difference('§4', 'another field keeps the customer from a mail', { silentField: 'send_email' }),
	difference('§5', 'nested names of a form have dots', { formNesting: 'dots' }),
	difference('§5', 'another key for a web-hook’s id', { webhookIdKey: 'record_id' }),
	difference('§5', 'a web-hook’s record comes wrapped', { webhookWrapper: 'data' }),
	...otherNames('§4', 'orders', ORDER_NAMES),
	...otherNames('§3', 'customers', CUSTOMER_NAMES),
];
