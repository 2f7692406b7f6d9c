import { readFileSync } from 'node:fs';
import { compareStock } from '../demo/changesCheck';
import { activateTemplate, startStack, type Stack } from '../host/stack';
import { enterProducts } from '../sandbox/data/known';
import { packedNodes } from './environment';
import { LIGHT_EXPRESSIONS } from './sharedN8n';

const CHANGES = 2_000;
const TIMEOUT_MS = 600_000;
const MOST_GROWTH_MB = 150;
const IDS_PER_CALL = 50;
const ROWS_PER_PAGE = 250;
/** What the nodes may have under way at once, unless the user chooses otherwise. */
const PARALLEL_REQUESTS = 4;
const SAMPLE_MS = 100;
/**
 * V8 lets garbage lie as long as there is room, which would count as memory here. n8n needs some 200 MB
 * when idle; what the changes take beyond 150 MB would not fit.
 */
const ENVIRONMENT = {
	...LIGHT_EXPRESSIONS,
	NODE_OPTIONS: `--max-old-space-size=${200 + MOST_GROWTH_MB}`,
};
/** So many writes are answered slowly, so that it shows how many are under way at once. */
const SLOW = { on: 'PUT /API/1/products/\\d+', kind: 'delay', delayMs: 30, times: 100 } as const;

let stack: Stack;

beforeAll(async () => {
	stack = await startStack(packedNodes(), {
		sandbox: { products: CHANGES },
		n8n: { env: ENVIRONMENT },
	});
	enterProducts(stack.sandbox);
	await activateTemplate(stack, 'specter-changes-to-vendre.json');
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

/** Resident memory of n8n's main process, in MB. */
function memory(): number {
	const status = readFileSync(`/proc/${stack.n8n.pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Changes the stock of every article, has Specter call once, and waits until the shop agrees. */
async function changeAll(plus: number) {
	const { vendre, specter } = stack.sandbox;
	vendre.clearCalls();
	vendre.faults.add(SLOW);
	const before = memory();
	let most = before;
	const sampling = setInterval(() => (most = Math.max(most, memory())), SAMPLE_MS);
	const started = performance.now();
	const numbers = [...specter.articles.keys()];
	specter.faults.add({ on: 'callback actionStockChange', kind: 'lose', times: CHANGES - 1 });
	for (const articleNo of numbers) specter.setStock(articleNo, 1000 + plus);
	await specter.until(
		() => specter.stockQueue.pendingCount === 0 && !specter.stockQueue.openBatchNo,
		TIMEOUT_MS,
	);
	const seconds = (performance.now() - started) / 1000;
	await stack.client.idle();
	clearInterval(sampling);
	const wrong = numbers.flatMap((articleNo) => compareStock(stack.sandbox, articleNo));
	expect(wrong).toEqual([]);
	return {
		seconds: Math.round(seconds),
		growth: Math.round(most - before),
		lookUps: vendre.callTotals.get('GET /products') ?? 0,
		writes: [...vendre.writes.values()],
		atOnce: vendre.mostAtOnce,
	};
}

test(
	`${CHANGES} changed articles cost one write each, few look-ups and little memory`,
	async () => {
		const cold = await changeAll(1);
		const warm = await changeAll(2);
		for (const [name, { writes, ...figures }] of Object.entries({ cold, warm })) {
			console.log(`${CHANGES} stock changes, ${name}`, { ...figures, writes: writes.length });
			expect(writes.length).toBeLessThanOrEqual(CHANGES);
			expect(Math.max(...writes)).toBe(1);
			expect(figures.growth).toBeLessThan(MOST_GROWTH_MB);
			expect(figures.atOnce).toBe(PARALLEL_REQUESTS);
		}
		expect(cold.lookUps).toBeLessThanOrEqual(CHANGES / ROWS_PER_PAGE + 1);
		expect(warm.lookUps).toBeLessThanOrEqual(CHANGES / IDS_PER_CALL);
	},
	TIMEOUT_MS,
);
