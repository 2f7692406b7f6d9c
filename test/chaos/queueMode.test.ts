import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import { compareStock } from '../demo/changesCheck';
import { compareOrder } from '../demo/orderCheck';
import { outputOf, type Execution, type SavedWorkflow, type Workflow } from '../host/client';
import type { RunningProcess } from '../host/process';
import { startQueueStack, type QueuedN8n } from '../host/queue';
import { activateTemplate, type Stack } from '../host/stack';
import { webhookUrl } from '../host/templates';
import { ORDER_KINDS, type OrderKind } from '../sandbox';
import { enterProducts } from '../sandbox/data/known';
import { packedNodes } from '../e2e/environment';

const ORDERS = 60;
const CHANGES = 100;
const POSTERS = 10;
const SECONDS = 10;
const TIMEOUT_MS = 600_000;
/** So many seconds a batch is left to the execution that opened it; the template's two minutes are long for a test. */
const TAKE_UP_AFTER = 40;
const STOCK_WRITE = 'PUT /API/1/products/\\d+';
const LATENCY_MS = 300;

const TRIGGER = 'Changed Products';
const READING = 'GET /API/1/products/\\d+';
/** Longer than it takes to kill the worker that reads. */
const READS_FOR_MS = 20_000;

let stack: Stack<QueuedN8n>;

beforeAll(async () => {
	stack = await startQueueStack(packedNodes(), {
		sandbox: { products: CHANGES },
		n8n: { env: { N8N_EXPRESSION_ENGINE: 'legacy' } },
	});
}, TIMEOUT_MS);

afterAll(async () => {
	await stack?.stop();
}, 120_000);

/** The worker that runs an execution. */
async function workerOf({ id }: Execution): Promise<RunningProcess> {
	for (;;) {
		for (const worker of stack.n8n.workers) {
			const log = await readFile(worker.log, 'utf8');
			if (log.includes(`Worker started execution ${id} `)) return worker;
		}
		await pause(100);
	}
}

/** The execution of a workflow that has been running longest. */
async function runningOf({ id }: SavedWorkflow): Promise<Execution> {
	const { results } = await stack.client.executions({ workflowId: id, status: ['running'] });
	return results[results.length - 1];
}

/** Kills the worker that runs an execution, starts another, and waits until n8n has seen what happened. */
async function killWorkerOf(execution: Execution): Promise<Execution> {
	const worker = await workerOf(execution);
	await worker.kill();
	const killed = performance.now();
	await stack.n8n.startWorker();
	const ended = await stack.client.finished(execution.id);
	const seconds = Math.round((performance.now() - killed) / 1000);
	console.log(`The execution of a killed worker was told to have failed after ${seconds} s`);
	return ended;
}

it(
	'makes every order once and every stock equal, though webhooks come twice and a worker dies',
	async () => {
		const { vendre, specter } = stack.sandbox;
		enterProducts(stack.sandbox);
		const orders = await activateTemplate(stack, 'vendre-orders-to-specter.json', {
			scheduleSeconds: SECONDS,
		});
		const changes = await activateTemplate(stack, 'specter-changes-to-vendre.json', {
			scheduleSeconds: SECONDS,
			parameters: { 'Get pending stock changes': { options: { takeUpAfter: TAKE_UP_AFTER } } },
		});
		const kinds = (Object.keys(ORDER_KINDS) as OrderKind[]).filter((kind) => kind !== 'unfinished');
		const ids = Array.from(
			{ length: ORDERS },
			(_, index) => vendre.placeOrder(kinds[index % kinds.length], { webhook: false }).id,
		);
		const { webhookSecret } = vendre.credentials;
		const url = webhookUrl(stack.n8n.webhooksUrl, orders, 'new_order', webhookSecret);

		vendre.faults.add({ on: STOCK_WRITE, kind: 'delay', delayMs: LATENCY_MS, times: CHANGES });
		const numbers = [...specter.articles.keys()];
		for (const articleNo of numbers) specter.setStock(articleNo, 700);
		const queue = [...ids, ...ids];
		const posting = Promise.all(
			Array.from({ length: POSTERS }, async () => {
				for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
					expect((await axios.post(url, vendre.orders.get(id))).status).toBe(200);
				}
			}),
		);
		const written = () => [...vendre.products.values()].filter(({ quantity }) => quantity === 700);
		await vendre.until(() => written().length > CHANGES / 4, TIMEOUT_MS);
		const killed = await killWorkerOf(await runningOf(changes));
		expect(killed.status).toBe('error');
		await posting;

		await vendre.until(() => ids.every((id) => vendre.orders.get(id)?.external_id), TIMEOUT_MS);
		// Orders change the stock, so this comes after them.
		await specter.until(
			() => specter.stockQueue.pendingCount === 0 && !specter.stockQueue.openBatchNo,
			TIMEOUT_MS,
		);
		expect(specter.orders.size).toBe(ORDERS);
		expect(ids.flatMap((id) => compareOrder(stack.sandbox, id).problems)).toEqual([]);
		expect(numbers.flatMap((articleNo) => compareStock(stack.sandbox, articleNo))).toEqual([]);
		await stack.client.deactivate(orders);
		await stack.client.deactivate(changes);
		await stack.client.idle();
	},
	TIMEOUT_MS,
);

