import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../sandbox';
import { errorQueue } from '../host/errorQueue';
import { examine, type Findings } from './check';
import type { Intended } from './intended';
import type { Rig } from './rig';

const LOOK_MS = 500;

/** How all stands when it is right, or when the patience has had its end. */
export interface Quiet {
	findings: Findings;
	/** What still waits somewhere, a sentence each. */
	waiting: string[];
	/** Records in the error queue. */
	queued: number;
	/** How long it took. */
	seconds: number;
}

/** Waits until all is right, or for so long that it should be. */
export async function quiet(rig: Rig, intended: Intended, patienceSeconds: number): Promise<Quiet> {
	const over = Date.now();
	const { sandbox } = rig.stack;
	for (;;) {
		const seconds = Math.round((Date.now() - over) / 1_000);
		const patient = seconds < patienceSeconds;
		const queue = await errorQueue(rig.stack.client).catch((error: unknown) => {
			// n8n may have lost its database for a moment.
			if (!patient) throw error;
		});
		if (queue) {
			const findings = examine(sandbox, intended, queue);
			const waiting = waitingIn(sandbox);
			const { lost, doubled, differing, pending } = findings;
			const wrong = [...lost, ...doubled, ...differing, ...pending, ...waiting];
			if (wrong.length === 0 || !patient) {
				return { findings, waiting, queued: queue.size, seconds };
			}
		}
		await pause(LOOK_MS);
	}
}

function waitingIn({ specter }: Sandbox): string[] {
	const { stockQueue, articleQueue, orderQueue } = specter;
	return Object.entries({ stock: stockQueue, articles: articleQueue, orders: orderQueue })
		.filter(([, queue]) => queue.pendingCount > 0 || queue.openBatchNo)
		.map(
			([name, { pendingCount, openKeys }]) =>
				`the queue of ${name}: ${pendingCount} pending, ${openKeys.length} in an open batch`,
		);
}
