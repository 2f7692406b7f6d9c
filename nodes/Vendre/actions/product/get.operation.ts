import type { INodeProperties } from 'n8n-workflow';
import { runPerItem } from '../../../shared/items';
import { chosenParallelRequests, forOperation, type Operation } from '../../../shared/operation';
import { Refusal } from '../../../shared/refusal';
import { readRecord } from '../../transport/client';
import { productByArticleNumber } from '../../transport/products';
import { normalized, simplifiedProduct } from '../../normalize';
import { givenId, idParameter, requestOptions } from '../parameters';

/** Whether to leave out the product's texts, pictures and groups. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** Reads one product by its id or by its article number (contract vendre §1, §2). */
export const get: Operation = {
	description: forOperation('product', 'get', [
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
			default: '={{ $json.article_number }}',
			required: true,
			displayOptions: { show: { findBy: ['articleNumber'] } },
		},
		{
			...idParameter('productId', 'Product ID', '$json.id'),
			displayOptions: { show: { findBy: ['id'] } },
		},
		simplify,
		requestOptions,
	]),
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const find = async () => {
				if (context.getNodeParameter('findBy', itemIndex) === 'id') {
					const id = givenId(context, 'productId', itemIndex);
					return await readRecord(context, 'products', id, { itemIndex });
				}
				const articleNumber = String(context.getNodeParameter('articleNumber', itemIndex));
				const found = await productByArticleNumber(context, articleNumber);
				if (found) return found;
				throw new Refusal(
					`The shop has no product with article number "${articleNumber}"`,
					'Check the number in Vendre: it must agree to the letter.',
				);
			};
			const product = normalized('products', await find());
			const simple = context.getNodeParameter('simplify', itemIndex) as boolean;
			return [simple ? simplifiedProduct(product) : product];
		});
	},
};
