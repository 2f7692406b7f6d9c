import { packPackage } from '../host/pack';
import { outcomeTable } from './outcome';
import { oneProcess } from './rig';
import { longStorm } from './sizes';
import { storm } from './storm';

/** Many executions wait at once: half a minute of silence is a quarter of an hour here. */
const ENVIRONMENT = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '40' };

/**
 * A day of storms, an hour of it in two minutes, with as many orders as one likes. Run by hand:
 * `npx tsx test/chaos/long.ts 5000`. CHAOS_SEED repeats one.
 */
async function main(): Promise<void> {
	const orders = Number(process.argv[2] ?? 5_000);
	const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));
	console.log(`CHAOS_SEED=${seed}`);
	const rig = await oneProcess(await packPackage(), {}, ENVIRONMENT);
	try {
		const outcome = await storm(rig, longStorm(orders), seed);
		console.log(outcomeTable(outcome));
		const { findings, waiting, unhealed } = outcome;
		const { lost, doubled, differing, pending } = findings;
		const wrong = [...lost, ...doubled, ...differing, ...pending, ...waiting];
		for (const line of wrong) console.log(line);
		if (unhealed.length > 0) console.log(`never got their number: ${unhealed.join(', ')}`);
		process.exitCode = wrong.length + unhealed.length === 0 ? 0 : 1;
	} finally {
		await rig.stop();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
