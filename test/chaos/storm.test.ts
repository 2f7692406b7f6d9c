import { packedNodes } from '../e2e/environment';
import { outcomeTable } from './outcome';
import { oneProcess, queueMode, type Rig } from './rig';
import { SHORT } from './sizes';
import { storm } from './storm';

jest.setTimeout(600_000);

/** Repeats what people do, and the kinds of faults; how they meet depends on how fast n8n is. */
const SEED = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));

test.each<[string, (tarball: string) => Promise<Rig>]>([
	['one process, killed as a whole', oneProcess],
	['queue mode, a worker killed', queueMode],
])('a storm loses nothing and doubles nothing: %s', async (name, start) => {
	console.log(`${name}: CHAOS_SEED=${SEED}`);
	const rig = await start(packedNodes());
	try {
		const outcome = await storm(rig, SHORT, SEED);
		console.log(outcomeTable(outcome));
		const { findings, waiting, killed, unhealed } = outcome;
		expect({ ...findings, waiting, killed, unhealed }).toEqual({
			lost: [],
			doubled: [],
			differing: [],
			pending: [],
			numberless: expect.any(Array),
			waiting: [],
			killed: SHORT.kills,
			unhealed: [],
		});
	} finally {
		await rig.stop();
	}
});
