import { dates, someWords, weights, words } from './conversions';
import type { FieldNames, Resource, VendreDialect } from './dialect';
import { Wire, type Conversion } from './wire';

export type Wires = Readonly<Record<Resource, Wire>>;

/** The other names of an order's fields that contract vendre §4 accepts, as two sources have them. */
const ALIASES: Readonly<Record<VendreDialect['aliases'], FieldNames>> = {
	none: {},
	shopExport: {
		status_name: 'orders_status_name',
		date_added: 'date_purchased',
		email_address: 'customers_email_address',
		'products[].model': 'article_number',
		'products[].name': 'product_name',
	},
	storefront: {
		status_name: 'orders_status_name',
		date_added: 'created_at',
		email_address: 'email',
		'products[].model': 'article_number',
		'products[].name': 'product_name',
	},
};

/**
 * How the shop writes each of its records.
 *
 * @param extra names that hold for this kind of message alone, whatever the record
 */
export function wiresOf(dialect: VendreDialect, extra: FieldNames = {}): Wires {
	const { aliases, customerTypes, couponTypes, fieldNames, silentField, totalClasses } = dialect;
	const customerType = words([
		[0, customerTypes.private],
		[1, customerTypes.business],
	]);
	const date = dates(dialect);
	return {
		products: wire({ ...fieldNames.products, ...extra }, { weight: weights(dialect) }),
		categories: wire({ ...fieldNames.categories, ...extra }, {}),
		customers: wire({ ...fieldNames.customers, ...extra }, { type: customerType }),
		orders: wire(
			{ ...ALIASES[aliases], notify_customer: silentField, ...fieldNames.orders, ...extra },
			{
				date_added: date,
				date_modified: date,
				customer_type: customerType,
				'coupon.type': someWords(couponTypes),
				'totals[].class': someWords(totalClasses),
			},
		),
	};
}

function wire(
	names: FieldNames,
	conversions: Readonly<Record<string, Conversion | undefined>>,
): Wire {
	const own = Object.entries(conversions).flatMap(([path, conversion]) =>
		conversion ? [[path, conversion] as const] : [],
	);
	return new Wire(names, Object.fromEntries(own));
}
