import { z } from 'zod';
import { readDifferences } from '../../shared/differences';
import type { VendreCredential } from './request';

const name = z.string().trim().min(1, 'a name is wanted');

/** Names of fields by the contract's own, as `external_id`, `billing_address.street`, `products[].model`. */
const fieldNames = z.record(name).default({});

/**
 * What is assumed of Vendre and not seen (contract vendre, evidence A), each value as we take it to be until
 * the field Differences of the credential says otherwise. `facts.ts` tells of each what it is about. Path,
 * header and save verb have fields of their own in the credential.
 */
export const vendreDialect = z
	.object({
		/** §1: the verb that makes a product. */
		createVerb: z.enum(['POST', 'PUT']).default('POST'),
		/** §1: filters; every row is checked against what was asked for all the same. */
		filters: z
			.object({ ids: name.default('ids'), article_number: name.default('article_number') })
			.strict()
			.default({}),
		/** §1: product ids asked for in one call. */
		idsPerCall: z.number().int().min(1).max(1_000).default(50),
		/** §2–§4: what the shop calls a field of a record, in reading and in saving. */
		fields: z
			.object({ orders: fieldNames, customers: fieldNames, products: fieldNames })
			.strict()
			.default({}),
		/** §2: the unit of a product's weight. */
		weightUnit: z.enum(['kg', 'g']).default('kg'),
		/** §3 and §4: the type of a customer that is a company; any other is a person. */
		businessCustomerType: z.coerce.string().default('1'),
		/** §4: the statuses of an order that the customer has not finished; none at all counts as well. */
		unfinishedStatusIds: z.array(z.number().int()).default([0]),
		/** §4: the type of a coupon whose value is a percentage; any other is an amount. */
		percentCoupon: name.default('percent'),
		/** §4: what the shop calls a class of an order's totals, by the contract's name. */
		totalClasses: z.record(name).default({}),
		/** §5: what a webhook calls the record's id. */
		webhookId: name.default('id'),
	})
	.strict();
export type VendreDialect = z.output<typeof vendreDialect>;

/** Vendre as it is assumed to be, with nothing entered. */
export const assumedVendre: VendreDialect = vendreDialect.parse({});

/**
 * Vendre as this shop has it.
 * @throws {TypeError} for a field Differences that cannot be used
 */
export function vendreDialectOf({
	differences,
}: Pick<VendreCredential, 'differences'>): VendreDialect {
	return readDifferences(vendreDialect, differences);
}

/** §1: rows asked for in one page; 250 is used in practice. */
export const PAGE_SIZE = 250;

/**
 * The words of the contract, in which records go between our nodes: what a shop says otherwise is translated
 * where it is read and saved.
 */
export const vendreWords = {
	/** §2, matrix S2: the field whose saving sets the main stock's total, whatever other places hold. */
	stockField: 'quantity',
	/** §4, matrix T2: sent along with a status, so that the shop does not mail the customer. */
	silently: { notify_customer: false },
	/** §4 and specter §4: where Specter's order number and customer number are kept. */
	specterNumberField: 'external_id',
	/** §4: the status of an order that the customer has not finished. */
	unfinishedStatusId: 0,
	/** §4: the zone of a date that comes as text without one, and of an order's day. */
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
	/** §3 and §4: the types of a customer. */
	customerTypes: { private: 0, business: 1 },
	/** §4: the types of a coupon. */
	couponTypes: ['percent', 'fixed'],
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
	/** §5: what may stand around the record of a webhook. */
	webhookWrappers: ['data', 'order', 'customer'],
} as const;
