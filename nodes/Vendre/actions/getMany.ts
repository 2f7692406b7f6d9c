import { recordOrFailure, runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { normalized } from '../normalize';
import { firstRows } from '../transport/lists';
import { listLimits } from './parameters';

const lists = { category: 'categories', customer: 'customers' } as const;

/** Reads categories or customers in the shop's own order, a page at a time (contract vendre §1, §3). */
export function getMany(resource: keyof typeof lists): Operation {
	const list = lists[resource];
	return {
		description: forOperation(resource, 'getAll', listLimits),
		async execute(context) {
			return await runPerItem(context, 1, async (itemIndex) => {
				const all = context.getNodeParameter('returnAll', itemIndex) as boolean;
				const count = all ? Infinity : (context.getNodeParameter('limit', itemIndex) as number);
				const rows = await firstRows(context, list, count);
				return await Promise.all(
					rows.map(
						async (row) => await recordOrFailure(context, async () => normalized(list, row)),
					),
				);
			});
		},
	};
}