describe('what the poll trigger hands on', () => {
	let workflow: SavedWorkflow;
	let last = 0;

	/** The trigger, and a node that reads the first product again. */
	function polling(): Workflow {
		const node = (name: string, type: string, x: number, parameters: object) => ({
			id: randomUUID(),
			name,
			type: `n8n-nodes-vendre-specter.${type}`,
			typeVersion: 1,
			position: [x, 0],
			parameters: { resource: 'product', ...parameters },
			credentials: { vendreApi: stack.credentials.vendreApi },
		});
		const pollTimes = { item: [{ mode: 'everyX', value: 23, unit: 'hours' }] };
		const read = { operation: 'get', findBy: 'id', productId: '={{ $json.id }}' };
		return {
			name: 'Polling',
			nodes: [
				node(TRIGGER, 'vendrePollTrigger', 0, { pollTimes }),
				{ ...node('Read', 'vendre', 300, read), executeOnce: true },
			],
			connections: { [TRIGGER]: { main: [[{ node: 'Read', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		};
	}

	/** The execution after the last one that was asked for; the trigger looks until there is one. */
	async function nextExecution(): Promise<Execution> {
		for (;;) {
			const { results } = await stack.client.executions({ workflowId: workflow.id });
			const next = results.reverse().find(({ id }) => Number(id) > last);
			if (next) {
				last = Number(next.id);
				return next;
			}
			// It looks when it is published. An execution may take a moment to be in the list.
			await stack.client.deactivate(workflow);
			await stack.client.activate(workflow);
		}
	}

	async function nextHandOver(): Promise<[status: string, ids: unknown[]]> {
		const { id } = await nextExecution();
		const execution = await stack.client.finished(id);
		return [execution.status, outputOf(execution, TRIGGER).map((item) => item.id)];
	}

	it(
		'is done when a worker has done it, and comes again when it failed or the worker died',
		async () => {
			const { vendre } = stack.sandbox;
			vendre.faults.clear();
			const [first, second, ...others] = [...vendre.products.keys()];
			workflow = await stack.client.createWorkflow(polling());
			expect(await nextHandOver()).toEqual(['success', [first, second, ...others]]);

			vendre.editProduct(first, { price: 123.5 });
			vendre.faults.add({ on: READING, kind: 'status', status: 404 });
			expect(await nextHandOver()).toEqual(['error', [first]]);
			expect(await nextHandOver()).toEqual(['success', [first]]);

			vendre.editProduct(second, { price: 98.5 });
			vendre.faults.add({ on: READING, kind: 'delay', delayMs: READS_FOR_MS });
			const { status } = await killWorkerOf(await nextExecution());
			expect(status).toBe('error');
			vendre.faults.clear();
			expect(await nextHandOver()).toEqual(['success', [second]]);
		},
		TIMEOUT_MS,
	);
});
