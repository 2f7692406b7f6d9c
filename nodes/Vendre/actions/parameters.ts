import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { parallelRequests } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { Refusal } from '../../shared/refusal';
import { vendreRecords, type VendreResource } from '../records';

/** The id of a record in the shop, as a parameter with an expression for its usual place. */
export function idParameter(name: string, displayName: string, usual: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: `={{ ${usual} }}`,
		required: true,
		placeholder: 'e.g. 1001',
	};
}

/** @throws {Refusal} when the parameter is not the number that a record of the shop has */
export function givenId(context: IExecuteFunctions, name: string, itemIndex: number): number {
	const given = context.getNodeParameter(name, itemIndex);
	const id = Number(given);
	if (given !== '' && Number.isInteger(id) && id > 0) return id;
	throw new Refusal(
		`The parameter ${name} is ${JSON.stringify(given) ?? 'empty'}: the number of a record in the shop is wanted`,
		'Give the id, or an expression such as {{ $json.id }}.',
	);
}

/** Return All and Limit, as everywhere in n8n. */
export const listLimits: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** The collection that every operation ends with. */
export const requestOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [parallelRequests],
};

const singular = { orders: 'Order', customers: 'Customer', products: 'Product' } as const;

/** A record as the shop answered it, in the one shape that the other nodes know. */
export function normalized(resource: VendreResource, row: IDataObject): IDataObject {
	const label = `${singular[resource]} ${String(row.id ?? 'without id')} of the shop`;
	return checkRecord(vendreRecords[resource], row, label) as unknown as IDataObject;
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
