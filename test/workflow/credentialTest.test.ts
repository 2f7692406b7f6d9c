import { Readable } from 'node:stream';
import { CredentialTestContext } from 'n8n-core';
import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { specterApiTest } from '../../nodes/Specter/methods/credentialTest';
import { vendreApiTest } from '../../nodes/Vendre/methods/credentialTest';
import { startSandbox, type Sandbox } from '../sandbox';
import { stopClockAt } from './clock';
import { standIn } from './standIn';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 3 })));
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.specter.clearCalls();
	sandbox.vendre.clearCalls();
});

const context = () => new CredentialTestContext() as unknown as ICredentialTestFunctions;
const asStored = (data: object) => ({ data }) as unknown as ICredentialsDecrypted;

const specter = async (changes: object = {}) =>
	await specterApiTest.call(context(), asStored({ ...sandbox.specter.credentials, ...changes }));
const vendre = async (changes: object = {}) =>
	await vendreApiTest.call(context(), asStored({ ...sandbox.vendre.credentials, ...changes }));

/** Tries a credential against a server that answers every call so. */
async function against(
	answer: Parameters<typeof standIn>[0],
	attempt: (url: string) => ReturnType<typeof specter>,
) {
	const server = await standIn(answer);
	const result = await attempt(server.url);
	await server.stop();
	return { ...result, requests: server.requests };
}

describe('Specter', () => {
	test('right keys are accepted, and no call-back is touched', async () => {
		expect(await specter()).toEqual({ status: 'OK', message: 'Specter accepted the keys' });
		expect(sandbox.specter.calls).toHaveLength(1);
		const { action, date, ...rest } = sandbox.specter.calls[0].params;
		expect(action).toBe('checkAccountSettings');
		expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		expect(Object.keys(rest).sort()).toEqual(['apiUserId', 'key', 'sbmId']);
		expect(sandbox.specter.calls[0].method).toBe('GET');
	});

	test('version 1, too', async () => {
		expect(await specter(sandbox.specter.credentialsVersion1)).toMatchObject({ status: 'OK' });
	});

	test.each([
		['2026-01-05T22:59:59Z', '2026-01-05'],
		['2026-01-05T23:00:01Z', '2026-01-06'],
		['2026-07-05T21:59:59Z', '2026-07-05'],
		['2026-07-05T22:00:01Z', '2026-07-06'],
	])('at %s the date in Sweden is %s', async (now, date) => {
		stopClockAt(now);
		await specter();
		expect(sandbox.specter.calls[0].params.date).toBe(date);
	});

	test.each([
		['an integration key', { integrationKey: 'wrong' }],
		['an API user key', { apiUserKey: 'wrong' }],
		['an SBM id', { sbmId: '1' }],
		['a user', { apiUserId: '99' }],
		['a version', { apiVersion: '1' }],
	])('%s that is wrong: Specter’s refusal and what to check', async (_, changes) => {
		const { status, message } = await specter(changes);
		expect(status).toBe('Error');
		expect(message).toContain('Specter refused the keys: Wrong sbmId, key or apiUserId (code 1)');
		expect(message).toContain('Check SBM ID, the two keys, the version and the API user ID');
	});

	test('another answer to a right key than three fields is taken, too', async () => {
		const result = await against(
			() => ({ body: '1;OK' }),
			async (baseUrl) => await specter({ baseUrl }),
		);
		expect(result.status).toBe('OK');
	});

	test.each([
		['a page', { body: '<html>1;</html>' }],
		['a missing page', { status: 404, body: 'Not found' }],
		['an error', { status: 500, body: '1;Done' }],
	])('%s is not Specter', async (_, answer) => {
		const result = await against(
			() => answer,
			async (baseUrl) => await specter({ baseUrl }),
		);
		expect(result.status).toBe('Error');
		expect(result.message).toContain('but not Specter’s API');
	});
});

