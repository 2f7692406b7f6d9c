import { LatestMap } from '../../shared/latestMap';
import { lastSignOfLife } from '../../shared/signsOfLife';
import { batchAgeMs } from './batchNo';

const MOST_REMEMBERED = 100;

/** Who is at work on a batch, and since when: by a clock that nobody can set. */
interface Hand {
	executionId: string;
	since: number;
}

/** The batches that this process has taken up; undefined where it has let one go. The latest ones only. */
const hands = new LatestMap<string, Hand | undefined>(MOST_REMEMBERED);

/** Notes that an execution begins to work on the batch. */
export function takeInHand(batchNo: string, executionId: string): void {
	hands.set(batchNo, { executionId, since: performance.now() });
}

/** Notes that nobody works on the batch any more, though it is still open. */
export function letGo(batchNo: string): void {
	hands.set(batchNo, undefined);
}

/**
 * Milliseconds since somebody was last seen at work on an open batch: in this process, which sees every
 * request of an execution; of another process's batch, since it was opened, which its number tells. A clock
 * that is put forward must not take a batch away from those who are at work on it, nor a shop that takes
 * long: they would write what they have read over what a later batch brings. Infinity where nobody can be.
 */
export function idleMs(batchNo: string): number {
	if (!hands.has(batchNo)) return batchAgeMs(batchNo) ?? Infinity;
	const hand = hands.get(batchNo);
	if (!hand) return Infinity;
	return performance.now() - Math.max(hand.since, lastSignOfLife(hand.executionId));
}
