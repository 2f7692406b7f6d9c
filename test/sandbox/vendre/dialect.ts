/** Where the admin API stands below the shop's address. */
export const API_PATH = '/API/1';

/**
 * What contracts leave open about Vendre and this shop had to decide, in one place. A test can start the
 * shop with another reading.
 */
export interface VendreDialect {
	/** Where the key is expected. */
	authHeader: 'X-Authorization' | 'bearer';
	/** Which verb saves a record. */
	saveVerb: 'PUT' | 'POST';
	/** Whether one record comes inside `{"data":…}`. */
	wrapsOneRecord: boolean;
	/** Filters the shop knows. One it does not know has no effect: every row comes. */
	filters: { products: readonly ('ids' | 'article_number')[]; customers: readonly 'match'[] };
	/** Products asked for by `ids` at most, and rows a page at most. */
	mostIds: number;
	mostRows: number;
	defaultRows: number;
	/** How an order says that the customer has not finished it. */
	unfinishedStatusId: 0 | null;
	/** `customer_id` of an order by somebody without a customer record. */
	guestCustomerId: 0 | null;
	/** Whether saving a status mails the customer unless `notify_customer` is false. */
	statusMailsByDefault: boolean;
}

export const VENDRE_DIALECT: VendreDialect = {
	authHeader: 'X-Authorization',
	saveVerb: 'PUT',
	wrapsOneRecord: false,
	filters: { products: ['ids', 'article_number'], customers: ['match'] },
	mostIds: 50,
	mostRows: 250,
	defaultRows: 50,
	unfinishedStatusId: 0,
	guestCustomerId: 0,
	statusMailsByDefault: true,
};
