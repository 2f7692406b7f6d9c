import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Refusal } from '../../shared/refusal';
import { productsByArticleNumbers } from '../transport/productLookup';
import { productsByIds } from '../transport/products';
import { givenId, idParameter } from './parameters';

/** What a product is found by. */
export type ProductKey = { id: number } | { articleNumber: string };

/** Find By, and the article number or id with an expression for its usual place. */
export function findByParameters(usualNumber: string, usualId: string): INodeProperties[] {
	return [
		{
			displayName: 'Find By',
			name: 'findBy',
			type: 'options',
			options: [
				{ name: 'Article Number', value: 'articleNumber' },
				{ name: 'ID', value: 'id' },
			],
			default: 'articleNumber',
		},
		{
			displayName: 'Article Number',
			name: 'articleNumber',
			type: 'string',
			default: `={{ ${usualNumber} }}`,
			required: true,
			displayOptions: { show: { findBy: ['articleNumber'] } },
		},
		{
			...idParameter('productId', 'Product ID', usualId),
			displayOptions: { show: { findBy: ['id'] } },
		},
	];
}

/** @throws {Refusal} when an item names no product */
export function givenKey(context: IExecuteFunctions, itemIndex: number): ProductKey {
	return context.getNodeParameter('findBy', itemIndex) === 'id'
		? { id: givenId(context, 'productId', itemIndex) }
		: { articleNumber: givenArticleNumber(context, itemIndex) };
}

/** @throws {Refusal} when it is empty */
export function givenArticleNumber(context: IExecuteFunctions, itemIndex: number): string {
	const articleNumber = String(context.getNodeParameter('articleNumber', itemIndex) ?? '').trim();
	if (articleNumber) return articleNumber;
	throw new Refusal(
		'The parameter articleNumber is empty: the article number of a product is wanted',
		'Give the number, or an expression such as {{ $json.articleNumber }}.',
	);
}

/**
 * Looks the products of all keys up together.
 * @returns what the shop has by a key; one object for a product, however it is found, because what is
 * saved on it during the run is kept there
 */
export async function findProducts(
	context: IExecuteFunctions,
	keys: ProductKey[],
	limit: number,
	fields?: readonly string[],
): Promise<(key: ProductKey) => IDataObject | undefined> {
	const ids = keys.flatMap((key) => ('id' in key ? [key.id] : []));
	const numbers = keys.flatMap((key) => ('articleNumber' in key ? [key.articleNumber] : []));
	const byId = await productsByIds(context, ids, limit, fields);
	const byNumber = await productsByArticleNumbers(context, numbers, limit, fields);
	return (key) => {
		if ('id' in key) return byId.get(key.id);
		const product = byNumber.get(key.articleNumber);
		return byId.get(Number(product?.id)) ?? product;
	};
}

/** A product that was not found, as outcomes name it. */
export function namedBy(key: ProductKey): { articleNumber: string; productId: number | null } {
	return 'id' in key
		? { articleNumber: '', productId: key.id }
		: { articleNumber: key.articleNumber, productId: null };
}

/** Says that the shop has nothing by a key. */
export function missingNote(key: ProductKey): string {
	return 'id' in key
		? `The shop has no product with ID ${key.id}`
		: `The shop has no product with article number "${key.articleNumber}"`;
}
