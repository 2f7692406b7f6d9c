import axios from 'axios';
import { compareOrder } from '../demo/orderCheck';
import type { SavedWorkflow } from '../host/client';
import { activateTemplate, startStack, type Stack } from '../host/stack';
import { webhookUrl } from '../host/templates';
import { ORDER_KINDS, type OrderKind } from '../sandbox';
import { packedNodes } from './environment';

const ORDERS = 300;
const POSTERS = 20;
const TIMEOUT_MS = 600_000;

/**
 * n8n as one would run it for such a load. Its default expression engine makes a new isolate for every
 * execution, which costs four times as much as the rest of the workflow; the other tests run with it.
 */
const ENVIRONMENT = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '10', N8N_EXPRESSION_ENGINE: 'legacy' };

let stack: Stack;
let workflow: SavedWorkflow;

beforeAll(async () => {
	stack = await startStack(packedNodes(), { n8n: { env: ENVIRONMENT } });
	workflow = await activateTemplate(stack, 'vendre-orders-to-specter.json');
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

/** A fixed shuffle: each run delivers in the same wild order. */
function shuffled<T>(values: T[]): T[] {
	const result = [...values];
	let state = 20_240_131;
	for (let index = result.length - 1; index > 0; index--) {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		const other = state % (index + 1);
		[result[index], result[other]] = [result[other], result[index]];
	}
	return result;
}

it(
	`makes ${ORDERS} orders of ${ORDERS} orders that are each posted twice, in any order`,
	async () => {
		const { vendre, specter } = stack.sandbox;
		const kinds = (Object.keys(ORDER_KINDS) as OrderKind[]).filter((kind) => kind !== 'unfinished');
		const ids = Array.from(
			{ length: ORDERS },
			(_, index) => vendre.placeOrder(kinds[index % kinds.length], { webhook: false }).id,
		);
		const url = webhookUrl(stack.n8n.url, workflow, 'new_order', vendre.credentials.webhookSecret);

		const started = Date.now();
		const queue = shuffled([...ids, ...ids]);
		const statuses: number[] = [];
		await Promise.all(
			Array.from({ length: POSTERS }, async () => {
				for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
					const { status } = await axios.post(url, vendre.orders.get(id));
					statuses.push(status);
				}
			}),
		);
		await stack.client.idle();
		console.log(
			`${ORDERS} orders, each posted twice: ${Math.round((Date.now() - started) / 1000)} s`,
		);

		expect(statuses).toHaveLength(2 * ORDERS);
		expect(specter.orders.size).toBe(ORDERS);
		const numbers = ids.map((id) => vendre.orders.get(id)?.external_id);
		expect(new Set(numbers).size).toBe(ORDERS);
		const wrong = ids
			.map((id) => compareOrder(stack.sandbox, id))
			.filter(({ problems }) => problems.length > 0)
			.map(({ order, problems }) => `${order.id}: ${problems.join('; ')}`);
		expect(wrong).toEqual([]);
	},
	TIMEOUT_MS,
);
