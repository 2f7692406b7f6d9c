import { randomUUID } from 'node:crypto';
import {
	sleep,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
	type NodeApiError,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { toNodeError } from '../../shared/items';
import { newestRows } from '../transport/lists';
import { shopOf } from '../transport/shop';
import { handOver, outcomeOf, unlessAtWork, type Outcome } from './handOver';
import { itemsOf, type Change } from './items';
import { ListScan, NewestScan } from './listScan';
import { settingsOf, type PollSettings } from './settings';
import { readingOf, sightingOf, type Sighting } from './sighting';
import { PollState, type Pending } from './state';

/** How many of the newest records a test run in the editor shows. */
const EXAMPLES = 10;
/** For versions of n8n that do not tell how long a poll may take. */
const USUAL_BUDGET_MS = 30_000;
/** Somebody waits for the activation of a workflow, and n8n for all of them when it starts. */
const ACTIVATION_BUDGET_MS = 10_000;
/** Activations that n8n makes of itself: as it starts, and as another main takes over. */
const BY_N8N_ITSELF: readonly WorkflowActivateMode[] = ['init', 'leadershipChange'];
/** The part of its time in which a poll reads on, and the part after which it waits for no execution. */
const READING_SHARE = 0.7;
const WAITING_SHARE = 0.9;
/** An execution that has run for so long is not waited for any more, and its records come again. */
const LONGEST_RUN_MS = 24 * 3_600_000;
/** So many ids are named in the log. */
const MOST_IDS_TOLD = 50;

/** The newest records, as they would be handed on. Nothing is taken for handed on. */
export async function examples(context: IPollFunctions): Promise<INodeExecutionData[]> {
	const settings = settingsOf(context);
	const shop = await shopOf(context);
	const readAt = new Date();
	const rows = await newestRows(context, settings.list, EXAMPLES);
	const changes = rows.flatMap((row): Change[] => {
		const sighting = sightingOf(settings.list, row, settings.fields);
		return sighting ? [{ ...readingOf(settings.list, row, sighting), readAt, change: 'new' }] : [];
	});
	return (await itemsOf(context, changes, settings, shop)).map(({ item }) => item);
}

/** n8n gives a trigger one context from its activation on, and polls once with it to activate. */
const pollsAgain = new WeakSet<IPollFunctions>();

/** A poll of n8n's own scheduler has a context of its own, in the mode "update". */
function isActivation(context: IPollFunctions): boolean {
	if (pollsAgain.has(context)) return false;
	pollsAgain.add(context);
	return context.getActivationMode() !== 'update';
}

/**
 * Polls, and where n8n has activated the workflow of itself, does not fail for it nor take long: n8n would
 * leave the trigger inactive for good, also after its next starts, until somebody publishes it again. A
 * shop that is down while n8n starts is read by the next poll.
 * @throws {NodeApiError} when the list cannot be read and nothing was found before
 */
export async function poll(context: IPollFunctions): Promise<void> {
	const asActivation = isActivation(context);
	const work = pollOnce(context, asActivation);
	if (!asActivation || !BY_N8N_ITSELF.includes(context.getActivationMode())) return await work;
	const quiet = work.catch((error: Error) => {
		context.logger.warn(
			`The first poll after the start failed, the next one reads the list: ${error.message}`,
		);
	});
	await Promise.race([quiet, sleep(ACTIVATION_BUDGET_MS)]);
}

/**
 * Hands on what is new or changed in the shop since it was last handed on, in executions of their own,
 * and takes it for handed on when its execution has ended well. One pass over the list at most, as far as
 * the time goes; the next poll goes on from there. Contract vendre §1: the shop cannot be asked for changes.
 * @throws {NodeApiError} when the list cannot be read and nothing was found before
 */
async function pollOnce(context: IPollFunctions, asActivation: boolean): Promise<void> {
	await unlessAtWork(context, async () => {
		const settings = settingsOf(context);
		const shop = await shopOf(context);
		const state = stateOf(context, settings, shop);
		try {
			await new Poll(context, settings, shop, state, asActivation).run();
		} finally {
			state.save();
		}
	});
}

function stateOf(context: IPollFunctions, { resource }: PollSettings, shop: string): PollState {
	return new PollState(context.getWorkflowStaticData('node'), `${resource} ${shop}`);
}

/** What a row has to tell; undefined where that was handed on already. */
function changeIn(
	row: IDataObject,
	sighting: Sighting,
	{ list }: PollSettings,
	state: PollState,
): Omit<Change, 'readAt'> | undefined {
	if (state.isQuiet(sighting)) return undefined;
	const reading = readingOf(list, row, sighting);
	if (state.isQuiet(reading)) return undefined;
	return { ...reading, change: state.isKnown(reading.id) ? 'changed' : 'new' };
}

/** One poll of an active workflow. */
class Poll {
	/** Times in milliseconds. */
	private readonly readsUntil: number;
	private readonly waitsUntil: number;
	/** What is not handed on yet. */
	private found: Change[] = [];

	constructor(
		private readonly context: IPollFunctions,
		private readonly settings: PollSettings,
		private readonly shop: string,
		private readonly state: PollState,
		private readonly isActivation: boolean,
	) {
		const budget = this.isActivation
			? ACTIVATION_BUDGET_MS
			: (context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS);
		this.readsUntil = Date.now() + budget * READING_SHARE;
		this.waitsUntil = Date.now() + budget * WAITING_SHARE;
	}

	async run(): Promise<void> {
		const { context, settings, state } = this;
		if (state.pending && this.settle() === 'running') return;

		const isFirst = !state.hasPassed;
		state.offset ??= 0;
		const scan = settings.newest
			? new NewestScan(context, settings.list, settings.newest)
			: new ListScan(context, settings.list, state.offset);
		if (!(await this.readOn(scan))) return;

		if (scan.isAtEnd) this.endPass(scan);
		if (this.found.length > 0) await this.handOn();
		else if (isFirst && scan.isAtEnd && settings.onlyLater && !this.isActivation) {
			// n8n stores what was taken note of at the end of the activation, or else with an execution only.
			state.save();
			context.__emit([[]]);
		}
	}

	/**
	 * Reads rows until the end of the list or of the time, and hands on every full batch.
	 * @returns whether the poll goes on
	 */
	private async readOn(scan: ListScan | NewestScan): Promise<boolean> {
		const { context, settings, state } = this;
		const from = state.offset ?? 0;
		try {
			for await (const { rows, readAt, next } of scan.pages()) {
				for (const row of rows) {
					this.look(row, readAt);
					if (this.found.length >= settings.batchSize && !(await this.handOn())) return false;
				}
				state.offset = next;
				if (next > from && Date.now() >= this.readsUntil) break;
			}
		} catch (error) {
			if (this.found.length === 0) throw toNodeError(context.getNode(), error) as NodeApiError;
			context.logger.warn(
				`The list of ${settings.list} could not be read to its end, the next poll goes on there: ${(error as Error).message}`,
			);
		}
		return true;
	}

	private look(row: IDataObject, readAt: Date): void {
		const { context, settings, state } = this;
		const sighting = sightingOf(settings.list, row, settings.fields);
		if (!sighting) {
			context.logger.warn(`A row of the shop’s list of ${settings.list} has no ID and is left out`);
			return;
		}
		const change = changeIn(row, sighting, settings, state);
		if (!change) return;
		if (settings.onlyLater && !state.hasPassed && change.change === 'new') state.learn(change);
		else this.found.push({ ...change, readAt });
	}

	private endPass({ isWhole, seen }: ListScan | NewestScan): void {
		const { settings, state } = this;
		// A list without any row is more likely a shop in trouble than one that was emptied.
		state.endPass(isWhole && seen.size > 0 ? seen : undefined);
		if (settings.newest) state.keepNewest(settings.newest);
	}

	/**
	 * Starts an execution with what was found and waits for its end.
	 * @returns whether the poll may go on with what comes after
	 */
	private async handOn(): Promise<boolean> {
		const { context, settings, shop, state } = this;
		const found = this.found;
		this.found = [];
		const told = await itemsOf(context, found, settings, shop);
		if (told.length === 0) return true;

		const token = randomUUID();
		const records = new Map(told.map(({ change }) => [change.id, change.digest]));
		state.pending = { token, since: Date.now(), records };
		state.save();
		const items = told.map(({ item }) => item);
		const started = handOver(context, token, items);
		if (this.isActivation) return false;
		await started.endsBy(this.waitsUntil);
		return ['endedWell', 'failed'].includes(this.settle());
	}

	/** Takes the records of an execution that ended well for handed on, and those of any other not. */
	private settle(): Outcome {
		const { context, state } = this;
		const { token, since } = state.pending as Pending;
		const isOld = Date.now() - since > LONGEST_RUN_MS;
		const seen = outcomeOf(context, token);
		const outcome = seen === 'running' && isOld ? 'failed' : seen;
		if (outcome === 'running') return outcome;
		if (outcome === 'endedWell') {
			state.takenOver();
			return outcome;
		}
		const givenUp = state.notTakenOver();
		if (givenUp.length > 0) {
			context.logger.warn(
				`${givenUp.length} records were handed on for a day and the execution failed each time; they are left until they change: ${givenUp.slice(0, MOST_IDS_TOLD).join(', ')}`,
			);
		}
		return outcome;
	}
}
