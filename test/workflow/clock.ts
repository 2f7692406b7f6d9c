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

afterEach(() => jest.useRealTimers());
