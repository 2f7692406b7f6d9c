import { randomBytes } from 'node:crypto';

/** Digits of the time in a batch number; 12 of them hold milliseconds for the next 8,000 years. */
const TIME_DIGITS = 12;
const RANDOM_BYTES = 10;

/** How far a clock may be ahead of the one that made the number. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const OLDEST_MS = 365 * 24 * 3_600_000;

/**
 * A new batch number: 32 hex digits, unique (contract specter §4). The time stands in front, so that
 * whoever finds the batch open can tell how long it has been, without anything being kept of it.
 */
export function newBatchNo(): string {
	const time = Date.now().toString(16).padStart(TIME_DIGITS, '0');
	return time + randomBytes(RANDOM_BYTES).toString('hex');
}

/** Milliseconds since a batch number was made; undefined for one that is not ours. */
export function batchAgeMs(batchNo: string): number | undefined {
	if (!/^[0-9a-f]{32}$/i.test(batchNo)) return undefined;
	const age = Date.now() - parseInt(batchNo.slice(0, TIME_DIGITS), 16);
	return age >= -CLOCK_TOLERANCE_MS && age < OLDEST_MS ? Math.max(0, age) : undefined;
}
