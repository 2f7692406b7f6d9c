import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import { Editor } from '../host/browser';
import { outputOf, type Execution, type SavedWorkflow, type Workflow } from '../host/client';
import { freePort } from '../host/ports';
import { startN8n } from '../host/server';
import { huntAndEnd, startStack, type Stack } from '../host/stack';
import type { CallBackEvent } from '../sandbox';
import { packedNodes } from './environment';
import { LIGHT_EXPRESSIONS } from './sharedN8n';

jest.setTimeout(90_000);

const SCREENSHOTS = path.join(tmpdir(), 'vendre-specter-screenshots');
const TRIGGER = 'Specter Trigger';
const OUTPUTS = ['Article Change', 'Stock Change', 'Order Change', 'Invoice Created'];
/** What a shop's module of its own has in Specter. */
const OTHERS = {
	stockChange: 'https://shop.example/stock',
	orderRemoved: 'https://shop.example/removed?no=$orderNo',
};
const OTHERS_REGISTERED = {
	actionStockChange: OTHERS.stockChange,
	actionRemoveOrder: OTHERS.orderRemoved,
};

let userFolder: string;
let port: number;
let stack: Stack;
let workflow: SavedWorkflow;
let editor: Editor;
/** The call-backs as they stand in Specter while the workflow is active. */
let production: Record<string, string>;

const registered = () => Object.fromEntries(stack.sandbox.specter.callBacks.urls);

/** A workflow of the trigger alone, and a node behind each of its outputs. */
function minimal(): Workflow {
	const node = (name: string, type: string, x: number, y: number) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion: 1,
		position: [x, y],
		parameters: {},
	});
	return {
		name: 'Call-backs',
		nodes: [
			{
				...node(TRIGGER, 'n8n-nodes-vendre-specter.specterTrigger', 0, 0),
				webhookId: randomUUID(),
				parameters: {
					events: ['stockChange', 'invoiceCreated', 'articleChange', 'orderChange'],
					otherCallBacks: OTHERS,
				},
				credentials: { specterApi: stack.credentials.specterApi },
			},
			...OUTPUTS.map((name, index) => node(name, 'n8n-nodes-base.noOp', 400, 160 * index - 240)),
		],
		connections: {
			[TRIGGER]: { main: OUTPUTS.map((name) => [{ node: name, type: 'main', index: 0 }]) },
		},
	};
}

/** The editor's own requests, without waiting for what they bring about. */
async function request(method: 'activate' | 'deactivate'): Promise<void> {
	const { id, versionId } = workflow;
	const response = await editor.page.request.post(
		`${stack.n8n.url}/rest/workflows/${id}/${method}`,
		{ data: { versionId } },
	);
	expect(response.status()).toBe(200);
}

const get = async (url: string) =>
	await axios.get<string>(url, { validateStatus: () => true, responseType: 'text' });
const testUrl = () => production.actionStockChange.replace('/webhook/', '/webhook-test/');

/** The executions since there were so many, oldest first; waits until there are at least `atLeast` of them. */
async function executionsSince(before: number, atLeast: number): Promise<Execution[]> {
	const filter = { workflowId: workflow.id };
	while ((await stack.client.executions(filter)).results.length < before + atLeast) {
		await pause(100);
	}
	await stack.client.idle();
	const { results } = await stack.client.executions(filter);
	const fresh = results.slice(0, results.length - before).reverse();
	return await Promise.all(fresh.map(async ({ id }) => await stack.client.execution(id)));
}

async function executionCount(): Promise<number> {
	await stack.client.idle();
	return (await stack.client.executions({ workflowId: workflow.id })).results.length;
}

/** One call-back of Specter's starts one execution, by its own output. */
async function expectPokeToStart(event: CallBackEvent, output: string): Promise<void> {
	const before = await executionCount();
	stack.sandbox.specter.callBacks.fire(event);
	const [execution] = await executionsSince(before, 1);
	expect(execution.status).toBe('success');
	const filled = OUTPUTS.filter((name) => outputOf(execution, name).length > 0);
	expect(filled).toEqual([output]);
}

beforeAll(async () => {
	await mkdir(SCREENSHOTS, { recursive: true });
	userFolder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-n8n-'));
	port = await freePort();
	stack = await startStack(packedNodes(), {
		sandbox: { products: 3 },
		n8n: { userFolder, port, env: LIGHT_EXPRESSIONS },
	});
	workflow = await stack.client.createWorkflow(minimal());
	await stack.client.activate(workflow);
	production = registered();
	editor = await Editor.open(stack.n8n);
	await editor.openWorkflow(workflow);
}, 240_000);

afterAll(async () => {
	await editor?.close();
	await stack?.stop();
	if (userFolder) await rm(userFolder, { recursive: true, force: true });
});

it('registers every chosen event when the workflow is activated, and leaves the others theirs', () => {
	const trigger = workflow.nodes.find(({ name }) => name === TRIGGER);
	const own = (event: string) =>
		expect.stringContaining(
			`${stack.n8n.url}/webhook/${trigger?.webhookId}/specter?event=${event}&`,
		);
	expect(production).toEqual({
		actionArticleChange: own('articleChange'),
		actionStockChange: own('stockChange'),
		actionOrderChange: own('orderChange'),
		actionNewInvoice: own('invoiceCreated'),
		actionRemoveOrder: OTHERS.orderRemoved,
	});
});

