import { setTimeout as pause } from 'node:timers/promises';
import { STATUS_ROWS } from '../demo/changes';
import { compareCustomer } from '../demo/catalogueCheck';
import { activateTemplate, registerWebhooks } from '../host/stack';
import { settingsWith, vendreTriggerOf } from '../host/templates';
import type { FaultKind, Sandbox, WebhookEvent } from '../sandbox';
import { Random } from '../sandbox/data/random';
import { examine, type Findings } from './check';
import { errorQueue } from './errorQueue';
import { faultsTaken, letItRain } from './faults';
import type { Intended } from './intended';
import { planActs, type StormSize } from './plan';
import type { Rig } from './rig';

/**
 * The templates look every few minutes; the storm has not so long. Poll triggers look once a minute. An
 * order that many looks find is worked on by all of them.
 */
const CHANGES_EVERY_SECONDS = 10;
const ORDERS_EVERY_SECONDS = 60;
const REPLAY_EVERY_SECONDS = 15;
/** How long a failed record waits for its second try. */
const REPLAY_MINUTES = 0.2;
const REPLAY = 'replay-failed-records.json';
const CALM_MS = 120_000;
/** So long after the last act everything must have come right. */
const QUIET_SECONDS = 240;
const LOOK_MS = 500;
/** A kill waits so long at most for an execution to be under way. */
const BUSY_MS = 5_000;
/**
 * Kills and outages end so early, as shares of the storm: a batch that a killed n8n had in hands is taken
 * up by others only two minutes after it was opened.
 */
const KILLS_UNTIL = 0.6;
const OUTAGES_UNTIL = 0.7;
/** It storms on until so many of the orders are through, so that none of them has it easy, but not for ever. */
const ARRIVED_SHARE = 0.9;
const LONGER_MS = 120_000;

export interface Outcome {
	seed: number;
	orders: number;
	stockChanges: number;
	/** While it stormed. */
	calls: number;
	faults: Map<FaultKind, number>;
	killed: number;
	findings: Findings;
	/** What still waits somewhere, a sentence each. */
	waiting: string[];
	/** Records in the error queue. */
	queued: number;
	/** From the last act until all was right, or until the patience had its end. */
	seconds: number;
	/** Orders without a number in the shop that did not get it when Specter's order queue named them. */
	unhealed: number[];
}

/** Imports and activates what does the whole sync, and waits until goods and customers are in sync. */
async function activateAll({ stack }: Rig): Promise<void> {
	const { vendre, specter } = stack.sandbox;
	const parameters = { 'Map order status': { statuses: { status: STATUS_ROWS } } };
	await activateTemplate(stack, 'specter-changes-to-vendre.json', {
		scheduleSeconds: CHANGES_EVERY_SECONDS,
		parameters,
	});
	await activateTemplate(stack, REPLAY, {
		scheduleSeconds: REPLAY_EVERY_SECONDS,
		parameters: { Settings: await settingsWith(REPLAY, { firstWaitMinutes: REPLAY_MINUTES }) },
	});
	for (const file of [
		'vendre-products-to-specter.json',
		'vendre-customers-to-specter.json',
		'vendre-orders-to-specter.json',
	]) {
		const workflow = await activateTemplate(stack, file, { scheduleSeconds: ORDERS_EVERY_SECONDS });
		const trigger = vendreTriggerOf(workflow);
		if (trigger) registerWebhooks(stack, workflow, trigger.parameters.events as WebhookEvent[]);
	}
	const sent = () => specter.callTotals.get('newArticleSubmit') ?? 0;
	const goods = Math.ceil(vendre.products.size / 100);
	await specter.until(() => sent() >= goods, CALM_MS);
	const customers = () => [...vendre.customers.values()];
	await vendre.until(
		() => customers().every((customer) => compareCustomer(stack.sandbox, customer).length === 0),
		CALM_MS,
	);
	await stack.client.idle();
}

/**
 * Lets it storm over the whole sync and answers with what is not right when it should be: so long after
 * the last act that everything must have come right.
 */
