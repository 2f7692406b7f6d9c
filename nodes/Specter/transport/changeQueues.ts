import type { RequestContext } from '../../shared/http';
import { apiError } from '../../shared/errors';
import { accountDialect } from './account';
import { letGo, takeInHand } from './batchesInHand';
import { newBatchNo } from './batchNo';
import {
	parseArticles,
	parseOrders,
	parseStockText,
	parseStockXml,
	type PendingChanges,
} from './changeAnswers';
import { ask, read, refusalError } from './client';
import type { SpecterDialect } from './dialect';
import { parseAnswer, type SpecterAnswer } from './response';
import type { SpecterParameters } from './signature';

/** One of Specter's three change queues (contract specter §4). */
export interface ChangeQueue {
	/** What it holds, for the user. */
	label: string;
	fetch: string;
	confirm: string;
	/** Which quoted text of a refused confirmation is the open batch's number. */
	openBatchInConfirmation: 0 | 1;
}

export const changeQueues = {
	stockChange: {
		label: 'stock changes',
		fetch: 'getArticleExternalNeedUpdate',
		confirm: 'updateArticlesFromBatch',
		openBatchInConfirmation: 0,
	},
	articleChange: {
		label: 'article changes',
		fetch: 'getArticleInfoExternalNeedUpdate',
		confirm: 'updateArticleInfosFromBatch',
		openBatchInConfirmation: 1,
	},
	orderChange: {
		label: 'order changes',
		fetch: 'getOrdersExternalNeedUpdate',
		confirm: 'updateOrdersFromBatch',
		openBatchInConfirmation: 1,
	},
} satisfies Record<string, ChangeQueue>;

/** A form in which a queue's records come. */
export interface ChangeForm {
	parameters: SpecterParameters;
	parse: (body: Buffer, dialect: SpecterDialect, batchNo: string) => PendingChanges | undefined;
}

const XML = { useXML: '2' };

/** Stock comes in two forms, the other queues as XML. */
export const changeForms = {
	stockXml: { parameters: XML, parse: parseStockXml },
	stockXmlAllSites: { parameters: { ...XML, getMultipleStocksites: '1' }, parse: parseStockXml },
	stockText: { parameters: {}, parse: (body, _, batchNo) => parseStockText(body, batchNo) },
	articles: { parameters: XML, parse: parseArticles },
	orders: { parameters: XML, parse: parseOrders },
} satisfies Record<string, ChangeForm>;

/** An earlier batch is still open: the one code of a refusal that is known (contract specter §3). */
export const OPEN_BATCH = '99';

/** How often another number is tried when other consumers open and close batches meanwhile. */
const MOST_FETCHES = 5;

/** The records of a batch that is now open, to be confirmed by its number. */
export interface OpenBatch extends PendingChanges {
	batchNo: string;
	/** Whether an earlier run left the batch open and it is fetched again. */
	recovered: boolean;
}

/**
 * Fetches what is pending. Where an earlier batch is still open, that one is fetched again, since
 * nothing else comes until it is confirmed. An open batch without a record is closed and the next one
 * fetched; a blank page is no proof that it has none.
 * @param mayTakeUp whether an open batch of this number may be fetched again, or is in other hands
 * @returns undefined where the open batch is left to others
 * @throws {NodeApiError} for a refusal, or no answer that can be read
 */
export async function fetchPending(
	context: RequestContext,
	queue: ChangeQueue,
	form: ChangeForm,
	mayTakeUp: (batchNo: string) => boolean,
): Promise<OpenBatch | undefined> {
	let batchNo = newBatchNo();
	let recovered = false;
	for (let fetches = 0; fetches < MOST_FETCHES; fetches++) {
		// Before it is fetched, so that of two executions that find it open only one goes on.
		if (recovered) takeInHand(batchNo, context.getExecutionId());
		const asked = fetchBatch(context, queue, form, { batchNo, recovered });
		void asked.catch(() => letGo(batchNo));
		const answer = await asked;
		if (!('done' in answer)) {
			if (!recovered || answer.changes.length > 0) {
				// A batch without a record is nobody's work, and may stay open all the same.
				if (answer.changes.length > 0) takeInHand(batchNo, context.getExecutionId());
				else letGo(batchNo);
				return { ...answer, batchNo, recovered };
			}
			await confirmBatch(context, queue, batchNo);
			[batchNo, recovered] = [newBatchNo(), false];
			continue;
		}
		if (answer.done) return { changes: [], moreToCome: false, batchNo, recovered };
		const open = openBatchIn(answer, 0);
		if (open === undefined && !recovered) {
			throw refusalError(context.getNode(), answer, {
				what: `to hand out ${queue.label}`,
				advice: 'Check that the API user of the credential may read them.',
			});
		}
		if (open !== undefined && !mayTakeUp(open)) return undefined;
		// A recovered batch that is refused has been closed meanwhile.
		[batchNo, recovered] = open === undefined ? [newBatchNo(), false] : [open, true];
	}
	throw apiError(context.getNode(), {
		message: `Specter’s ${queue.label} are being fetched by somebody else all the time`,
		description:
			'The queue belongs to the API user: give every system that reads it an API user of its own.',
		retryable: true,
	});
}

async function fetchBatch(
	context: RequestContext,
	queue: ChangeQueue,
	form: ChangeForm,
	{ batchNo, recovered }: { batchNo: string; recovered: boolean },
): Promise<PendingChanges | SpecterAnswer> {
	const dialect = await accountDialect(context);
	const parse = (body: Buffer) => {
		const pending = parseAnswer(body) ?? form.parse(body, dialect, batchNo);
		return pending && 'blank' in pending && pending.blank && recovered ? undefined : pending;
	};
	const parameters = { action: queue.fetch, batchNo, ...form.parameters };
	return (await read(context, parameters, parse)).answer;
}

/** The number of the batch that is open, where a refusal says so. */
function openBatchIn(answer: SpecterAnswer, position: number): string | undefined {
	if (answer.done || answer.code !== OPEN_BATCH) return undefined;
	const quoted = [...answer.message.matchAll(/'([^']+)'/g)].map(([, text]) => text);
	return quoted[position] ?? quoted[0];
}

/** What became of a confirmation; `unchanged`: the batch was no longer open. */
export interface Confirmation {
	outcome: 'confirmed' | 'unchanged';
	message: string;
}

/**
 * Confirms a batch, after which its records leave the queue: to be called when they stand in the shop.
 * Another batch being open means that this one has been closed; so does a refusal after an answer that
 * got lost.
 * @throws {NodeApiError} for any other refusal, or no answer; then the batch comes again
 */
export async function confirmBatch(
	context: RequestContext,
	queue: ChangeQueue,
	batchNo: string,
): Promise<Confirmation> {
	const asked = ask(context, { action: queue.confirm, batchNo });
	const { answer, attempts } = await asked.finally(() => letGo(batchNo));
	if (answer.done) return { outcome: 'confirmed', message: answer.message };
	const open = openBatchIn(answer, queue.openBatchInConfirmation);
	const closed = open !== undefined ? open !== batchNo : attempts > 1;
	if (closed) return { outcome: 'unchanged', message: answer.message };
	throw refusalError(context.getNode(), answer, {
		what: `to confirm the batch ${batchNo} of ${queue.label}`,
		advice:
			'If another run has confirmed it there is nothing to do; otherwise its records come again with the next fetch.',
	});
}
