import type { IDataObject } from 'n8n-workflow';
import { recordOrFailure, runPerItem } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { pages } from '../../transport/lists';
import { normalized, simplifiedProduct } from '../../normalize';
import { listLimits } from '../parameters';
import { simplify } from './get.operation';

/** Reads products in the shop's own order, a page at a time (contract vendre §1, §2). */
export const getMany: Operation = {
	description: forOperation('product', 'getAll', [...listLimits, simplify]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const all = context.getNodeParameter('returnAll', itemIndex) as boolean;
			const count = all ? Infinity : (context.getNodeParameter('limit', itemIndex) as number);
			const simple = context.getNodeParameter('simplify', itemIndex) as boolean;
			// Page by page, so that a whole shop is never held in full where it is simplified.
			const products: Array<IDataObject | Error> = [];
			for await (const rows of pages(context, 'products')) {
				for (const row of rows.slice(0, count - products.length)) {
					products.push(
						await recordOrFailure(context, async () => {
							const product = normalized('products', row);
							return simple ? simplifiedProduct(product) : product;
						}),
					);
				}
				if (products.length >= count) break;
			}
			return products;
		});
	},
};
