/** Until the end of the test the date is `now`; timers run on, since requests need them. */
export function stopClockAt(now: string): void {
	jest.useFakeTimers({
		now: new Date(now),
		doNotFake: [
			'nextTick',
			'setImmediate',
			'setTimeout',
			'clearTimeout',
			'queueMicrotask',
			'setInterval',
			'clearInterval',
			'performance',
			'hrtime',
		],
	});
}

/** Stops every clock, so many seconds later than now, until mocks are restored. */
export function timePasses(seconds: number): void {
	for (const clock of [Date, performance]) {
		// Whole milliseconds, so that they add up to the seconds that have passed.
		const now = Math.ceil(clock.now());
		jest.spyOn(clock, 'now').mockImplementation(() => now + seconds * 1000);
	}
}

afterEach(() => jest.useRealTimers());
