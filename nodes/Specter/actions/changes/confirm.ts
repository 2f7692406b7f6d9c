import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { failedItem, toNodeError } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { Refusal } from '../../../shared/refusal';
import { batchAgeMs } from '../../transport/batchNo';
import { changeQueues, confirmBatch, type ChangeQueue } from '../../transport/changeQueues';
import { letGo } from '../../transport/batchesInHand';

const HOUR_MS = 3_600_000;

/** The records of one batch, as they came to this node. */
interface Batch {
	batchNo: string;
	items: number[];
	/** How many of them failed and may go through later. */
	toRetry: number;
}

function batchesOf(context: IExecuteFunctions): Batch[] {
	const batches = new Map<string, Batch>();
	for (const [item, { json }] of context.getInputData().entries()) {
		const batchNo = String(context.getNodeParameter('batchNo', item) ?? '').trim();
		const batch = batches.get(batchNo) ?? { batchNo, items: [], toRetry: 0 };
		batches.set(batchNo, batch);
		batch.items.push(item);
		if (json.retryable === true) batch.toRetry++;
	}
	return [...batches.values()];
}

async function settle(
	context: IExecuteFunctions,
	queue: ChangeQueue,
	{ batchNo, items, toRetry }: Batch,
): Promise<IDataObject> {
	if (!batchNo) {
		throw new Refusal(
			`${items.length} records name no batch`,
			'Give the batch number that Get Pending put out with the record, for example {{ $json.batchNo }}.',
		);
	}
	const option = (name: string, value: number) =>
		context.getNodeParameter(`options.${name}`, 0, value) as number;
	const longest = option('holdHours', 24) * HOUR_MS;
	const counts = { batchNo, records: items.length, toRetry };
	if (toRetry > option('holdAbove', 0) && (batchAgeMs(batchNo) ?? 0) < longest) {
		letGo(batchNo);
		return { outcome: 'keptOpen', ...counts };
	}
	return { ...(await confirmBatch(context, queue, batchNo)), ...counts };
}

/**
 * The operation that confirms batches of a change queue, one item per batch. It is told of every record
 * and confirms last: a batch with records that must come again, more of them than may be kept elsewhere,
 * stays open, to be fetched once more (contract specter §4).
 */
export function confirm(resource: keyof typeof changeQueues): Operation {
	return {
		description: forOperation(resource, 'confirm', [
			{
				displayName:
					'Lead every record of the batch here, those that failed included. A record that failed and may go through later carries <code>retryable</code>, as after a time-out: its batch then stays open and is fetched again. A record that failed for good does not hold its batch.',
				name: 'hint',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Batch Number',
				name: 'batchNo',
				type: 'string',
				default: '={{ $json.batchNo }}',
				required: true,
				description: 'The number that came with the record',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Hold Above (Records)',
						name: 'holdAbove',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 0,
						description:
							'How many records that must come again do not hold their batch. Above 0, keep these records before this node, for example in an error queue: once the batch is confirmed, Specter does not tell of them again.',
					},
					{
						displayName: 'Hold at Most (Hours)',
						name: 'holdHours',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 24,
						description:
							'How long a batch may be held open for records that must come again. After that it is confirmed all the same, because nothing else leaves the queue before.',
					},
				],
			},
		]),
		async execute(context) {
			const outputs: INodeExecutionData[] = [];
			for (const batch of batchesOf(context)) {
				const [first] = batch.items;
				try {
					const json = await settle(context, changeQueues[resource], batch);
					outputs.push({ json, pairedItem: batch.items.map((item) => ({ item })) });
				} catch (error) {
					if (!context.continueOnFail()) {
						throw toNodeError(context.getNode(), error, first);
					}
					outputs.push(failedItem(context, context.getInputData()[first], error, first));
				}
			}
			return outputs;
		},
	};
}
