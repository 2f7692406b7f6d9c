import { setTimeout as pause } from 'node:timers/promises';
import type { FaultKind, Sandbox } from '../sandbox';
import { Random } from '../sandbox/data/random';
import { activateAll } from './activate';
import { faultsTaken, letItRain } from './faults';
import { planActs, type StormSize } from './plan';
import { quiet, type Quiet } from './quiet';
import type { Rig } from './rig';

/** A kill waits so long at most for an execution to be under way. */
const BUSY_MS = 5_000;
const LOOK_MS = 500;
/**
 * Kills and outages end so early, as shares of the storm: a batch that a killed n8n had in hands is taken
 * up by others only two minutes after it was opened.
 */
const KILLS_UNTIL = 0.6;
const OUTAGES_UNTIL = 0.7;
/** It storms on until so many of the orders are through, so that none of them has it easy, but not for ever. */
const ARRIVED_SHARE = 0.9;
const LONGER_MS = 120_000;

/** What the storm did and what it left. */
export interface Outcome extends Quiet {
	seed: number;
	orders: number;
	stockChanges: number;
	/** While it stormed. */
	calls: number;
	faults: Map<FaultKind, number>;
	killed: number;
	/** Orders without a number in the shop that did not get it when Specter's order queue named them. */
	unhealed: number[];
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
	await activateAll(rig, size.looks);
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
			await rig.clock?.set(size.clockErrors[index]);
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

	const outcome = await quiet(rig, intended, size.patienceSeconds);
	return {
		...outcome,
		seed,
		killed,
		orders: sandbox.vendre.orders.size,
		stockChanges: size.stockChanges,
		calls,
		faults: faultsTaken(sandbox),
		unhealed: await unhealed(sandbox, outcome.findings.numberless, size.patienceSeconds),
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

/**
 * Has Specter's order queue name orders whose number the shop does not know: it is the one place that tells
 * it (contract specter §4).
 *
 * @returns the shop numbers of those that have none all the same
 */
async function unhealed(
	{ vendre, specter }: Sandbox,
	numberless: number[],
	patienceSeconds: number,
): Promise<number[]> {
	for (const id of numberless) specter.deliverOrder(specter.ordersFor(id)[0].orderNo);
	const left = () => numberless.filter((id) => vendre.orders.get(id)?.external_id === '');
	await vendre.until(() => left().length === 0, 1_000 * patienceSeconds).catch(() => undefined);
	return left();
}

function callsOf({ vendre, specter }: Sandbox): number {
	return [vendre, specter]
		.flatMap(({ callTotals }) => [...callTotals.values()])
		.reduce((sum, count) => sum + count, 0);
}
