import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { mapBounded } from '../../shared/concurrency';
import { failureFields, recordOrFailure, runPerItem } from '../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../shared/operation';
import { normalized } from '../normalize';
import { productOfShop } from '../productOfShop';
import { readRecord } from '../transport/client';
import { listPart } from '../transport/listPart';
import { shopOf } from '../transport/shop';

const lists = { customer: 'customers', order: 'orders', product: 'products' } as const;

/** A record of the page as the next nodes want it. */
type Finish = (row: IDataObject, readAt: Date, itemIndex: number) => Promise<IDataObject>;

const readInFull: INodeProperties = {
	displayName: 'Read Each in Full',
	name: 'readInFull',
	type: 'boolean',
	default: true,
	description:
		'Whether to read each order by its ID as well, because rows of a list may lack order rows and totals',
};

const position: INodeProperties[] = [
	{
		displayName: 'Page Size',
		name: 'pageSize',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5000 },
		default: 500,
		description: 'Max number of records on the page; the shop is asked for 250 at a time',
	},
	{
		displayName: 'Offset',
		name: 'offset',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Where the page begins: the nextOffset of the page before, 0 for the first',
	},
	{
		displayName: 'After ID',
		name: 'afterId',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'The lastId of the page before, 0 for the first. By it no record is left out where some before it were deleted meanwhile.',
	},
];

/**
 * One page of all records of a kind, as one item that tells where the next page begins, for working
 * through a whole shop in bounded memory (contract vendre §1). A record that cannot be read stands among
 * the others with `error`, `details` and `retryable`.
 */
export function getPage(resource: keyof typeof lists): Operation {
	const list = lists[resource];
	const own = resource === 'order' ? [readInFull] : [];
	return {
		description: forOperation(resource, 'getPage', [...position, ...own, requestOptions]),
		async execute(context) {
			const shop = await shopOf(context);
			const finish = finishOf(context, resource, shop);
			return await runPerItem(context, 1, async (itemIndex) => {
				const given = (name: string) => context.getNodeParameter(name, itemIndex) as number;
				const from = { offset: given('offset'), lastId: given('afterId') };
				const readAt = new Date();
				const part = await listPart(context, list, from, given('pageSize'));
				const limit = chosenParallelRequests(context);
				const records = await mapBounded(part.rows, limit, async (row) => {
					const record = await recordOrFailure(
						context,
						async () => await finish(row, readAt, itemIndex),
					);
					if (!(record instanceof Error)) return record;
					return { id: row.id ?? null, ...failureFields(context.getNode(), record) };
				});
				const { next, total, isLast } = part;
				return [
					{
						shop,
						offset: from.offset,
						nextOffset: next.offset,
						lastId: next.lastId,
						total,
						last: isLast,
						records,
					},
				];
			});
		},
	};
}

function finishOf(context: IExecuteFunctions, resource: keyof typeof lists, shop: string): Finish {
	const list = lists[resource];
	return async (row, readAt, itemIndex) => {
		const record = normalized(list, row);
		if (resource === 'product') return productOfShop(record, { shop, readAt }, true);
		const inFull =
			resource === 'order' && (context.getNodeParameter('readInFull', itemIndex) as boolean);
		if (!inFull) return record;
		const id = record.id as number;
		return normalized(list, await readRecord(context, list, id, { itemIndex }));
	};
}
