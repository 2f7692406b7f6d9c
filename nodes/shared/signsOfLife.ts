import type { RequestContext } from './http';

/**
 * When each execution of this process last asked one of the two systems for something, by a clock that
 * nobody can set. The latest ones only.
 */
const seenAt = new Map<string, number>();

const MOST_REMEMBERED = 1_000;

/** Notes that the execution is still at work: n8n does not tell a node whether another execution has ended. */
export function giveSignOfLife(context: RequestContext): void {
	const executionId = context.getExecutionId();
	if (!executionId) return;
	seenAt.delete(executionId);
	seenAt.set(executionId, performance.now());
	if (seenAt.size > MOST_REMEMBERED) seenAt.delete([...seenAt.keys()][0]);
}

/** When the execution was last seen at work, as `performance.now()` tells the time; -Infinity if never. */
export function lastSignOfLife(executionId: string): number {
	return seenAt.get(executionId) ?? -Infinity;
}
