import { recordOrFailure, runPerItem } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { normalized } from '../../normalize';
import { firstRows } from '../../transport/lists';
import { listLimits } from '../parameters';

/** Reads the shop's categories in its own order (contract vendre §1). */
export const getMany: Operation = {
	description: forOperation('category', 'getAll', listLimits),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const all = context.getNodeParameter('returnAll', itemIndex) as boolean;
			const count = all ? Infinity : (context.getNodeParameter('limit', itemIndex) as number);
			const rows = await firstRows(context, 'categories', count);
			return await Promise.all(
				rows.map(
					async (row) => await recordOrFailure(context, async () => normalized('categories', row)),
				),
			);
		});
	},
};
