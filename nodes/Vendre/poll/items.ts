import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { mapBounded } from '../../shared/concurrency';
import { failureFields, isRetryable, toNodeError } from '../../shared/items';
import { normalized } from '../normalize';
import { productOfShop } from '../productOfShop';
import { readRecordIfAny } from '../transport/client';
import { attemptsUntilOutage } from '../transport/outage';
import type { PollSettings } from './settings';
import type { Reading } from './sighting';

const PARALLEL_REQUESTS = 4;

/** A record that is new or changed. */
export interface Change extends Reading {
	change: 'new' | 'changed';
	readAt: Date;
}

/** A change with the item that tells of it. */
export interface ChangeItem {
	change: Change;
	item: INodeExecutionData;
}

/**
 * The items of changed records. A record that cannot be read is a failed item (`error`, `details`,
 * `retryable`), so that it shows and the others go on. Left out is an order that the shop has no longer,
 * and one that cannot be read for the moment, which the next pass finds again.
 * @throws {NodeApiError} when none of the orders could be read for the moment
 */
export async function itemsOf(
	context: IPollFunctions,
	changes: Change[],
	settings: PollSettings,
	shop: string,
): Promise<ChangeItem[]> {
	const attempt = attemptsUntilOutage(context);
	const delayed: Error[] = [];
	const items = await mapBounded(changes, PARALLEL_REQUESTS, async (change) => {
		const asItem = (json: IDataObject) => [{ change, item: { json } }];
		try {
			if (change.record instanceof Error) throw change.record;
			const record = settings.inFull
				? await attempt(async () => await orderInFull(context, change.id))
				: change.record;
			return record ? asItem(finished(record, change, settings, shop)) : [];
		} catch (error) {
			if (isRetryable(error)) {
				delayed.push(error as Error);
				return [];
			}
			const failure = failureFields(context.getNode(), error);
			return asItem({ id: change.id, change: change.change, shop, ...failure });
		}
	});
	const told = items.flat();
	const [reason] = delayed;
	if (reason && told.length === 0) throw toNodeError(context.getNode(), reason) as Error;
	if (reason) {
		context.logger.warn(
			`${delayed.length} records could not be read and are left to the next pass: ${reason.message}`,
		);
	}
	return told;
}

async function orderInFull(context: IPollFunctions, id: number): Promise<IDataObject | undefined> {
	const order = await readRecordIfAny(context, 'orders', id);
	return order && normalized('orders', order);
}

function finished(
	record: IDataObject,
	{ change, readAt }: Change,
	{ resource, simplify }: PollSettings,
	shop: string,
): IDataObject {
	if (resource !== 'product') return { ...record, change, shop };
	return { ...productOfShop(record, { shop, readAt }, simplify), change };
}
