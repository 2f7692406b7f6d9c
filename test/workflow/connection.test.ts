import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 1 })));
afterAll(async () => await sandbox.stop());

const customer = {
	customerOrganizationalForm: 'P',
	firstName: 'Åsa',
	surName: 'Öberg',
	emailAddress: 'asa@post.example',
};

/** Sends one customer to Specter, or reads one order from the shop, with other credentials. */
const specter = async (credentials: IDataObject) =>
	await run('specter', { ...sandbox.specter.credentials, ...credentials });
const vendre = async (credentials: IDataObject) =>
	await run('vendre', { ...sandbox.vendre.credentials, ...credentials });

async function run(system: 'specter' | 'vendre', credentials: IDataObject) {
	const systems = { ...sandbox, [system]: { credentials } } as unknown as Systems;
	const parameters =
		system === 'specter'
			? { resource: 'customer', operation: 'createOrUpdate' }
			: { resource: 'order', operation: 'get' };
	const result = await runNode(systems, system, parameters, [{ customer, id: 20_001 }]);
	expectNoSecrets(sandbox, result);
	return result;
}

/** An address at which nothing listens. */
async function closedAddress(): Promise<string> {
	const server = await standIn(() => undefined);
	await server.stop();
	return server.url;
}

describe.each([
	['Specter', specter, 'baseUrl', 'Base URL', 'Specter gave no answer to newCustomerSubmit'],
	['the shop', vendre, 'shopUrl', 'Shop URL', 'Vendre gave no answer to GET orders/20001'],
] as const)('%s cannot be reached', (_, reach, field, label, silent) => {
	test('nothing listens there', async () => {
		const { error } = await reach({ [field]: await closedAddress() });
		expect(error?.message).toBe(`${silent} (6 tries)`);
		expect(error?.description).toContain('Nothing listens at the address');
	});

	test('it closes every connection', async () => {
		const server = await standIn(() => undefined);
		const { error } = await reach({ [field]: server.url });
		await server.stop();
		expect(error?.message).toBe(`${silent} (6 tries)`);
		expect(error?.description).toContain('The connection broke');
		expect(server.requests).toHaveLength(6);
	});

	test('http to another machine is refused at once, in words of the credential', async () => {
		const { error } = await reach({ [field]: 'http://systems.example' });
		expect(error?.message).toBe(
			`${label} must begin with https:// (http is accepted for this machine only)`,
		);
	});

	test('what stands there is no address', async () => {
		const { error } = await reach({ [field]: 'systems.example' });
		expect(error?.message).toBe(`${label} is not an address: write it as https://host`);
	});

	test('another address that it points to is not asked, and sees no credential', async () => {
		const other = await standIn(() => ({ body: '1;1;Done' }));
		const server = await standIn(() => ({
			status: 307,
			headers: { location: `${other.url}/putInfo.asp` },
		}));
		const { error } = await reach({ [field]: server.url });
		await Promise.all([server.stop(), other.stop()]);
		expect(error?.message).toContain('HTTP status 307');
		expect(server.requests).toHaveLength(1);
		expect(other.requests).toEqual([]);
	});

	test('a page in its place is not understood', async () => {
		const server = await standIn(() => ({ body: '<html><title>Parked domain</title></html>' }));
		const { error } = await reach({ [field]: server.url });
		await server.stop();
		expect(error?.message).toContain('HTTP status 200');
		expect(error?.description).toMatch(/Base URL|Shop URL/);
	});
});

describe('keys that are wrong', () => {
	test('Specter’s refusal is shown with its code', async () => {
		const { error } = await specter({ integrationKey: 'wrong' });
		expect(error?.message).toContain('Wrong sbmId, key or apiUserId (code 1)');
	});

	test('the shop’s refusal is shown with what to check', async () => {
		const { error } = await vendre({ apiKey: 'wrong' });
		expect(error?.message).toBe(
			'Vendre answered GET orders/20001 with HTTP status 401: The API key is missing or wrong',
		);
		expect(error?.description).toContain('Check the API key and the authorization header');
		expect(error?.httpCode).toBe('401');
	});

	test('the wrong header, too', async () => {
		const { error } = await vendre({ authHeader: 'bearer' });
		expect(error?.httpCode).toBe('401');
	});

	test('a wrong API path is told by the shop’s answer', async () => {
		const { error } = await vendre({ apiPath: '/api/v9' });
		expect(error?.httpCode).toBe('404');
		expect(error?.description).toContain('the API path in the credential is wrong');
	});
});
