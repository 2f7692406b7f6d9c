import '../withoutPauses';
import { startSandbox, type Sandbox } from '../../sandbox';
import { runNode, type Systems } from '../engine';
import { expectNoSecrets } from '../secrets';
import { standIn } from '../standIn';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 1 })));
afterAll(async () => await sandbox.stop());

const STATUSES = [301, 302, 303, 307, 308];

const NODES = {
	specter: {
		address: 'baseUrl',
		parameters: { resource: 'customer', operation: 'createOrUpdate' },
		page: '/putInfo.asp',
	},
	vendre: {
		address: 'shopUrl',
		parameters: { resource: 'order', operation: 'get' },
		page: '/API/1/orders/20001',
	},
} as const;
type System = keyof typeof NODES;

const input = {
	id: 20_001,
	customer: {
		customerOrganizationalForm: 'P',
		firstName: 'Åsa',
		surName: 'Öberg',
		emailAddress: 'asa@post.example',
	},
};

/** Runs a node of the system with another address in its credential. */
async function run(system: System, url: string) {
	const { address, parameters } = NODES[system];
	const systems = {
		...sandbox,
		[system]: { credentials: { ...sandbox[system].credentials, [address]: url } },
	} as unknown as Systems;
	const result = await runNode(systems, system, parameters, [input]);
	expectNoSecrets(sandbox, result);
	return result;
}

describe.each(Object.keys(NODES) as System[])('%s', (system) => {
	const { page } = NODES[system];

	test.each(STATUSES)('status %i to another host is not followed', async (status) => {
		const other = await standIn(() => ({ body: '1;1;Done' }));
		const server = await standIn(() => ({ status, headers: { location: other.url + page } }));
		const { error } = await run(system, server.url);
		expect(error?.message).toContain(`HTTP status ${status}`);
		expect([server.requests.length, other.requests.length]).toEqual([1, 0]);
	});

	test.each(STATUSES)('status %i to another page of the host is not followed', async (status) => {
		const server = await standIn(() => ({ status, headers: { location: '/elsewhere' } }));
		const { error } = await run(system, server.url);
		expect(error?.message).toContain(`HTTP status ${status}`);
		expect(server.requests.map(({ url }) => url.split('?')[0])).toEqual([page]);
	});
});
