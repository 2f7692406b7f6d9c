import fc from 'fast-check';
import { LONGEST_MS, mayStart, SHORTEST_MS } from '../../../nodes/Specter/transport/coalesce';

beforeEach(() => jest.useFakeTimers());
afterEach(async () => {
	await jest.advanceTimersByTimeAsync(3 * LONGEST_MS);
	jest.useRealTimers();
});

/** Calls now; its start, if it gets one, is noted by key and time. */
function caller() {
	const starts: Array<{ key: string; at: number }> = [];
	const call = (key = 'a') => {
		void mayStart(key).then((may) => {
			if (may) starts.push({ key, at: Date.now() });
		});
	};
	return { call, starts };
}

const after = async (milliseconds: number) => await jest.advanceTimersByTimeAsync(milliseconds);

test('a single call starts at once, and nothing follows', async () => {
	const { call, starts } = caller();
	const now = Date.now();
	call();
	await after(0);
	expect(starts).toEqual([{ key: 'a', at: now }]);
	await after(3 * LONGEST_MS);
	expect(starts).toHaveLength(1);
});

test('a hundred calls in a second are two starts: now, and when the second is over', async () => {
	const { call, starts } = caller();
	const now = Date.now();
	for (let count = 0; count < 100; count++) {
		call();
		await after(9);
	}
	await after(3 * LONGEST_MS);
	expect(starts.map(({ at }) => at - now)).toEqual([0, SHORTEST_MS]);
});

test('a start that followed a burst begins a second of its own', async () => {
	const { call, starts } = caller();
	const now = Date.now();
	call();
	call();
	await after(SHORTEST_MS + 1);
	call();
	await after(3 * LONGEST_MS);
	expect(starts.map(({ at }) => at - now)).toEqual([0, SHORTEST_MS, 2 * SHORTEST_MS]);
});

/** So many calls a second for a minute, and when there were starts, in seconds. */
async function aMinuteOf(callsASecond: number): Promise<number[]> {
	const { call, starts } = caller();
	const now = Date.now();
	for (let count = 0; count < 60 * callsASecond; count++) {
		call();
		await after(1_000 / callsASecond);
	}
	await after(3 * LONGEST_MS);
	return starts.map(({ at }) => (at - now) / 1_000);
}

const every = (step: number, from: number, to: number) =>
	Array.from({ length: (to - from) / step + 1 }, (_, index) => from + step * index);

test('a burst that lasts has ever fewer starts, up to four seconds apart', async () => {
	expect(await aMinuteOf(8)).toEqual([0, 1, 3, ...every(4, 7, 63)]);
});

test('after a burst, calls that come now and then have a start each second again', async () => {
	const { call, starts } = caller();
	const now = Date.now();
	for (let count = 0; count < 80; count++) {
		call();
		await after(100);
	}
	for (const second of [12, 15.1]) {
		await after(now + second * 1_000 - Date.now());
		call();
	}
	await after(3 * LONGEST_MS);
	expect(starts.map(({ at }) => (at - now) / 1_000)).toEqual([0, 1, 3, 7, 11, 15, 16]);
});

test('calls that come now and then have a start each second', async () => {
	expect(await aMinuteOf(2)).toEqual(every(1, 0, 60));
});

test.each([0, 1, 2, 3, 4, 5, 6])(
	'a call in the moment in which a burst’s second passes (%i turns late) starts nothing beside it',
	async (turns) => {
		const { call, starts } = caller();
		const now = Date.now();
		call();
		call();
		await after(0);
		setTimeout(async () => {
			for (let turn = 0; turn < turns; turn++) await Promise.resolve();
			call();
		}, SHORTEST_MS);
		jest.advanceTimersByTime(SHORTEST_MS);
		await after(3 * LONGEST_MS);
		const times = starts.map(({ at }) => at - now);
		expect(times.slice(0, 2)).toEqual([0, SHORTEST_MS]);
		expect([[], [2 * SHORTEST_MS]]).toContainEqual(times.slice(2));
	},
);

test('one key does not hold up another', async () => {
	const { call, starts } = caller();
	const now = Date.now();
	call('a');
	call('b');
	await after(0);
	expect(starts).toEqual([
		{ key: 'a', at: now },
		{ key: 'b', at: now },
	]);
});

test('whatever comes when: every call is followed by a start, and starts are a second apart', async () => {
	const arrivals = fc.array(
		fc.record({
			gap: fc.oneof(fc.nat(20), fc.nat(1_500), fc.constantFrom(0, SHORTEST_MS)),
			key: fc.constantFrom('a', 'b'),
		}),
		{ maxLength: 60 },
	);
	await fc.assert(
		fc.asyncProperty(arrivals, async (calls) => {
			const { call, starts } = caller();
			const called: typeof starts = [];
			for (const { gap, key } of calls) {
				await after(gap);
				called.push({ key, at: Date.now() });
				call(key);
			}
			await after(3 * LONGEST_MS);
			for (const key of ['a', 'b']) {
				const times = starts.filter((start) => start.key === key).map(({ at }) => at);
				const calledAt = called.filter((each) => each.key === key).map(({ at }) => at);
				expect(times[0]).toBe(calledAt[0]);
				for (const at of calledAt) expect(times.at(-1)).toBeGreaterThanOrEqual(at);
				times.slice(1).forEach((at, index) => {
					expect(at - times[index]).toBeGreaterThanOrEqual(SHORTEST_MS);
				});
			}
		}),
		{ numRuns: 200 },
	);
});
