import axios from 'axios';
import { compareOrder } from '../demo/orderCheck';
import { packPackage } from '../host/pack';
import { activateTemplate, startStack } from '../host/stack';
import { webhookUrl } from '../host/templates';
import { ORDER_KINDS, type OrderKind } from '../sandbox';

/**
 * Many orders at once through one process of n8n, each posted twice and in any order: how long it takes, and
 * whether each is one order. Run by hand: `npx tsx test/bench/orders.ts 1000` (orders).
 */
const ORDERS = Number(process.argv[2] ?? 1_000);
const POSTERS = 20;

/**
 * n8n as one would run it for such a load. Its default expression engine makes a new isolate for every
 * execution, which costs four times as much as the rest of the workflow.
 */
const ENVIRONMENT = { N8N_CONCURRENCY_PRODUCTION_LIMIT: '10', N8N_EXPRESSION_ENGINE: 'legacy' };

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

async function main(): Promise<void> {
	const stack = await startStack(await packPackage(), { n8n: { env: ENVIRONMENT } });
	const { vendre, specter } = stack.sandbox;
	const workflow = await activateTemplate(stack, 'vendre-orders-to-specter.json');
	const kinds = (Object.keys(ORDER_KINDS) as OrderKind[]).filter((kind) => kind !== 'unfinished');
	const ids = Array.from(
		{ length: ORDERS },
		(_, index) => vendre.placeOrder(kinds[index % kinds.length], { webhook: false }).id,
	);
	const url = webhookUrl(stack.n8n.url, workflow, 'new_order', vendre.credentials.webhookSecret);

	const started = performance.now();
	const queue = shuffled([...ids, ...ids]);
	await Promise.all(
		Array.from({ length: POSTERS }, async () => {
			for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
				await axios.post(url, vendre.orders.get(id));
			}
		}),
	);
	await stack.client.idle();
	console.table({
		'orders, each posted twice': ORDERS,
		'orders in Specter': specter.orders.size,
		'not as in the shop': ids.filter((id) => compareOrder(stack.sandbox, id).problems.length > 0)
			.length,
		seconds: Math.round((performance.now() - started) / 1000),
	});
	await stack.stop();
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
