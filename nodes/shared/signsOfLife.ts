import type { RequestContext } from './http';
import { LatestMap } from './latestMap';

const MOST_REMEMBERED = 1_000;

/**
 * When each execution of this process last asked one of the two systems for something, by a clock that
 * nobody can set. The latest ones only.
 */
const seenAt = new LatestMap<string, number>(MOST_REMEMBERED);

/** Notes that the execution is still at work: n8n does not tell a node whether another execution has ended. */
export function giveSignOfLife(context: RequestContext): void {
	const executionId = context.getExecutionId();
	if (executionId) seenAt.set(executionId, performance.now());
}

/** When the execution was last seen at work, as `performance.now()` tells the time; -Infinity if never. */
export function lastSignOfLife(executionId: string): number {
	return seenAt.get(executionId) ?? -Infinity;
}
