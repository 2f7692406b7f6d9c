import { readFile } from 'node:fs/promises';
import axios from 'axios';
import { compareOrder } from '../demo/orderCheck';
import { outputOf, type Execution, type SavedWorkflow } from '../host/client';
import { errorQueue, queueKey } from '../host/errorQueue';
import { activateTemplate, registerWebhooks, type Stack } from '../host/stack';
import { FAILED_ORDERS, webhookUrl } from '../host/templates';
import { BAD_ORDER_KINDS, type OrderKind, type OrderRecord } from '../sandbox';
import { sharedStack } from './sharedN8n';

jest.setTimeout(90_000);

const TEMPLATE = 'vendre-orders-to-specter.json';
const BAD_KINDS = Object.keys(BAD_ORDER_KINDS) as OrderKind[];

let stack: Stack;
let workflow: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack();
	workflow = await activateTemplate(stack, TEMPLATE);
	registerWebhooks(stack, workflow, ['new_order', 'updated_order']);
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

afterEach(() => {
	stack.sandbox.vendre.faults.clear();
	stack.sandbox.specter.faults.clear();
});

/** The name of the template's node of that type (and operation). */
function nodeOf(type: string, resource?: string, operation?: string): string {
	const node = workflow.nodes.find(
		({ type: each, parameters }) =>
			each === type &&
			(resource === undefined || parameters.resource === resource) &&
			(operation === undefined || parameters.operation === operation),
	);
	if (!node)
		throw new Error(`The template has no node ${type} ${resource ?? ''} ${operation ?? ''}`);
	return node.name;
}

/** Waits until the webhooks are delivered and everything that they started has ended. */
async function settled(): Promise<void> {
	await stack.sandbox.vendre.webhooksIdle();
	await stack.client.idle();
}

async function place(kind: OrderKind, options = {}): Promise<OrderRecord> {
	const order = stack.sandbox.vendre.placeOrder(kind, options);
	await settled();
	return order;
}

/** Runs the template's poll once, as its schedule does. */
async function poll(): Promise<Execution> {
	return await stack.client.execute(workflow, nodeOf('n8n-nodes-base.scheduleTrigger'));
}

/** The newest execution of the template. */
async function lastExecution(): Promise<Execution> {
	const { results } = await stack.client.executions({ workflowId: workflow.id, limit: 1 });
	return await stack.client.execution(results[0].id);
}

function problemsOf({ id }: OrderRecord): string[] {
	return compareOrder(stack.sandbox, id).problems;
}

describe('the way of an order', () => {
	it('brings a webhook’s order into Specter and its number back (F1, O4)', async () => {
		const order = await place('person');
		expect(problemsOf(order)).toEqual([]);
	});

	it('makes one order of a webhook that is delivered twice', async () => {
		const order = await place('company', { repeat: 2 });
		expect(problemsOf(order)).toEqual([]);
	});

	it('leaves Specter alone when the shop reports an order that has its number', async () => {
		const { vendre, specter } = stack.sandbox;
		const order = await place('person');
		specter.clearCalls();
		vendre.sendWebhook('updated_order', order.id);
		await settled();
		expect(vendre.webhooks.deliveries.at(-1)).toMatchObject({ recordId: order.id, status: 200 });
		expect(specter.calls).toEqual([]);
	});

	it('catches by its poll the order whose webhook was lost', async () => {
		const order = await place('person', { webhook: false });
		expect(stack.sandbox.specter.ordersFor(order.id)).toHaveLength(0);
		await poll();
		expect(problemsOf(order)).toEqual([]);
	});

	it('leaves an unfinished order alone, and takes it when it is finished after later ones', async () => {
		const order = await place('unfinished');
		const later = await place('person');
		await poll();
		expect(problemsOf(later)).toEqual([]);
		expect(stack.sandbox.specter.ordersFor(order.id)).toHaveLength(0);

		stack.sandbox.vendre.faults.add({ on: 'webhook new_order', kind: 'lose' });
		stack.sandbox.vendre.finishOrder(order.id);
		await settled();
		await poll();
		expect(problemsOf(order)).toEqual([]);
	});
});

describe('the calls of one order', () => {
	it.each(['person', 'hundred-rows'] as const)(
		'are few for the kind %s: its customer, then its articles, then itself (O1–O3)',
		async (kind) => {
			const { vendre, specter } = stack.sandbox;
			await settled();
			vendre.clearCalls();
			specter.clearCalls();
			const order = await place(kind);
			expect(problemsOf(order)).toEqual([]);
			const [{ rows }] = specter.ordersFor(order.id);
			expect(specter.calls.length).toBeLessThanOrEqual(2 + Math.ceil(rows.length / 100));
			expect(vendre.calls.length).toBeLessThanOrEqual(3 + Math.ceil(order.products.length / 50));
			expect([...new Set(specter.calls.map(({ action }) => action))]).toEqual([
				'newCustomerSubmit',
				'newArticleSubmit',
				'newOrderSubmit',
			]);
		},
	);
});

