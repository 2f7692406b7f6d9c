import { appendFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { huntAndEnd, type Stack } from '../host/stack';
import { hunt, secretsOf } from '../host/secretHunt';
import { sharedStack } from './sharedN8n';

jest.setTimeout(60_000);

/** What is planted here must be found, and must not be found by the hunt that ends each test file. */
const PLANTED = `planted-${randomUUID()}`;
const SECRETS = new Map([[PLANTED, 'the planted secret']]);

let stack: Stack;

beforeAll(async () => {
	stack = await sharedStack({ products: 1 });
});

afterAll(async () => {
	await stack?.stop();
});

const huntNow = async (secrets: ReadonlyMap<string, string>) =>
	await hunt(secrets, await stack.n8n.traces());

/** A workflow that gives this text out, once. */
async function execute(text: string): Promise<void> {
	const node = (name: string, type: string, parameters: Record<string, unknown>) => ({
		id: randomUUID(),
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion: type === 'set' ? 3.4 : 1,
		position: [0, 0],
		parameters,
	});
	const workflow = await stack.client.createWorkflow({
		name: 'Plant',
		nodes: [
			node('Start', 'manualTrigger', {}),
			node('Text', 'set', {
				mode: 'raw',
				jsonOutput: `={{ JSON.stringify({ text: ${JSON.stringify(text)}.split('').reverse().join('') }) }}`,
				options: {},
			}),
		],
		connections: { Start: { main: [[{ node: 'Text', type: 'main', index: 0 }]] } },
	});
	const { status } = await stack.client.execute(workflow, 'Start');
	expect(status).toBe('success');
}

test('nothing is found where nothing was planted, and the secrets in use are among what is looked for', async () => {
	await huntNow(SECRETS);
	const { specter, vendre } = stack.sandbox;
	const { apiKey, webhookSecret } = vendre.credentials;
	const { apiUserKey, integrationKey } = specter.credentials;
	for (const secret of [apiKey, webhookSecret, apiUserKey, integrationKey]) {
		expect(secretsOf(stack.sandbox).has(secret)).toBe(true);
	}
});

test('a secret in what a node put out is found, and is not shown', async () => {
	await execute([...PLANTED].reverse().join(''));
	const attempt = huntNow(SECRETS);
	await expect(attempt).rejects.toThrow(/the planted secret stands in .*database\.sqlite/);
	await expect(attempt).rejects.not.toThrow(PLANTED);
});

test('a secret in the log is found', async () => {
	const secret = `logged-${randomUUID()}`;
	await appendFile(stack.n8n.log, `A line with ${secret} in it\n`);
	const attempt = huntNow(new Map([[secret, 'the logged secret']]));
	await expect(attempt).rejects.toThrow(`the logged secret stands in ${stack.n8n.log}`);
});

test.each([
	['a signature', 'getInfo.asp?sbmId=1&key=0123456789abcdef0123456789abcdef&x=1'],
	['a derived secret', `/specter?event=stockChange&secret=${'0123456789abcdef'.repeat(4)}`],
])('%s in an address is found without being known', async (_, address) => {
	const trace = { place: 'a log', content: Readable.from([Buffer.from(`GET ${address}`)]) };
	await expect(hunt(new Map(), [trace])).rejects.toThrow('a signature or secret stands in a log');
});

test('a secret over the border of two pieces is found', async () => {
	const content = Readable.from(
		[PLANTED.slice(0, 9), PLANTED.slice(9)].map((text) => Buffer.from(text)),
	);
	await expect(hunt(SECRETS, [{ place: 'a log', content }])).rejects.toThrow('the planted secret');
});

test('a secret that is found fails the test file, and everything is ended all the same', async () => {
	const { apiKey } = stack.sandbox.vendre.credentials;
	const traces = async () => [
		{ place: 'a log', content: Readable.from([Buffer.from(`X-Authorization: ${apiKey}`)]) },
	];
	const end = jest.fn(async () => {});
	const ending = huntAndEnd({ sandbox: stack.sandbox, n8n: { ...stack.n8n, traces } }, end);
	await expect(ending).rejects.toThrow('the shop’s API key stands in a log');
	expect(end).toHaveBeenCalledTimes(1);
});
