import { batchAgeMs } from './batchNo';

/**
 * When this process took up a batch, by a clock that nobody can set: one that is put forward must not take
 * a batch away from those who are at work on it. -Infinity where it has let it go. The latest ones only.
 */
const takenUpAt = new Map<string, number>();

const MOST_REMEMBERED = 100;

function remember(batchNo: string, time: number): void {
	takenUpAt.delete(batchNo);
	takenUpAt.set(batchNo, time);
	if (takenUpAt.size > MOST_REMEMBERED) takenUpAt.delete([...takenUpAt.keys()][0]);
}

/** Notes that an execution begins to work on the batch. */
export function takeInHand(batchNo: string): void {
	remember(batchNo, performance.now());
}

/** Notes that nobody works on the batch any more, though it is still open. */
export function letGo(batchNo: string): void {
	remember(batchNo, -Infinity);
}

/**
 * Milliseconds that somebody has been at work on an open batch: since this process took it up, or, of
 * another process's, since it was opened, which its number tells. Infinity where nobody can be.
 */
export function inHandMs(batchNo: string): number {
	const since = takenUpAt.get(batchNo);
	return since === undefined ? (batchAgeMs(batchNo) ?? Infinity) : performance.now() - since;
}