describe('a bad order', () => {
	it.each(BAD_KINDS)(
		'of the kind %s is refused before anything is written to Specter',
		async (kind) => {
			const { specter } = stack.sandbox;
			specter.clearCalls();
			const order = await place(kind);
			const failed = outputOf(await lastExecution(), FAILED_ORDERS);
			expect(failed).toEqual([
				expect.objectContaining({
					orderId: order.id,
					reason: expect.stringMatching(/\w+/),
					whatToDo: expect.stringMatching(/\w+/),
				}),
			]);
			expect(specter.calls.map(({ action }) => action)).toEqual([]);
			expect(stack.sandbox.vendre.orders.get(order.id)?.external_id).toBe('');
		},
	);

	it('does not stop the orders beside it', async () => {
		const bad = await Promise.all(
			BAD_KINDS.map(async (kind) => await place(kind, { webhook: false })),
		);
		const good = [
			await place('person', { webhook: false }),
			await place('company', { webhook: false }),
		];
		expect((await poll()).status).toBe('success');
		expect(good.flatMap(problemsOf)).toEqual([]);
		const failed = await errorQueue(stack.client);
		for (const { id } of bad) {
			expect(failed).toContain(queueKey('order', String(id)));
			expect(stack.sandbox.specter.ordersFor(id)).toHaveLength(0);
		}
	});
});

describe('when a system stumbles', () => {
	it('waits as long as Specter asks for', async () => {
		stack.sandbox.specter.faults.add({
			on: 'newOrderSubmit',
			kind: 'status',
			status: 429,
			retryAfter: '2',
		});
		stack.sandbox.specter.clearCalls();
		const order = await place('person');
		expect(problemsOf(order)).toEqual([]);
		const [refused, done] = stack.sandbox.specter.calls.filter(
			({ action }) => action === 'newOrderSubmit',
		);
		expect(refused.status).toBe(429);
		expect(done.at.getTime() - refused.at.getTime()).toBeGreaterThanOrEqual(2_000);
	});

	it.each(['newCustomerSubmit', 'newArticleSubmit', 'newOrderSubmit'])(
		'tries again after a server error on %s',
		async (action) => {
			stack.sandbox.specter.faults.add({ on: action, kind: 'status', status: 500 });
			const order = await place('person');
			expect(problemsOf(order)).toEqual([]);
			expect(stack.sandbox.specter.faults.list()).toEqual([]);
		},
	);

	it('tries again when the shop does not take the number', async () => {
		stack.sandbox.vendre.faults.add({
			on: 'PUT /API/1/orders/\\d+',
			kind: 'status',
			status: 503,
		});
		const order = await place('person');
		expect(problemsOf(order)).toEqual([]);
		expect(stack.sandbox.vendre.faults.list()).toEqual([]);
	});

	it('makes one order where the answer to a stored one never came, and calls it a duplicate', async () => {
		stack.sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'drop-after-commit' });
		const order = await place('person');
		expect(stack.sandbox.specter.faults.list()).toEqual([]);
		expect(stack.sandbox.specter.ordersFor(order.id)).toHaveLength(1);
		const execution = await lastExecution();
		expect(execution.status).toBe('success');
		expect(
			outputOf(execution, nodeOf('n8n-nodes-vendre-specter.specter', 'order', 'create')),
		).toEqual([expect.objectContaining({ outcome: 'duplicate' })]);
		expect(outputOf(execution, FAILED_ORDERS)).toMatchObject([
			{ orderId: order.id, reason: expect.stringContaining('does not tell its own number') },
		]);
	});
});

describe('the webhook address', () => {
	const post = async (secret: string, event = 'new_order') =>
		await axios.post(
			webhookUrl(stack.n8n.url, workflow, event, secret),
			{ id: 1 },
			{
				validateStatus: () => true,
			},
		);
	const executions = async () =>
		(await stack.client.executions({ workflowId: workflow.id })).results[0]?.id;

	it.each([
		['no secret', ''],
		['a wrong secret', 'wrong'],
	])('answers 401 to %s and starts nothing', async (_, secret) => {
		await settled();
		const before = await executions();
		const response = await post(secret);
		expect(response.status).toBe(401);
		await settled();
		expect(await executions()).toBe(before);
	});

	it('starts nothing by a GET', async () => {
		const before = await executions();
		const { webhookSecret } = stack.sandbox.vendre.credentials;
		const response = await axios.get(
			webhookUrl(stack.n8n.url, workflow, 'new_order', webhookSecret),
			{ validateStatus: () => true },
		);
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(await executions()).toBe(before);
	});

	it.each(['json', 'form-urlencoded', 'form-data'] as const)('takes %s', async (format) => {
		const { vendre } = stack.sandbox;
		const { webhookSecret } = vendre.credentials;
		vendre.setWebhook(
			'new_order',
			webhookUrl(stack.n8n.url, workflow, 'new_order', webhookSecret),
			format,
		);
		const order = await place('odd-characters');
		expect(problemsOf(order)).toEqual([]);
	});
});

it('shows no secret in an execution or in n8n’s log, also where a call fails', async () => {
	const { vendre, specter } = stack.sandbox;
	specter.faults.add({ on: 'newCustomerSubmit', kind: 'status', status: 403 });
	specter.clearCalls();
	await place('person');
	const execution = await lastExecution();
	expect(outputOf(execution, FAILED_ORDERS)).toHaveLength(1);

	const shown = JSON.stringify(execution) + (await readFile(stack.n8n.log, 'utf8'));
	const secrets = [
		vendre.credentials.apiKey,
		vendre.credentials.webhookSecret,
		specter.credentials.apiUserKey,
		specter.credentials.integrationKey,
		...specter.calls.map(({ params }) => params.key),
	];
	expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
});
