/** Text by the shop's own language keys. */
export type Texts = Record<string, string>;

/** A product as the admin API answers it: all 68 keys, always. Prices excl. VAT, weight in kg. */
export interface ProductRecord {
	id: number;
	ordered: number;
	article_number: string;
	associated_products: Array<{ id: number; model: string; priority: string; type: number }>;
	attributes: unknown[];
	category_ids: number[];
	category_paths: string[];
	child_product_ids: number[];
	collection: string | null;
	commodity_code: string;
	country_of_origin: string;
	customer_groups: Array<{ id: number; status: boolean; price: number | null }>;
	date_added: number;
	date_available: number | null;
	date_modified: number;
	delivery_time: string;
	description: Texts;
	description_short: Texts;
	ean1: string;
	external_id: string;
	extra: Record<string, Texts>;
	featured: boolean;
	images: unknown[];
	inactivate_stock_under_zero: boolean | null;
	is_parent: boolean;
	lead_time: number | null;
	lowest_number: number;
	manufacturer_id: number | null;
	manufacturer_model: string;
	manufacturer_name: string | null;
	meta_description: Texts;
	meta_keywords: Texts;
	meta_title: Texts;
	name: Texts;
	new_until: number | null;
	note: string;
	package_size: number | null;
	parent: number;
	price: number;
	price_in: number | null;
	price_rek: number | null;
	price_special: number | null;
	price_special_date_range: unknown;
	purchase_limits: { customer_groups: object; customer_types: object; price_lists: object };
	quantity: number;
	quantity_update: number | null;
	reorder_stock: number | null;
	replacement_product: string;
	search_engine_text: Texts;
	seo_link: Texts;
	shipping_class: number | null;
	show: boolean;
	sort_order: number;
	specifications: { value: unknown[]; text: unknown[] };
	status: boolean;
	stock_allow_checkout: boolean | null;
	stock_allow_watch: boolean | null;
	stock_place: string;
	suppliers: Array<{ id: number; model: string; price: string; currencies_id: number }>;
	tag_ids: number[];
	tax_class_id: number;
	type: string;
	url: Texts;
	variant_products: object;
	variants: object;
	warehouses: Array<{ external_id: string; quantity: number; location: string | null }>;
	weight: number | null;
	actions: { product_url: string; product_save_url: string; product_delete_url: string };
}

export interface CategoryRecord {
	id: number;
	parent: number;
	name: Texts;
	status: boolean;
	sort_order: number;
	actions: { category_url: string; category_save_url: string; category_delete_url: string };
}

export interface DeliveryAddress {
	name_first: string;
	name_last: string;
	company: string;
	street: string;
	street2: string;
	postcode: string;
	city: string;
	country_code: string;
}

/** 0 private, 1 business. */
export type CustomerType = 0 | 1;

export interface CustomerRecord {
	id: number;
	external_id: string;
	type: CustomerType;
	name_first: string;
	name_last: string;
	company: string;
	identification_number: string;
	vat: string;
	email_address: string;
	phone_default: string;
	phone_mobile: string;
	fax: string;
	language_code: string;
	newsletter: boolean;
	status: boolean;
	test: boolean;
	group_name: string;
	address_street: string;
	address_street2: string;
	address_postcode: string;
	address_city: string;
	address_country_code_alpha2: string;
	delivery_address: DeliveryAddress;
	date_added: number;
	date_modified: number;
}

export interface OrderRow {
	id: number;
	product_id: number;
	/** The article number. */
	model: string;
	name: string;
	quantity: number;
	/** Excl. VAT, before any coupon. */
	price: number;
	/** VAT %. */
	tax: number;
}

export interface OrderTotal {
	class:
		| 'ot_subtotal'
		| 'ot_shipping'
		| 'ot_payment_fee'
		| 'ot_coupon'
		| 'ot_gift_card'
		| 'ot_rounding'
		| 'ot_tax'
		| 'ot_total';
	title: string;
	/** Incl. VAT, in the order's currency. */
	value: number;
	/** VAT %. */
	tax: number;
}

export interface Coupon {
	code: string;
	type: 'percent' | 'fixed';
	value: number;
}

export interface OrderRecord {
	id: number;
	/** Specter's order number, once it is saved here. */
	external_id: string;
	status_id: number | null;
	status_name: string;
	date_added: number;
	date_modified: number;
	customer_id: number | null;
	customer_type: CustomerType;
	name_first: string;
	name_last: string;
	company: string;
	identification_number: string;
	vat: string;
	email_address: string;
	phone_default: string;
	phone_mobile: string;
	fax: string;
	language_code: string;
	currency: string;
	customer_comment: string;
	customer_reference: string;
	/** The customer's `external_id` at the time of reading. */
	readonly customer_external_id: string;
	billing_address: DeliveryAddress;
	delivery_address: DeliveryAddress;
	payment_method: string;
	payment_method_code: string;
	payment_reference: string;
	shipping_method: string;
	shipping_method_code: string;
	coupon_code: string;
	coupon: Coupon | null;
	products: OrderRow[];
	totals: OrderTotal[];
}

/** What can be set of an order from outside. */
export type OrderFields = Omit<OrderRecord, 'customer_external_id'>;

/** An order as it is composed, before the shop gives it its number, dates and status. */
export type OrderDraft = Omit<
	OrderFields,
	'id' | 'external_id' | 'status_id' | 'status_name' | 'date_added' | 'date_modified'
>;