describe('Vendre', () => {
	test('a right key is accepted, by one product row', async () => {
		expect(await vendre()).toEqual({ status: 'OK', message: 'The shop accepted the API key' });
		expect(sandbox.vendre.calls.map(({ method, path, query }) => [method, path, query])).toEqual([
			['GET', '/API/1/products', { page_size: '1', offset: '0' }],
		]);
	});

	test.each([
		['key', { apiKey: 'wrong' }],
		['header', { authHeader: 'bearer' }],
	])('a wrong %s', async (_, changes) => {
		const { status, message } = await vendre(changes);
		expect(status).toBe('Error');
		expect(message).toMatch(/^The shop refused the API key \(HTTP status 401\)\..*header/);
	});

	test('a key that is refused with HTTP status 200', async () => {
		const result = await against(
			() => ({ body: '{"errors":[{"status":403,"title":"Forbidden"}]}' }),
			async (shopUrl) => await vendre({ shopUrl }),
		);
		expect(result.status).toBe('Error');
		expect(result.message).toContain('The shop refused the API key (HTTP status 403)');
	});

	test('a wrong path', async () => {
		const { message } = await vendre({ apiPath: '/api/1' });
		expect(message).toContain('not Vendre’s API (HTTP status 404). Check the Shop URL');
	});

	test.each([
		['a page', { body: '<html></html>' }],
		['other JSON', { body: '{"products":[]}', headers: { 'content-type': 'application/json' } }],
		['null', { body: 'null', headers: { 'content-type': 'application/json' } }],
	])('%s is no shop', async (_, answer) => {
		const result = await against(
			() => answer,
			async (shopUrl) => await vendre({ shopUrl }),
		);
		expect(result.status).toBe('Error');
		expect(result.message).toContain('not Vendre’s API');
	});
});

describe.each([
	['Specter', specter, 'baseUrl', 'Base URL'],
	['the shop', vendre, 'shopUrl', 'Shop URL'],
] as const)('%s', (_, attempt, field, label) => {
	test('that does not answer', async () => {
		const server = await standIn(() => undefined);
		await server.stop();
		const { status, message } = await attempt({ [field]: server.url });
		expect(status).toBe('Error');
		expect(message).toMatch(/gave no answer\. Nothing listens at the address/);
	});

	test('that is not found', async () => {
		const { message } = await attempt({ [field]: 'https://systems.invalid' });
		expect(message).toMatch(/gave no answer\. No such host: check the address/);
	});

	test.each([
		['http://systems.example', 'must begin with https://'],
		['systems.example', 'is not an address'],
		['', 'is not an address'],
	])('by the address %j: a sentence about the field', async (address, reason) => {
		const { message } = await attempt({ [field]: address });
		expect(message).toContain(`${label} ${reason}`);
	});

	test('that points elsewhere: not followed', async () => {
		const other = await standIn(() => ({ body: '1;1;Done' }));
		const result = await against(
			() => ({ status: 302, headers: { location: other.url } }),
			async (url) => await attempt({ [field]: url }),
		);
		await other.stop();
		expect(result.status).toBe('Error');
		expect(result.requests).toHaveLength(1);
		expect(other.requests).toEqual([]);
	});

	test('no message holds a key', async () => {
		const { specter: account, vendre: shop } = sandbox;
		for (const changes of [{ [field]: 'http://127.0.0.1:9' }, { apiKey: 'secret-1', sbmId: '9' }]) {
			const { message } = await attempt(changes);
			expect(message).not.toContain(account.credentials.apiUserKey);
			expect(message).not.toContain(shop.credentials.apiKey);
			expect(message).not.toContain('secret-1');
			expect(message).not.toContain('key=');
		}
	});
});

describe.each([
	['Specter', specter, 'baseUrl', 'Specter gave no answer'],
	['Vendre', vendre, 'shopUrl', 'The shop gave no answer'],
] as const)('an answer to the test of a credential of %s', (_, attempt, field, noAnswer) => {
	test('that has no end is not read to it', async () => {
		let sent = 0;
		const piece = Buffer.alloc(2 ** 20, ' ');
		const endless = new Readable({
			read() {
				sent += piece.length;
				this.push(piece);
			},
		});
		const result = await against(
			() => ({ body: endless }),
			async (url) => await attempt({ [field]: url }),
		);
		expect(result).toMatchObject({ status: 'Error', requests: [expect.anything()] });
		expect(result.message).toContain(noAnswer);
		expect(sent).toBeLessThan(64 * 2 ** 20);
	});

	test('that begins and then stops is given up in time', async () => {
		const { timeout } = AbortSignal;
		const asked = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(200));
		const beginning = new Readable({ read() {} });
		beginning.push(' ');
		const result = await against(
			() => ({ body: beginning }),
			async (url) => await attempt({ [field]: url }),
		);
		expect(result).toMatchObject({ status: 'Error', requests: [expect.anything()] });
		expect(result.message).toContain('No answer came in time');
		expect(asked).toHaveBeenCalledWith(20_000);
		asked.mockRestore();
	});
});

test('a shop whose lists come wrapped is the shop all the same', async () => {
	const wrapped = JSON.stringify({ data: { list: [], remaining: 0 } });
	const result = await against(
		() => ({ body: wrapped }),
		async (shopUrl) => await vendre({ shopUrl }),
	);
	expect(result).toMatchObject({ status: 'OK' });
});
