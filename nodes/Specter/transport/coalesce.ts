import { sleep } from 'n8n-workflow';

/** For so long after a start the calls that follow are taken together; twice as long each time … */
export const SHORTEST_MS = 1_000;
/** … that the one before was busy, up to this. */
export const LONGEST_MS = 4_000;
/** So many calls make it busy. n8n may need seconds to hand over a burst that was sent in one. */
const BUSY_CALLS = 3;

interface Window {
	length: number;
	over: Promise<void>;
	/** Calls since the start. The first of them waits, and starts for all that come until then. */
	calls: number;
}

/** The windows that are open now. One is closed when it is over, so that nothing is left of a burst. */
const windows = new Map<string, Window>();

function open(key: string, length: number): void {
	const over = sleep(length).then(() => {
		if (window.calls === 0) windows.delete(key);
	});
	const window: Window = { length, over, calls: 0 };
	windows.set(key, window);
}

/**
 * Whether a call that means "look for what has changed" may start something. Of a burst, the first call
 * may at once, and the second when a second has passed, so that what changed after the first start is
 * seen too; all others may not. No call is without a start at its time or after it, and starts are a
 * second apart, in a burst that lasts up to four. Kept by key, in the memory of this process.
 */
export async function mayStart(key: string): Promise<boolean> {
	const window = windows.get(key);
	if (!window) {
		open(key, SHORTEST_MS);
		return true;
	}
	window.calls++;
	if (window.calls > 1) return false;
	await window.over;
	const busy = window.calls >= BUSY_CALLS;
	open(key, busy ? Math.min(2 * window.length, LONGEST_MS) : SHORTEST_MS);
	return true;
}
