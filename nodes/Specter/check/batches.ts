import { newBatchNo } from '../transport/batchNo';
import { OPEN_BATCH, type ChangeQueue } from '../transport/changeQueues';
import { read } from '../transport/client';
import { decodeAnswer, parseAnswer } from '../transport/response';
import type { SpecterParameters } from '../transport/signature';
import { elementsNamed, parseXml, type XmlElement } from '../transport/xml';
import { orForeign, type Account } from './account';

/** A queue's pending records as they came. */
export interface Batch {
	batchNo: string;
	root: XmlElement;
	body: Buffer;
}

/**
 * Opens a batch of a queue, or fetches the one that is open again, and confirms nothing: the next fetch of
 * the sync takes it up, so that no change is lost.
 * @param list the element that the records stand in
 * @returns undefined where Specter hands out none
 */
export async function openBatch(
	account: Account,
	queue: ChangeQueue,
	list: string,
	{ batchNo = newBatchNo(), more = {} }: { batchNo?: string; more?: SpecterParameters } = {},
): Promise<Batch | undefined> {
	const parameters = { action: queue.fetch, batchNo, useXML: '2', ...more };
	const answered = await orForeign(
		async () =>
			await read(account.context, parameters, (body) => {
				const refusal = parseAnswer(body);
				if (refusal) return { refusal };
				const root = parseXml(decodeAnswer(body).trim());
				return root && elementsNamed(root, list).length > 0 ? { root, body } : undefined;
			}),
	);
	const answer = answered?.answer;
	if (!answer) return undefined;
	if (answer.root) return { ...answer, batchNo };
	const { refusal } = answer;
	if (refusal.done || refusal.code !== OPEN_BATCH) return undefined;
	const open = /'([^']+)'/.exec(refusal.message)?.[1];
	if (open === undefined || open === batchNo) return undefined;
	return await openBatch(account, queue, list, { batchNo: open, more });
}