export async function storm(rig: Rig, size: StormSize, seed: number): Promise<Outcome> {
	const { stack } = rig;
	const { sandbox } = stack;
	const random = new Random(seed);
	const { acts, intended } = planActs(sandbox, size, random);
	await activateAll(rig);
	sandbox.vendre.clearCalls();
	sandbox.specter.clearCalls();

	letItRain(sandbox, seed, size.silenceSeconds * 1_000);
	const started = Date.now();
	const until = async (at: number) => await pause(Math.max(0, started + at - Date.now()));
	const times = (count: number, until: number) =>
		Array.from({ length: count }, (_, part) =>
			Math.floor(((part + 0.2 + 0.6 * random.next()) / count) * until * size.seconds * 1_000),
		);

	const kills = times(size.kills, KILLS_UNTIL);
	const outages = [sandbox.vendre, sandbox.specter].flatMap((system) =>
		times(size.outages, OUTAGES_UNTIL).map((at) => ({ at, system })),
	);
	const clockErrors = times(size.clockErrors.length, OUTAGES_UNTIL);
	let killed = 0;
	await Promise.all([
		(async () => {
			for (const { at, make } of acts) {
				await until(at);
				make();
			}
		})(),
		(async () => {
			for (const at of kills) {
				await until(at);
				await busy(rig);
				await rig.kill();
				killed += 1;
				console.log(`${Math.round((Date.now() - started) / 1_000)} s: n8n was killed`);
				await rig.restart();
			}
		})(),
		...clockErrors.map(async (at, index) => {
			await until(at);
			await rig.clock.set(size.clockErrors[index]);
		}),
		...outages.map(async ({ at, system }) => {
			await until(at);
			system.faults.isDown = true;
			await pause(size.outageSeconds * 1_000);
			system.faults.isDown = false;
		}),
	]);
	const soGood = ARRIVED_SHARE * size.orders;
	await sandbox.specter
		.until(() => sandbox.specter.orders.size >= soGood, LONGER_MS)
		.catch(() => {});
	const calls = callsOf(sandbox);
	sandbox.vendre.faults.clear();
	sandbox.specter.faults.clear();

	const outcome = await quiet(rig, intended);
	return {
		...outcome,
		seed,
		killed,
		orders: sandbox.vendre.orders.size,
		stockChanges: size.stockChanges,
		calls,
		faults: faultsTaken(sandbox),
		unhealed: await unhealed(sandbox, outcome.findings.numberless),
	};
}

/** Waits until something is under way in n8n. */
async function busy({ stack }: Rig): Promise<void> {
	const deadline = Date.now() + BUSY_MS;
	while (Date.now() < deadline) {
		const { results } = await stack.client.executions({ status: ['running'], limit: 1 });
		if (results.length > 0) return;
		await pause(LOOK_MS);
	}
}

/** Waits until all is right, or for as long as anybody would. */
async function quiet(
	rig: Rig,
	intended: Intended,
): Promise<Pick<Outcome, 'findings' | 'waiting' | 'queued' | 'seconds'>> {
	const over = Date.now();
	const { sandbox } = rig.stack;
	for (;;) {
		const seconds = Math.round((Date.now() - over) / 1_000);
		const patient = seconds < QUIET_SECONDS;
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

/**
 * Has Specter's order queue name orders whose number the shop does not know: it is the one place that tells
 * it (contract specter §4).
 *
 * @returns the shop numbers of those that have none all the same
 */
async function unhealed({ vendre, specter }: Sandbox, numberless: number[]): Promise<number[]> {
	for (const id of numberless) specter.deliverOrder(specter.ordersFor(id)[0].orderNo);
	const left = () => numberless.filter((id) => vendre.orders.get(id)?.external_id === '');
	await vendre.until(() => left().length === 0, 1_000 * QUIET_SECONDS).catch(() => undefined);
	return left();
}

function callsOf({ vendre, specter }: Sandbox): number {
	return [vendre, specter]
		.flatMap(({ callTotals }) => [...callTotals.values()])
		.reduce((sum, count) => sum + count, 0);
}
