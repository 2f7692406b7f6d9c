import { sleep, type INodeExecutionData, type IPollFunctions, type IRun } from 'n8n-workflow';

/** What has become of an execution. One that did not start has no place to start from any more. */
export type Outcome = 'running' | 'endedWell' | 'failed' | 'notStarted';

/** A sleep cannot be broken off, so a long one would outlive the poll. */
const LONGEST_SLEEP_MS = 1_000;

const WELL: Array<IRun['status']> = ['success', 'waiting'];

/** Items that an execution was started with, and what has become of it. */
export class HandOver {
	outcome: Outcome = 'running';

	private readonly ended: Promise<void>;

	constructor(
		readonly token: string,
		run: Promise<IRun | undefined>,
	) {
		this.ended = run.then(
			(result) => {
				if (result === undefined) this.outcome = 'notStarted';
				else this.outcome = WELL.includes(result.status) ? 'endedWell' : 'failed';
			},
			() => {
				this.outcome = 'notStarted';
			},
		);
	}

	/** Waits for the end of the execution, but no longer than until a time in milliseconds. */
	async endsBy(until: number): Promise<void> {
		while (this.outcome === 'running' && Date.now() < until) {
			await Promise.race([this.ended, sleep(Math.min(LONGEST_SLEEP_MS, until - Date.now()))]);
		}
	}
}

/** The last hand-over of each trigger in this process. */
const last = new Map<string, HandOver>();

const triggersAtWork = new Set<string>();

/** Tells the triggers of all workflows apart. */
function triggerOf(context: IPollFunctions): string {
	return `${context.getWorkflow().id} ${context.getNode().id}`;
}

/**
 * What has become of the execution that a trigger started with this token. One of another process, such
 * as before a restart, may have been killed: it counts as failed.
 */
export function outcomeOf(context: IPollFunctions, token: string): Outcome {
	const handOver = last.get(triggerOf(context));
	return handOver?.token === token ? handOver.outcome : 'failed';
}

/**
 * Starts an execution with the items. By the token it is found again in the state that n8n stores as it
 * starts, which therefore must have been saved before.
 */
export function handOver(
	context: IPollFunctions,
	token: string,
	items: INodeExecutionData[],
): HandOver {
	const done = context.helpers.createDeferredPromise<IRun | undefined>();
	const started = new HandOver(token, done.promise);
	last.set(triggerOf(context), started);
	context.__emit([items], undefined, done);
	return started;
}

/** Does the work of a trigger, unless it is at work already: n8n starts a poll at its time all the same. */
export async function unlessAtWork(
	context: IPollFunctions,
	work: () => Promise<void>,
): Promise<void> {
	const trigger = triggerOf(context);
	if (triggersAtWork.has(trigger)) return;
	triggersAtWork.add(trigger);
	try {
		await work();
	} finally {
		triggersAtWork.delete(trigger);
	}
}
