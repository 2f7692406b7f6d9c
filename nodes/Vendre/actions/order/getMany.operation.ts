import type { IDataObject } from 'n8n-workflow';
import { mapBounded } from '../../../shared/concurrency';
import { recordOrFailure, runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { readRecord } from '../../transport/client';
import { vendreWords } from '../../transport/dialect';
import { newestRows } from '../../transport/lists';
import { normalized } from '../../normalize';
import { specterNumber } from '../../records';
import { listLimits } from '../parameters';

const [returnAll, limit] = listLimits;

/**
 * Reads the newest orders, oldest of them first. Orders are never scanned for a few: a one-row call
 * tells how many there are, and only the newest pages are read (contract vendre §1). An order that
 * cannot be read is a failed item of its own, and the others go on.
 */
export const getMany: Operation = {
	description: forOperation('order', 'getAll', [
		returnAll,
		{ ...limit, description: 'Max number of orders to look through: the newest ones' },
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Only Without Specter Number',
					name: 'withoutSpecterNumber',
					type: 'boolean',
					default: true,
					description: 'Whether to return only orders that carry no Specter order number yet',
				},
			],
		},
		{
			displayName: 'Read Each in Full',
			name: 'readInFull',
			type: 'boolean',
			default: false,
			description:
				'Whether to read each order that passes the filters by its ID as well, because rows of a list may lack order rows and totals',
		},
		requestOptions,
	]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const all = context.getNodeParameter('returnAll', itemIndex) as boolean;
			const count = all ? Infinity : (context.getNodeParameter('limit', itemIndex) as number);
			const filters = context.getNodeParameter('filters', itemIndex, {}) as IDataObject;
			const inFull = context.getNodeParameter('readInFull', itemIndex) as boolean;
			const numberField = vendreWords.specterNumberField;
			// One whose number cannot be read passes, so that it shows among the failed items.
			const rows = (await newestRows(context, 'orders', count)).filter(
				(row) => !filters.withoutSpecterNumber || !specterNumber.safeParse(row[numberField]).data,
			);
			return await mapBounded(
				rows,
				chosenParallelRequests(context),
				async (row) =>
					await recordOrFailure(context, async () => {
						const order = normalized('orders', row);
						if (!inFull) return order;
						const id = order.id as number;
						return normalized('orders', await readRecord(context, 'orders', id, { itemIndex }));
					}),
			);
		});
	},
};
