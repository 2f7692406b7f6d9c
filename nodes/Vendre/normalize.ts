import type { IDataObject } from 'n8n-workflow';
import { checkRecord } from '../shared/records';
import { vendreCategory, vendreCustomer, vendreOrder, vendreProduct } from './records';

const kinds = {
	orders: { schema: vendreOrder, label: 'Order' },
	customers: { schema: vendreCustomer, label: 'Customer' },
	products: { schema: vendreProduct, label: 'Product' },
	categories: { schema: vendreCategory, label: 'Category' },
} as const;

/**
 * A record as the shop answered it, in the one shape that the other nodes know.
 * @throws {Refusal} that names the fields which cannot be read
 */
export function normalized(resource: keyof typeof kinds, row: IDataObject): IDataObject {
	const { schema, label } = kinds[resource];
	const id = typeof row.id === 'number' || typeof row.id === 'string' ? row.id : 'without id';
	const which = `${label} ${id} of the shop`;
	return checkRecord(schema, row, which) as unknown as IDataObject;
}

/** What the sync uses of a product; the rest is texts and pictures. */
const simpleProductFields = [
	'id',
	'article_number',
	'external_id',
	'ean1',
	'name',
	'price',
	'price_in',
	'tax_class_id',
	'weight',
	'quantity',
	'manufacturer_model',
	'status',
	'show',
	'parent',
	'is_parent',
	'package_size',
	'category_ids',
	'date_added',
	'date_modified',
];

/** A product without its texts, pictures and groups: what the sync and most workflows use. */
export function simplifiedProduct(product: IDataObject): IDataObject {
	return Object.fromEntries(
		simpleProductFields.filter((field) => field in product).map((field) => [field, product[field]]),
	);
}