it('shows its events and outputs in the editor, without a warning', async () => {
	await editor.screenshotWorkflow(path.join(SCREENSHOTS, 'Specter-Trigger-canvas.png'));
	expect(await editor.nodesWithIssues()).toEqual([]);
	for (const name of OUTPUTS) {
		const label = editor.page.locator(`[data-test-id="canvas-node-output-handle"]`, {
			hasText: name,
		});
		expect({ name, labels: await label.count() }).toEqual({ name, labels: 1 });
	}
	await editor.openNode(TRIGGER);
	await editor.screenshot(path.join(SCREENSHOTS, 'Specter-Trigger.png'));
	expect(await editor.fieldsWithIssues()).toBe(0);
	await editor.closeNode();
});

describe('while somebody listens for a test event, the production addresses', () => {
	const button = (name: string) =>
		editor.page.locator('[data-test-id="ndv"]').getByRole('button', { name }).first();
	const listen = async () => {
		await editor.openNode(TRIGGER);
		await button('Execute step').click();
		await button('Stop Listening').waitFor();
	};

	it('stay until listening is given up, and after', async () => {
		await listen();
		expect(registered()).toEqual(production);
		await button('Stop Listening').click();
		await button('Execute step').waitFor();
		while ((await get(testUrl())).status !== 404) await pause(100);
		expect(registered()).toEqual(production);
		await editor.closeNode();
	});

	it('stay until the event comes, and after', async () => {
		await listen();
		const before = await executionCount();
		expect((await get(testUrl())).data).toBe('1;Done');
		const [execution] = await executionsSince(before, 1);
		expect([execution.mode, outputOf(execution, TRIGGER, 1)]).toEqual([
			'manual',
			[{ event: 'stockChange', receivedAt: expect.any(String) }],
		]);
		await button('Execute step').waitFor();
		while ((await get(testUrl())).status !== 404) await pause(100);
		expect(registered()).toEqual(production);
		await editor.closeNode();
		await expectPokeToStart('actionStockChange', 'Stock Change');
	});
});

describe('a call-back', () => {
	it.each([
		['actionArticleChange', 'Article Change'],
		['actionStockChange', 'Stock Change'],
		['actionOrderChange', 'Order Change'],
	] as const)('%s starts the workflow by its output', async (event, output) => {
		await expectPokeToStart(event, output);
	});

	it.each(['GET', 'POST'])('brings what it carries by %s, and no secret', async (method) => {
		const before = await executionCount();
		const filledIn = production.actionNewInvoice
			.replace('$orderId', '1001')
			.replace('$invoiceId', '77')
			.replace('$invoiceSource', 'Order');
		const answer = await axios.request<string>({ method, url: filledIn, responseType: 'text' });
		expect([answer.data, answer.headers['content-type']]).toEqual([
			'1;Done',
			expect.stringContaining('text/plain'),
		]);
		const [execution] = await executionsSince(before, 1);
		expect(outputOf(execution, 'Invoice Created')).toEqual([
			{
				event: 'invoiceCreated',
				receivedAt: expect.any(String),
				orderId: '1001',
				invoiceId: '77',
				invoiceSource: 'Order',
			},
		]);
		const secret = new URL(filledIn).searchParams.get('secret') as string;
		expect(JSON.stringify(execution)).not.toContain(secret);
	});

	it.each(['GET', 'POST'])(
		'with a wrong secret is refused by %s and starts nothing',
		async (method) => {
			const before = await executionCount();
			const url = production.actionStockChange.replace(/secret=.*/, 'secret=wrong');
			const answer = await axios.request({ method, url, validateStatus: () => true });
			expect(answer.status).toBe(401);
			expect(await executionCount()).toBe(before);
		},
	);
});

describe('the production addresses', () => {
	it('give way to the other system’s when the workflow is deactivated, and come back', async () => {
		await stack.client.deactivate(workflow);
		expect(registered()).toEqual(OTHERS_REGISTERED);
		await stack.client.activate(workflow);
		expect(registered()).toEqual(production);
	});

	it('stand after a quick deactivation and activation, even with a slow removal', async () => {
		const { specter } = stack.sandbox;
		specter.faults.add({ on: 'checkAccountSettings', kind: 'delay', delayMs: 2_000 });
		for (let count = 0; count < 3; count++) {
			await request('deactivate');
			await request('activate');
		}
		await stack.client.activate(workflow);
		expect(registered()).toEqual(production);
		await expectPokeToStart('actionOrderChange', 'Order Change');
		expect(registered()).toEqual(production);
	});
});

/**
 * n8n itself makes a V8 isolate for every call of a webhook before a node sees it, which takes a tenth of
 * a second and more. So it needs many seconds for a hundred calls, however fast they come.
 */
it('starts a handful of executions for a hundred call-backs', async () => {
	const before = await executionCount();
	const started = Date.now();
	let left = 100;
	await Promise.all(
		Array.from({ length: 10 }, async () => {
			while (left-- > 0) {
				const { status, data } = await get(production.actionStockChange);
				expect([status, data]).toEqual([200, '1;Done']);
			}
		}),
	);
	const seconds = (Date.now() - started) / 1000;
	const executions = await executionsSince(before, 2);
	console.log(
		`100 call-backs, answered in ${seconds.toFixed(1)} s: ${executions.length} executions`,
	);
	// Starts at 0, 1, 3 and 7 seconds, then every four.
	expect(executions.length).toBeLessThanOrEqual(3 + Math.ceil(seconds / 4));
});

it('keeps the production addresses when n8n is restarted, and removes them then', async () => {
	await stack.n8n.stop();
	expect(registered()).toEqual(production);
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
	expect(registered()).toEqual(production);
	await expectPokeToStart('actionStockChange', 'Stock Change');

	await stack.client.deactivate(workflow);
	expect(registered()).toEqual(OTHERS_REGISTERED);
});
