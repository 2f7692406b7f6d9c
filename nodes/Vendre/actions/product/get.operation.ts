import type { INodeProperties } from 'n8n-workflow';
import { recordOrFailure } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { Refusal } from '../../../shared/refusal';
import { readRecord } from '../../transport/client';
import { productsByArticleNumbers } from '../../transport/productLookup';
import { normalized } from '../../normalize';
import { productOfShop } from '../../productOfShop';
import { shopOf } from '../../transport/shop';
import { eachAlone, readItems, runGroups, usable } from '../bulk';
import { findByParameters, givenKey, missingNote, type ProductKey } from '../findProduct';

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
		...findByParameters('$json.article_number', '$json.id'),
		simplify,
		requestOptions,
	]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const readAt = new Date();
		const shop = await shopOf(context);
		const keys = readItems(context, (itemIndex) => givenKey(context, itemIndex));
		const numbers = usable(keys).flatMap((key) => ('id' in key ? [] : [key.articleNumber]));
		const byNumber = await recordOrFailure(
			context,
			async () => await productsByArticleNumbers(context, numbers, limit),
		);
		const find = async (key: ProductKey, itemIndex: number) => {
			if ('id' in key) return await readRecord(context, 'products', key.id, { itemIndex });
			if (byNumber instanceof Error) throw byNumber;
			const found = byNumber.get(key.articleNumber);
			if (found) return found;
			throw new Refusal(
				missingNote(key),
				'Check the number in Vendre: it must agree to the letter.',
			);
		};
		return await runGroups(context, limit, keys, eachAlone(keys), async (key, itemIndex) => {
			const product = normalized('products', await find(key, itemIndex));
			const simple = context.getNodeParameter('simplify', itemIndex) as boolean;
			return productOfShop(product, { shop, readAt }, simple);
		});
	},
};
