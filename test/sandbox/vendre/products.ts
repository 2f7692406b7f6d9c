import { pathOf, quantityOf } from '../data/catalogue';
import { CATEGORIES, TAX_CLASSES, WAREHOUSES } from '../data/shop';
import { invalid, notFound } from './apiError';
import { checkFields, FIELD, type Fields } from './fields';
import type { ProductRecord } from './records';
import { Shelf } from './shelf';

/** What can be saved; the shop keeps the rest itself. */
const SAVED: Fields = {
	article_number: FIELD.text,
	category_ids: {
		test: (value) => Array.isArray(value) && value.every(isCategory),
		is: 'a list of ids of the shop’s categories',
	},
	collection: { test: (value) => value === null || typeof value === 'string', is: 'text or null' },
	commodity_code: FIELD.text,
	country_of_origin: FIELD.text,
	date_available: FIELD.wholeOrNull,
	delivery_time: FIELD.text,
	description: FIELD.texts,
	description_short: FIELD.texts,
	ean1: FIELD.text,
	external_id: FIELD.text,
	featured: FIELD.bool,
	inactivate_stock_under_zero: FIELD.boolOrNull,
	lead_time: FIELD.numberOrNull,
	lowest_number: FIELD.whole,
	manufacturer_id: FIELD.wholeOrNull,
	manufacturer_model: FIELD.text,
	meta_description: FIELD.texts,
	meta_keywords: FIELD.texts,
	meta_title: FIELD.texts,
	name: FIELD.texts,
	note: FIELD.text,
	package_size: FIELD.wholeOrNull,
	parent: FIELD.whole,
	price: FIELD.number,
	price_in: FIELD.numberOrNull,
	price_rek: FIELD.numberOrNull,
	price_special: FIELD.numberOrNull,
	quantity: FIELD.whole,
	quantity_update: FIELD.wholeOrNull,
	reorder_stock: FIELD.numberOrNull,
	replacement_product: FIELD.text,
	search_engine_text: FIELD.texts,
	shipping_class: FIELD.wholeOrNull,
	show: FIELD.bool,
	sort_order: FIELD.whole,
	status: FIELD.bool,
	stock_allow_checkout: FIELD.boolOrNull,
	stock_allow_watch: FIELD.boolOrNull,
	stock_place: FIELD.text,
	suppliers: {
		test: (value) => Array.isArray(value) && value.every(isSupplier),
		is: 'a list of {id, model, price, currencies_id}, the price as text with four decimals',
	},
	tag_ids: FIELD.wholes,
	tax_class_id: {
		test: (value) => typeof value === 'number' && Object.hasOwn(TAX_CLASSES, value),
		is: `one of the shop's tax classes ${Object.keys(TAX_CLASSES).join(', ')}`,
	},
	type: FIELD.text,
	warehouses: {
		test: (value) => Array.isArray(value) && value.every(isWarehouse),
		is: `a list of {external_id, quantity, location} of the warehouses ${WAREHOUSES.join(', ')}`,
	},
	weight: FIELD.numberOrNull,
};

/** The products of the shop, found by id and article number without a scan. */
export class ProductShelf extends Shelf<ProductRecord> {
	private readonly byArticleNo = new Map<string, number>();

	constructor(
		private readonly seconds: () => number,
		private readonly urlOf: (id: number) => string,
		/** What a new product starts from. */
		private readonly blank: () => ProductRecord,
	) {
		super();
	}

	override add(row: ProductRecord): void {
		super.add(row);
		this.byArticleNo.set(row.article_number, row.id);
	}

	override remove(id: number): boolean {
		const row = this.byId.get(id);
		if (row) this.byArticleNo.delete(row.article_number);
		return super.remove(id);
	}

	withArticleNo(articleNo: string): ProductRecord | undefined {
		const id = this.byArticleNo.get(articleNo);
		return id === undefined ? undefined : this.byId.get(id);
	}

	/**
	 * Saves the fields that were sent (contract vendre §1: bodies are partial).
	 *
	 * @throws ApiError
	 */
	save(id: number, body: Record<string, unknown>): ProductRecord {
		const known = this.byId.get(id);
		if (!known) throw notFound(`product ${id}`);
		this.check(body, known);
		return this.write(known, body);
	}

	/** @throws ApiError */
	create(body: Record<string, unknown>): ProductRecord {
		for (const name of ['article_number', 'name', 'price', 'tax_class_id']) {
			if (body[name] === undefined) throw invalid(`${name} is missing`);
		}
		this.check(body);
		const id = this.nextId;
		const url = this.urlOf(id);
		const row: ProductRecord = {
			...this.blank(),
			id,
			article_number: body.article_number as string,
			date_added: this.seconds(),
			actions: { product_url: url, product_save_url: url, product_delete_url: url },
		};
		return this.write(row, body);
	}

	private check(body: Record<string, unknown>, known?: ProductRecord): void {
		checkFields(body, SAVED, 'A product');
		const { article_number: articleNo, parent } = body;
		if (typeof articleNo === 'string') {
			if (articleNo.trim() === '') throw invalid('article_number is empty');
			const owner = this.byArticleNo.get(articleNo);
			if (owner !== undefined && owner !== known?.id) {
				throw invalid(`article_number ${articleNo} belongs to product ${owner}`);
			}
		}
		if (typeof parent === 'number' && parent !== 0 && !this.byId.has(parent)) {
			throw invalid(`parent: there is no product ${parent}`);
		}
		if (body.quantity !== undefined && body.warehouses !== undefined) {
			throw invalid('quantity and warehouses cannot be saved together');
		}
	}

	private write(row: ProductRecord, body: Record<string, unknown>): ProductRecord {
		if (this.byId.has(row.id)) this.byArticleNo.delete(row.article_number);
		Object.assign(row, body, { date_modified: this.seconds() });
		if (body.category_ids !== undefined) row.category_paths = row.category_ids.map(pathOf);
		if (body.warehouses !== undefined) row.quantity = quantityOf(row.warehouses);
		if (body.quantity !== undefined) putInMainWarehouse(row);
		this.add(row);
		return row;
	}
}

/** A saved total lands in the main warehouse, whatever the others hold stays there. */
function putInMainWarehouse(row: ProductRecord): void {
	if (row.warehouses.length === 0) return;
	const [main, ...others] = row.warehouses;
	row.warehouses = [{ ...main, quantity: row.quantity - quantityOf(others) }, ...others];
	row.quantity = quantityOf(row.warehouses);
}

function isCategory(value: unknown): boolean {
	return CATEGORIES.some(({ id }) => id === value);
}

function isSupplier(value: unknown): boolean {
	const { id, model, price, currencies_id } = (value ?? {}) as Record<string, unknown>;
	return (
		Number.isInteger(id) &&
		typeof model === 'string' &&
		typeof price === 'string' &&
		/^\d+\.\d{4}$/.test(price) &&
		Number.isInteger(currencies_id)
	);
}

function isWarehouse(value: unknown): boolean {
	const { external_id, quantity } = (value ?? {}) as Record<string, unknown>;
	return WAREHOUSES.some((name) => name === external_id) && Number.isInteger(quantity);
}
