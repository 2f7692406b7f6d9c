import axios from 'axios';
import { compareOrder } from '../demo/orderCheck';
import { packPackage } from '../host/pack';
import { startQueueStack } from '../host/queue';
import { activateTemplate, startStack, type Stack } from '../host/stack';
import { webhookUrl } from '../host/templates';
import { ORDER_KINDS, type OrderKind } from '../sandbox';

/**
 * The same orders through one process of n8n and through queue mode on this machine, each first and each
 * last, so that what else the machine does meanwhile falls on both. Run by hand:
 * `npx tsx test/bench/queueMode.ts 300` (orders).
 */
const ORDERS = Number(process.argv[2] ?? 300);
const WORKERS = 2;
const AT_ONCE = 10;
const POSTERS = 20;
const TIMEOUT_MS = 600_000;
/** n8n's default expression engine costs more than the rest of the workflow. */
const ENGINE = { N8N_EXPRESSION_ENGINE: 'legacy' };

interface Result {
	orders: number;
	'in Specter': number;
	'not as in the shop': number;
	seconds: number;
	'orders per second': number;
	/** Milliseconds in which half of the webhooks, and the slowest one, were answered. */
	'webhook, ms': string;
}

/** Posts every order once, and waits until the shop has a number for each. */
async function measure(stack: Stack): Promise<Result> {
	const { vendre, specter } = stack.sandbox;
	const workflow = await activateTemplate(stack, 'vendre-orders-to-specter.json');
	const { webhookSecret } = vendre.credentials;
	const url = webhookUrl(stack.n8n.webhooksUrl, workflow, 'new_order', webhookSecret);
	const kinds = (Object.keys(ORDER_KINDS) as OrderKind[]).filter((kind) => kind !== 'unfinished');
	const answers: number[] = [];
	const send = async (ids: number[]) => {
		const queue = [...ids];
		await Promise.all(
			Array.from({ length: POSTERS }, async () => {
				for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
					const asked = performance.now();
					await axios.post(url, vendre.orders.get(id));
					answers.push(Math.round(performance.now() - asked));
				}
			}),
		);
		await vendre.until(() => ids.every((id) => vendre.orders.get(id)?.external_id), TIMEOUT_MS);
	};
	const place = (kind: OrderKind) => vendre.placeOrder(kind, { webhook: false }).id;

	// The first execution makes the workflow's tables.
	await send([place('person')]);
	const ids = Array.from({ length: ORDERS }, (_, index) => place(kinds[index % kinds.length]));
	answers.length = 0;
	const started = performance.now();
	await send(ids);
	const seconds = (performance.now() - started) / 1000;
	answers.sort((one, other) => one - other);
	return {
		orders: ORDERS,
		'in Specter': specter.orders.size - 1,
		'not as in the shop': ids.filter((id) => compareOrder(stack.sandbox, id).problems.length > 0)
			.length,
		seconds: Math.round(seconds),
		'orders per second': Number((ORDERS / seconds).toFixed(1)),
		'webhook, ms': `${answers[ORDERS >> 1]}, ${answers[ORDERS - 1]}`,
	};
}

async function measured(start: Promise<Stack>): Promise<Result> {
	const stack = await start;
	try {
		const result = await measure(stack);
		console.log(result);
		return result;
	} finally {
		await stack.stop();
	}
}

async function main(): Promise<void> {
	const tarball = await packPackage();
	const limit = { N8N_CONCURRENCY_PRODUCTION_LIMIT: String(AT_ONCE) };
	const concurrency = AT_ONCE / WORKERS;
	const single = () => measured(startStack(tarball, { n8n: { env: { ...ENGINE, ...limit } } }));
	const queued = () =>
		measured(startQueueStack(tarball, { n8n: { workers: WORKERS, concurrency, env: ENGINE } }));
	const rounds = {
		'one process, first': await single(),
		'queue mode, first': await queued(),
		'queue mode, again': await queued(),
		'one process, again': await single(),
	};
	console.table(rounds);
	const seconds = (mode: string) =>
		Object.entries(rounds)
			.filter(([name]) => name.startsWith(mode))
			.reduce((sum, [, result]) => sum + result.seconds, 0);
	const ratio = seconds('one process') / seconds('queue mode');
	console.log(`Queue mode carried ${ratio.toFixed(2)} times as many orders per second`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
