import '../withoutPauses';
import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runNode, type Systems } from '../engine';
import { standIn, type RawAnswer } from '../standIn';

const MIB = 2 ** 20;
/** More than is taken, in very few bytes. */
const BOMBS = {
	gzip: gzipSync(Buffer.alloc(40 * MIB)),
	deflate: deflateSync(Buffer.alloc(40 * MIB)),
	br: brotliCompressSync(Buffer.alloc(40 * MIB), {
		params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY },
	}),
};
/** What a system that is given up may have sent by then: the limit, and what buffers on both sides hold. */
const MOST_SENT = 48 * MIB;

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 1 })));
afterAll(async () => await sandbox.stop());

const NODES = {
	specter: {
		address: 'baseUrl',
		parameters: { resource: 'order', operation: 'create' },
		input: {
			order: {
				customerId: '1',
				externalOrderNo: '1001',
				rows: [{ articleNo: 'A', priceExclVAT: '1.00', noOfItems: '1', vatPercent: '25' }],
			},
		},
	},
	vendre: {
		address: 'shopUrl',
		parameters: { resource: 'order', operation: 'get', orderId: 20_001 },
		input: {},
	},
} as const;
type System = keyof typeof NODES;

/** Runs a node of the system against a server that answers so. */
async function ask(system: System, answer: () => RawAnswer | Promise<RawAnswer>) {
	const { address, parameters: chosen, input } = NODES[system];
	const server = await standIn(answer);
	const systems = {
		...sandbox,
		[system]: { credentials: { ...sandbox[system].credentials, [address]: server.url } },
	} as unknown as Systems;
	const { error, items } = await runNode(systems, system, { ...chosen }, [{ ...input }]);
	return { error, items, requests: server.requests };
}

/** Has the tries end after so many milliseconds, and returns what they were to have. */
function withShortDeadline(milliseconds: number): () => number[] {
	const timeout = AbortSignal.timeout.bind(AbortSignal);
	const spy = jest
		.spyOn(AbortSignal, 'timeout')
		.mockImplementation(() => timeout(milliseconds) as AbortSignal);
	return () => spy.mock.calls.map(([asked]) => asked);
}

afterEach(() => jest.restoreAllMocks());

async function* drip() {
	for (;;) {
		yield ' ';
		await pause(20);
	}
}

async function* beginning() {
	yield ' ';
	await new Promise(() => {});
}

/** Whether the one who asked has hung up on every answer. */
async function isLeft(bodies: Readable[]): Promise<boolean> {
	for (let looks = 0; looks < 50 && !bodies.every(({ destroyed }) => destroyed); looks++) {
		await pause(20);
	}
	return bodies.every(({ destroyed }) => destroyed);
}

describe.each(Object.keys(NODES) as System[])('an answer of %s', (system) => {
	const name = { specter: 'Specter', vendre: 'Vendre' }[system];

	test('that is too large is refused, by name, once, and not read to its end', async () => {
		let sent = 0;
		const piece = Buffer.alloc(MIB, ' ');
		const endless = new Readable({
			read() {
				sent += piece.length;
				this.push(piece);
			},
		});
		const { error, requests } = await ask(system, () => ({ body: endless }));
		expect(error?.message).toMatch(
			new RegExp(`^${name} gave an answer larger than 32 MiB to .*(\\(one try\\)|20001)$`),
		);
		expect(error?.description).toContain('check that the address in the credential');
		expect(requests).toHaveLength(1);
		expect(await isLeft([endless])).toBe(true);
		expect(sent).toBeLessThan(MOST_SENT);
	});

	test.each(Object.entries(BOMBS))(
		'that is a bomb of %s is refused as well',
		async (encoding, body) => {
			expect(body.length).toBeLessThan(MIB / 4);
			const headers = { 'content-encoding': encoding };
			const { error, requests } = await ask(system, () => ({ headers, body }));
			expect(error?.message).toContain('larger than 32 MiB');
			expect(requests).toHaveLength(1);
		},
	);

	test.each([
		['drips without an end', drip],
		['begins and then stops', beginning],
	])('that %s is given up at its deadline, and asked for again', async (_, pieces) => {
		const asked = withShortDeadline(200);
		const bodies: Readable[] = [];
		const { error, requests } = await ask(system, () => {
			const body = Readable.from(pieces());
			bodies.push(body);
			return { body };
		});
		expect(error?.message).toContain(`${name} gave no answer to`);
		expect(error?.description).toContain('No answer came in time');
		expect(requests.length).toBeGreaterThan(1);
		expect(asked()[0]).toBe(60_000);
		expect(await isLeft(bodies)).toBe(true);
	});

	test('that never comes is given up as well', async () => {
		withShortDeadline(200);
		const { error } = await ask(system, async () => await new Promise(() => {}));
		expect(error?.description).toContain('No answer came in time');
	});
});

test('a large answer is taken as long as it is below the limit', async () => {
	const filled = JSON.stringify({ id: 20_001, note: 'x'.repeat(31 * MIB) });
	const { items } = await ask('vendre', () => ({ body: filled }));
	expect(items[0].json.id).toBe(20_001);
});

test('of an order whose answer was too large it is told that it may stand in Specter', async () => {
	const { error } = await ask('specter', () => ({ body: Buffer.alloc(33 * MIB, ' ') }));
	expect(error?.message).toContain('larger than 32 MiB');
	expect(error?.description).toContain('may or may not stand in Specter');
});
