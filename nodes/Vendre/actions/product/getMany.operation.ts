import { recordOrFailure, runPerItem } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { firstRows } from '../../transport/lists';
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
			const rows = await firstRows(context, 'products', count);
			return await Promise.all(
				rows.map(
					async (row) =>
						await recordOrFailure(context, async () => {
							const product = normalized('products', row);
							return simple ? simplifiedProduct(product) : product;
						}),
				),
			);
		});
	},
};
