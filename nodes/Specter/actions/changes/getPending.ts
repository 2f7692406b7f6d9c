import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import {
	changeForms,
	changeQueues,
	fetchPending,
	type ChangeForm,
} from '../../transport/changeQueues';
import { isStockAwaited } from '../../transport/stockAwaited';
import { chosenStockForm, mayTakeUp, secondsToTakeUp, stockFormat, takeUpAfter } from './options';

type Resource = keyof typeof changeQueues;

const otherSites: INodeProperties = {
	displayName: 'Include Other Stock Sites',
	name: 'otherSites',
	type: 'boolean',
	default: false,
	description:
		'Whether to add the numbers of further stock sites (lagerställen) as <code>otherSites</code>. In XML only.',
};

function chosenForm(context: IExecuteFunctions, resource: Resource): ChangeForm {
	if (resource === 'articleChange') return changeForms.articles;
	if (resource === 'orderChange') return changeForms.orders;
	const allSites = context.getNodeParameter('options.otherSites', 0, false);
	return chosenStockForm(context, allSites ? changeForms.stockXmlAllSites : changeForms.stockXml);
}

const leftToOthers: INodeProperties = {
	...takeUpAfter,
	description: `${takeUpAfter.description} While it is in other hands nothing is returned, so let each execution fetch again after it has confirmed.`,
};

/** Whether all stock is about to be asked for, after which everything that is pending now comes again. */
async function isLeftToThoseWhoWait(context: IExecuteFunctions): Promise<boolean> {
	const leavesToOthers = secondsToTakeUp(context) > 0 && context.getMode() !== 'manual';
	return leavesToOthers && (await isStockAwaited(context));
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
				options:
					resource === 'stockChange' ? [stockFormat, otherSites, leftToOthers] : [leftToOthers],
			},
		]),
		async execute(context) {
			return await runOnce(context, async () => {
				if (resource === 'stockChange' && (await isLeftToThoseWhoWait(context))) return [];
				const batch = await fetchPending(
					context,
					changeQueues[resource],
					chosenForm(context, resource),
					mayTakeUp(context),
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
