import { recordOrFailure, runPerItem } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { firstRows } from '../../transport/lists';
import { normalized } from '../../normalize';
import { listLimits } from '../parameters';

/** Reads customers in the shop's own order, a page at a time (contract vendre §1, §3). */
export const getMany: Operation = {
	description: forOperation('customer', 'getAll', listLimits),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const all = context.getNodeParameter('returnAll', itemIndex) as boolean;
			const count = all ? Infinity : (context.getNodeParameter('limit', itemIndex) as number);
			const rows = await firstRows(context, 'customers', count);
			return await Promise.all(
				rows.map(
					async (row) => await recordOrFailure(context, async () => normalized('customers', row)),
				),
			);
		});
	},
};
