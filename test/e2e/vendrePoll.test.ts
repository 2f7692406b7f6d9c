import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Editor } from '../host/browser';
import { outputOf, type Execution, type SavedWorkflow, type Workflow } from '../host/client';
import { freePort } from '../host/ports';
import { startN8n } from '../host/server';
import { huntAndEnd, startStack, type Stack } from '../host/stack';
import { packedNodes } from './environment';
import { LIGHT_EXPRESSIONS } from './sharedN8n';

jest.setTimeout(180_000);

const SCREENSHOTS = path.join(tmpdir(), 'vendre-specter-screenshots');
const TRIGGER = 'Changed Products';
const RECEIVER = 'Receiver';
const PRODUCTS = 300;

/** Somebody who gets the items, and decides how the execution fares. */
let receiver: Server;
let answer: (response: ServerResponse) => void;

const accept = (response: ServerResponse) => void response.end('{}');
const refuse = (response: ServerResponse) => void response.writeHead(400).end('{}');

let userFolder: string;
let port: number;
let stack: Stack;
let workflow: SavedWorkflow;

/** A workflow of the trigger, and a node that tells the receiver of each execution. */
function minimal(name: string, parameters: Record<string, unknown>): Workflow {
	const node = (displayName: string, type: string, x: number) => ({
		id: randomUUID(),
		name: displayName,
		type,
		position: [x, 0],
	});
	return {
		name,
		nodes: [
			{
				...node(TRIGGER, 'n8n-nodes-vendre-specter.vendrePollTrigger', 0),
				typeVersion: 1,
				parameters: {
					pollTimes: { item: [{ mode: 'everyX', value: 23, unit: 'hours' }] },
					resource: 'product',
					...parameters,
				},
				credentials: { vendreApi: stack.credentials.vendreApi },
			},
			{
				...node(RECEIVER, 'n8n-nodes-base.httpRequest', 300),
				typeVersion: 4.2,
				parameters: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` },
				executeOnce: true,
			},
		],
		connections: { [TRIGGER]: { main: [[{ node: RECEIVER, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

const productIds = () => [...stack.sandbox.vendre.products.keys()];
const handedOn = (execution: Execution) => outputOf(execution, TRIGGER).map(({ id }) => id);

/**
 * The executions of a workflow, oldest first, with their data, when so many have begun and all of them
 * have ended: n8n may answer an activation before the execution that came of it is in its list.
 */
async function executionsOf(of: SavedWorkflow, atLeast = 0): Promise<Execution[]> {
	for (;;) {
		const { results } = await stack.client.executions({ workflowId: of.id });
		if (results.length >= atLeast) {
			return await Promise.all(
				results.reverse().map(async ({ id }) => await stack.client.finished(id)),
			);
		}
		await pause(200);
	}
}

/** Activates the workflow, which polls at once: what was handed on by it, in as many executions. */
async function pollAtActivation(expected: 0 | 1): Promise<Execution[]> {
	const before = (await executionsOf(workflow)).length;
	await stack.client.deactivate(workflow);
	await stack.client.activate(workflow);
	return (await executionsOf(workflow, before + expected)).slice(before);
}

beforeAll(async () => {
	await mkdir(SCREENSHOTS, { recursive: true });
	answer = accept;
	receiver = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
	await once(receiver, 'listening');
	userFolder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-n8n-'));
	port = await freePort();
	stack = await startStack(packedNodes(), {
		sandbox: { products: PRODUCTS },
		n8n: { userFolder, port, env: LIGHT_EXPRESSIONS },
	});
	workflow = await stack.client.createWorkflow(minimal('Once a day', {}));
}, 240_000);

afterAll(async () => {
	await stack?.stop();
	receiver?.closeAllConnections();
	receiver?.close();
	if (userFolder) await rm(userFolder, { recursive: true, force: true });
});

afterEach(() => {
	answer = accept;
	stack.sandbox.vendre.faults.clear();
});

it('hands on all products when it is activated, and none of them again', async () => {
	await stack.client.activate(workflow);
	const executions = await executionsOf(workflow, 1);
	expect(executions.map(({ status }) => status)).toEqual(['success']);
	expect(handedOn(executions[0])).toEqual(productIds());
	expect(await pollAtActivation(0)).toEqual([]);
});

it('shows its parameters in the editor, without a warning', async () => {
	const editor = await Editor.open(stack.n8n);
	try {
		await editor.openWorkflow(workflow);
		expect(await editor.nodesWithIssues()).toEqual([]);
		await editor.openNode(TRIGGER);
		await editor.screenshot(path.join(SCREENSHOTS, 'Vendre-Poll-Trigger.png'));
		expect(await editor.fieldsWithIssues()).toBe(0);
	} finally {
		await editor.close();
	}
});

it('hands an item on again when its execution fails, until one ends well', async () => {
	const [id] = productIds();
	stack.sandbox.vendre.editProduct(id, { price: 123.5 });
	answer = refuse;
	for (let time = 0; time < 2; time += 1) {
		const [failed, ...more] = await pollAtActivation(1);
		expect([failed.status, handedOn(failed), more]).toEqual(['error', [id], []]);
	}
	answer = accept;
	const [done] = await pollAtActivation(1);
	expect([done.status, handedOn(done)]).toEqual(['success', [id]]);
	expect(await pollAtActivation(0)).toEqual([]);
});

it('hands an item on again when n8n was killed before its execution had ended', async () => {
	const [, id] = productIds();
	stack.sandbox.vendre.editProduct(id, { price: 98.5 });
	const reached = new Promise<void>((resolve) => {
		answer = () => resolve();
	});
	await stack.client.deactivate(workflow);
	await stack.client.activate(workflow);
	await reached;
	const killed = (await stack.client.executions({ workflowId: workflow.id })).results[0];
	expect(killed.status).toBe('running');

	await stack.n8n.kill();
	answer = accept;
	const n8n = await startN8n({ userFolder, port, env: LIGHT_EXPRESSIONS });
	Object.assign(stack, {
		n8n,
		client: n8n.client,
		stop: async () =>
			await huntAndEnd(stack, async () => {
				await n8n.stop();
				await stack.sandbox.stop();
			}),
	});
	let again: Execution | undefined;
	while (!again) {
		await pause(200);
		again = (await executionsOf(workflow)).find(({ id: each }) => Number(each) > Number(killed.id));
	}
	expect([again.status, handedOn(again)]).toEqual(['success', [id]]);
	expect(await pollAtActivation(0)).toEqual([]);
});

it('goes on at the times of its schedule, one batch after another', async () => {
	const everyMinute = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
	const batches = await stack.client.createWorkflow(
		minimal('Batches', { ...everyMinute, batchSize: 100 }),
	);
	const later = await stack.client.createWorkflow(
		minimal('Later', { ...everyMinute, firstPoll: 'laterChanges' }),
	);
	await stack.client.activate(batches);
	// At once, because n8n polls again at a second of its own choice within the next minute.
	expect((await executionsOf(batches, 1)).map(handedOn)).toEqual([productIds().slice(0, 100)]);
	// So that taking stock is not done when the time of the activation is up.
	stack.sandbox.vendre.faults.add({ on: 'GET /products', kind: 'delay', delayMs: 7_500 });
	await stack.client.activate(later);
	expect(await executionsOf(later)).toEqual([]);

	const count = async (of: SavedWorkflow) =>
		(await stack.client.executions({ workflowId: of.id })).results.length;
	while ((await count(batches)) < 3 || (await count(later)) < 1) await pause(500);
	expect((await executionsOf(batches)).flatMap(handedOn)).toEqual(productIds());
	const [stored, ...more] = await executionsOf(later);
	expect([stored.status, handedOn(stored), more]).toEqual(['success', [], []]);
	expect(outputOf(stored, RECEIVER)).toEqual([]);
	await stack.client.deactivate(batches);
	await stack.client.deactivate(later);
});
