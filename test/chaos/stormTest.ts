import { packedNodes } from '../e2e/environment';
import { expectAllRight } from './allRight';
import { outcomeTable } from './outcome';
import type { Rig } from './rig';
import { SHORT } from './sizes';
import { storm } from './storm';

const TIMEOUT_MS = 600_000;

/** Repeats what people do, and the kinds of faults; how they meet depends on how fast n8n is. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));

/** Declares the test of the short storm over an n8n of this kind. */
export function stormTest(name: string, start: (tarball: string) => Promise<Rig>): void {
	test(
		`a storm loses nothing and doubles nothing: ${name}`,
		async () => {
			console.log(`${name}: CHAOS_SEED=${SEED}`);
			const rig = await start(packedNodes());
			try {
				const outcome = await storm(rig, SHORT, SEED);
				console.log(outcomeTable(outcome));
				expectAllRight(outcome);
				const { killed, unhealed } = outcome;
				expect({ killed, unhealed }).toEqual({ killed: SHORT.kills, unhealed: [] });
			} finally {
				await rig.stop();
			}
		},
		TIMEOUT_MS,
	);
}
