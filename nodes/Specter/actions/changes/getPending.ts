import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import {
	changeForms,
	changeQueues,
	fetchPending,
	type ChangeForm,
} from '../../transport/changeQueues';
import { inHandMs } from '../../transport/batchesInHand';

type Resource = keyof typeof changeQueues;

const takeUpAfter: INodeProperties = {
	displayName: 'Take Up Open Batch After (Seconds)',
	name: 'takeUpAfter',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How old a batch that is still open must be before it is fetched again. A younger one is taken to be in the hands of another execution and nothing is returned, so let each execution fetch again after it has confirmed. A batch that was left open on purpose is fetched at once, as is any batch by a manual execution.',
};

const stockOptions: INodeProperties[] = [
	{
		displayName: 'Format',
		name: 'format',
		type: 'options',
		options: [
			{ name: 'Text', value: 'text' },
			{ name: 'XML', value: 'xml' },
		],
		default: 'xml',
		description:
			'The form in which Specter hands out the changes. In XML an answer that was cut off is always noticed.',
	},
	{
		displayName: 'Include Other Stock Sites',
		name: 'otherSites',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the numbers of further stock sites (lagerställen) as <code>otherSites</code>. In XML only.',
	},
];

function chosenForm(context: IExecuteFunctions, resource: Resource): ChangeForm {
	if (resource === 'articleChange') return changeForms.articles;
	if (resource === 'orderChange') return changeForms.orders;
	if (context.getNodeParameter('options.format', 0, 'xml') === 'text') return changeForms.stockText;
	return context.getNodeParameter('options.otherSites', 0, false)
		? changeForms.stockXmlAllSites
		: changeForms.stockXml;
}

/**
 * The operation that fetches what is pending in a change queue, one item per record with the number of
 * its batch (matrix F5–F7, contract specter §4). Specter hands out the next records only when this
 * batch is confirmed, so `moreToCome` says whether to fetch again then.
 */
export function getPending(resource: Resource): Operation {
	return {
		description: forOperation(resource, 'getPending', [
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: resource === 'stockChange' ? [...stockOptions, takeUpAfter] : [takeUpAfter],
			},
		]),
		async execute(context) {
			return await runOnce(context, async () => {
				const seconds = context.getNodeParameter('options.takeUpAfter', 0, 0) as number;
				const mayTakeUp = (batchNo: string) =>
					context.getMode() === 'manual' || inHandMs(batchNo) >= seconds * 1000;
				const batch = await fetchPending(
					context,
					changeQueues[resource],
					chosenForm(context, resource),
					mayTakeUp,
				);
				if (!batch) return [];
				const { changes, batchNo, recovered, moreToCome } = batch;
				return changes.map(
					(change) => ({ ...change, batchNo, recovered, moreToCome }) as unknown as IDataObject,
				);
			});
		},
	};
}
