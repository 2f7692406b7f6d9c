/**
 * Every fact about Vendre's admin API that is assumed and not seen (contract vendre, evidence A).
 * Code that rests on one reads it here; what a live shop may do differently is a setting of the
 * credential (path, header, save verb).
 */
export const vendreDialect = {
	/** §1: rows asked for in one page; 250 is used in practice. */
	pageSize: 250,
	/** §1: product ids asked for in one call. */
	idsPerCall: 50,
	/** §1: filters; every row is checked against what was asked for all the same. */
	filters: { productIds: 'ids', articleNumber: 'article_number' },
	/** §2, matrix S2: the field whose saving sets the main stock's total, whatever other places hold. */
	stockField: 'quantity',
	/** §4, matrix T2: sent along with a status, so that the shop does not mail the customer. */
	silently: { notify_customer: false },
	/** §4 and specter §4: where Specter's order number and customer number are kept. */
	specterNumberField: { order: 'external_id', customer: 'external_id' },
	/** §4: how the API marks an order that the customer has not finished; null counts as well. */
	unfinishedStatusIds: [0],
	/** §4: the zone of a date that comes as text without one. */
	timeZone: 'Europe/Stockholm',
	/** §4: other names that a field may come by, after the name that we use. */
	aliases: {
		order: {
			status_name: ['orders_status_name'],
			date_added: ['date_purchased', 'created_at'],
			email_address: ['email', 'customers_email_address'],
		},
		orderRow: { model: ['article_number'], name: ['product_name'] },
	},
	/** §3 and §4: the customer type that is a company; any other is a person. */
	businessCustomerType: 1,
	/** §4: the kind of coupon whose value is a percentage; any other is an amount. */
	percentCoupon: 'percent',
	/** §4: classes of an order's totals, by what they are to us; the sums stand for no row. */
	totals: {
		total: 'ot_total',
		sums: ['ot_subtotal', 'ot_tax'],
		freight: 'ot_shipping',
		fee: 'ot_payment_fee',
		coupon: 'ot_coupon',
		giftCard: 'ot_gift_card',
		rounding: 'ot_rounding',
	},
	/** §5: what a webhook's id is called, in its body or inside a wrapper. */
	webhookId: { keys: ['id'], wrappers: ['data', 'order', 'customer'] },
} as const;
