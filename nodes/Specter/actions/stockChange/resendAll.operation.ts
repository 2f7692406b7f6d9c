import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { apiError } from '../../../shared/errors';
import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { letGo } from '../../transport/batchesInHand';
import { newBatchNo } from '../../transport/batchNo';
import { changeForms, changeQueues, fetchPending } from '../../transport/changeQueues';
import { ask, refusalError } from '../../transport/client';
import { awaitingStock } from '../../transport/stockAwaited';
import {
	chosenStockForm,
	mayTakeUp,
	secondsToTakeUp,
	stockFormat,
	takeUpAfter,
} from '../changes/options';

const PAUSE_MS = 2_000;

/**
 * Waits until nobody is at work on a stock batch, and opens one of its own, so that nobody begins.
 * Asking for all stock may take an open batch away; whoever works on it would then write old numbers
 * over the new ones.
 * @returns the number of the batch that is open
 * @throws {NodeApiError} retryable, when others are at work for longer than a batch is left to them
 */
async function holdQueue(context: IExecuteFunctions): Promise<string> {
	const form = chosenStockForm(context, changeForms.stockXml);
	const pauses = Math.ceil((secondsToTakeUp(context) * 1000) / PAUSE_MS);
	for (let paused = 0; ; paused++) {
		const batch = await fetchPending(context, changeQueues.stockChange, form, mayTakeUp(context));
		if (batch) return batch.batchNo;
		if (paused > pauses) break;
		await sleep(PAUSE_MS);
	}
	throw apiError(context.getNode(), {
		message: 'Other executions are at work on stock changes all the time',
		description:
			'All stock can be asked for when they have confirmed their batches: run this again later.',
		retryable: true,
	});
}

/** clearArticleBatch: has Specter report the stock of all articles again (contract specter §4). */
export const resendAll: Operation = {
	description: forOperation('stockChange', 'resendAll', [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				stockFormat,
				{
					...takeUpAfter,
					description: `${takeUpAfter.description} This operation waits for it, because asking for all stock may take the batch away from that execution; while it waits, others that leave batches to each other fetch nothing. 0: never wait.`,
				},
			],
		},
	]),
	async execute(context) {
		return await runOnce(context, async () => {
			const held =
				secondsToTakeUp(context) > 0
					? await awaitingStock(context, async () => await holdQueue(context))
					: undefined;
			const parameters = { action: 'clearArticleBatch', clearSelf: '1', batchNo: newBatchNo() };
			const asked = ask(context, parameters);
			const { answer } = await asked.finally(() => held && letGo(held));
			if (answer.done) return [{ outcome: 'requested', message: answer.message }];
			throw refusalError(context.getNode(), answer, {
				what: 'to report all stock again',
				advice:
					'Check that the API user of the credential may read stock. Where the account cannot do this, leave the node out.',
			});
		});
	},
};
