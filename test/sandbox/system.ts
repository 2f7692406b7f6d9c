import { EventEmitter } from 'node:events';

import { FaultPlan } from './faults';

/** So many calls are kept at least; older ones only count in `callTotals`. */
const CALLS_KEPT = 20_000;

/**
 * What both stand-in systems have in common: ordered faults, a log of calls, and news of every change.
 * Emits `change` after every call, delivery and act on its page.
 */
export abstract class LiveSystem<Call> extends EventEmitter {
	readonly faults = new FaultPlan();

	/** The latest calls, oldest first. */
	readonly calls: Call[] = [];

	/** All calls ever made, by name (`newOrderSubmit`, `GET /orders/{id}`). */
	readonly callTotals = new Map<string, number>();

	/** Counts changes, so that a page can see whether it is out of date. */
	revision = 0;

	constructor() {
		super();
		this.setMaxListeners(0);
	}

	/**
	 * Resolves as soon as the predicate holds; it is looked at now and after every change.
	 *
	 * @throws Error if it does not hold within `timeoutMs`
	 */
	async until(predicate: () => boolean, timeoutMs = 10_000): Promise<void> {
		if (predicate()) return;
		await new Promise<void>((resolve, reject) => {
			const done = (error?: unknown) => {
				clearTimeout(timer);
				this.off('change', look);
				if (error) reject(error);
				else resolve();
			};
			const look = () => {
				try {
					if (predicate()) done();
				} catch (error) {
					done(error);
				}
			};
			const timer = setTimeout(
				() => done(new Error(`Not so within ${timeoutMs} ms: ${predicate.toString()}`)),
				timeoutMs,
			);
			this.on('change', look);
		});
	}

	clearCalls(): void {
		this.calls.length = 0;
		this.callTotals.clear();
	}

	protected changed(): void {
		this.revision += 1;
		this.emit('change');
	}

	protected log(name: string, call: Call): void {
		this.calls.push(call);
		if (this.calls.length >= 2 * CALLS_KEPT) this.calls.splice(0, CALLS_KEPT);
		this.callTotals.set(name, (this.callTotals.get(name) ?? 0) + 1);
	}
}
