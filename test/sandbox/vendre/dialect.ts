import type { Nesting } from './forms';
import type { OrderTotal } from './records';

export type Resource = 'products' | 'categories' | 'customers' | 'orders';

/**
 * What a record calls a field, by the contract's name: `external_id`, `billing_address.street`,
 * `products[].model`. null: it does not have that field.
 */
export type FieldNames = Readonly<Record<string, string | null>>;

/**
 * What contracts leave open about Vendre and this shop had to decide, in one place. A test can start the
 * shop with another reading.
 */
export interface VendreDialect {
	/** Where the admin API stands below the shop's address. */
	apiPath: string;
	/** Where the key is expected. */
	authHeader: 'X-Authorization' | 'bearer';
	/** Which verb saves a record, and which makes a product. */
	saveVerb: 'PUT' | 'POST';
	createVerb: 'POST' | 'PUT';
	/** What can be read that no client was seen to read. What is false answers 404. */
	readable: Readonly<Partial<Record<'orders' | 'customers/{id}', boolean>>>;
	/** Whether one record comes inside `{"data":…}`. */
	wrapsOneRecord: boolean;
	/** Where the rows of a list stand in the answer; `remaining` stands beside them. */
	listRows: 'list' | 'data.list' | 'data';
	/** Whether a list begins with the lowest id or the highest. */
	listOrder: 'ascending' | 'descending';
	/** Filters the shop knows. One it does not know has no effect: every row comes. */
	filters: { products: readonly ('ids' | 'article_number')[]; customers: readonly 'match'[] };
	/** What the shop calls a filter, by the contract's name, which it does not know then. */
	filterNames: Readonly<Partial<Record<'ids' | 'article_number' | 'match', string>>>;
	/** What a refusal looks like: the storefront API's list, one text in JSON, plain text, a page. */
	errorFormat: 'errors' | 'error' | 'text' | 'html';
	/** Products asked for by `ids` at most, and rows a page at most. */
	mostIds: number;
	mostRows: number;
	defaultRows: number;
	/**
	 * What the shop's records call their fields, in answers, web-hooks and saving. A field that is saved by the
	 * contract's name has no effect then.
	 */
	fieldNames: Readonly<Partial<Record<Resource, FieldNames>>>;
	/** Which of the other names that the contract accepts an order comes with. */
	aliases: 'none' | 'shopExport' | 'storefront';
	/** How an order tells its dates: unix seconds, ISO text, or text in the shop's own time. */
	orderDates: 'unix' | 'iso' | 'local';
	/** How an order says that the customer has not finished it. */
	unfinishedStatusId: number | null;
	/** `customer_id` of an order by somebody without a customer record. */
	guestCustomerId: 0 | null;
	/** The types of a customer, in customers and orders. */
	customerTypes: Readonly<Record<'private' | 'business', number | string>>;
	/** What a coupon's type is called, by the contract's name. */
	couponTypes: Readonly<Partial<Record<'percent' | 'fixed', string>>>;
	/** What the class of a line of an order's totals is called, by the contract's name. */
	totalClasses: Readonly<Partial<Record<OrderTotal['class'], string>>>;
	weightUnit: 'kg' | 'g';
	/** Whether saving a status mails the customer unless the silent field is false. */
	statusMailsByDefault: boolean;
	/** The field that is saved along with a status and says whether the customer gets a mail. */
	silentField: string;
	/** How a web-hook writes nested names in a form. */
	formNesting: Nesting;
	/** What a web-hook calls the record's id; null: what every answer calls it. */
	webhookIdKey: string | null;
	/** A key around a web-hook's record, `{"data":{…}}`; null: none. */
	webhookWrapper: string | null;
}

export const VENDRE_DIALECT: VendreDialect = {
	apiPath: '/API/1',
	authHeader: 'X-Authorization',
	saveVerb: 'PUT',
	createVerb: 'POST',
	readable: {},
	wrapsOneRecord: false,
	listRows: 'list',
	listOrder: 'ascending',
	filters: { products: ['ids', 'article_number'], customers: ['match'] },
	filterNames: {},
	errorFormat: 'errors',
	mostIds: 50,
	mostRows: 250,
	defaultRows: 50,
	fieldNames: {},
	aliases: 'none',
	orderDates: 'unix',
	unfinishedStatusId: 0,
	guestCustomerId: 0,
	customerTypes: { private: 0, business: 1 },
	couponTypes: {},
	totalClasses: {},
	weightUnit: 'kg',
	statusMailsByDefault: true,
	silentField: 'notify_customer',
	formNesting: 'brackets',
	webhookIdKey: null,
	webhookWrapper: null,
};
