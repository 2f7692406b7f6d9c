import type { RequestContext } from '../../shared/http';
import type { SpecterCredential } from './signature';

/** How many executions of this process wait to ask for all stock, by API user: the queue is the user's. */
const waiting = new Map<string, number>();

async function queueOwner(context: RequestContext): Promise<string> {
	const { baseUrl, sbmId, apiUserKey } =
		await context.getCredentials<SpecterCredential>('specterApi');
	return JSON.stringify([baseUrl, sbmId, apiUserKey]);
}

/**
 * Does `work`, during which no other execution of this process begins on stock changes. Without it those
 * that fetch again as soon as they have confirmed leave no gap in a busy hour, and it never comes to all
 * stock being asked for.
 */
export async function awaitingStock<Output>(
	context: RequestContext,
	work: () => Promise<Output>,
): Promise<Output> {
	const owner = await queueOwner(context);
	waiting.set(owner, (waiting.get(owner) ?? 0) + 1);
	try {
		return await work();
	} finally {
		const others = (waiting.get(owner) ?? 1) - 1;
		if (others > 0) waiting.set(owner, others);
		else waiting.delete(owner);
	}
}

/** Whether an execution of this process waits to ask for all stock. */
export async function isStockAwaited(context: RequestContext): Promise<boolean> {
	return waiting.has(await queueOwner(context));
}
