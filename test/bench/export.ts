import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compareArticle } from '../demo/catalogueCheck';
import { ended, submitForm } from '../host/backfill';
import { packPackage } from '../host/pack';
import { freePort } from '../host/ports';
import { startN8n } from '../host/server';
import { activateTemplate, startStack } from '../host/stack';

/**
 * Exports a whole catalogue by the backfill template in a real n8n that is killed at random points, and
 * tells what it cost. Run by hand: `npx tsx test/bench/export.ts 100000 5` (products, kills).
 */
const PRODUCTS = Number(process.argv[2] ?? 5_000);
const KILLS = Number(process.argv[3] ?? 3);
const ARTICLES_A_CALL = 100;
const TEMPLATE = 'backfill-from-vendre.json';
const PRODUCTS_TEMPLATE = 'vendre-products-to-specter.json';
/** As the poll trigger has them by itself. */
const PRODUCTS_A_RUN = 1_000;
const PRODUCTS_A_PAGE = 250;
const POLL_MS = 2_000;
const HEAP_MB = 350;
const SAMPLE_MS = 250;
/** Until then n8n gives back what its start took. */
const SETTLES_MS = 40_000;
const REPORT_MS = 60_000;

/** Resident memory of a process, in MB; 0 when it is gone. */
async function memory(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

async function main(): Promise<void> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-bench-'));
	const n8n = {
		userFolder,
		port: await freePort(),
		env: { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` },
	};
	const stack = await startStack(await packPackage(), { sandbox: { products: PRODUCTS }, n8n });
	const { vendre, specter } = stack.sandbox;
	const calls = () => specter.callTotals.get('newArticleSubmit') ?? 0;
	const workflow = await activateTemplate(stack, TEMPLATE);
	const start = async (beginAgain: boolean) =>
		(await submitForm(stack.n8n.url, workflow, { what: ['Products'], beginAgain })).page;

	await sleep(SETTLES_MS);
	const before = await memory(stack.n8n.pid);
	let highest = before;
	const sampling = setInterval(
		() => void memory(stack.n8n.pid).then((now) => (highest = Math.max(highest, now))),
		SAMPLE_MS,
	);

	const started = performance.now();
	const seconds = () => Math.round((performance.now() - started) / 1000);
	let page = await start(true);
	const reporting = setInterval(
		() => console.log(`${seconds()} s: ${calls()} calls, ${Math.round(highest)} MB at most`),
		REPORT_MS,
	);
	const whole = Math.ceil(PRODUCTS / ARTICLES_A_CALL);
	const points = Array.from({ length: KILLS }, () => Math.floor(Math.random() * whole));
	for (const point of points.sort((a, b) => a - b)) {
		await specter.until(() => calls() >= point, 3_600_000);
		await stack.n8n.kill();
		console.log(`${seconds()} s: killed after ${calls()} calls`);
		stack.n8n = await startN8n(n8n);
		await ended(page);
		page = await start(false);
	}
	const { title, counts } = await ended(page);
	clearInterval(reporting);
	const took = seconds();
	console.log(title, counts);

	const wrong = [...vendre.products.values()].flatMap((each) =>
		compareArticle(stack.sandbox, each),
	);
	console.table({
		products: PRODUCTS,
		kills: KILLS,
		'article calls': calls(),
		'article calls of an undisturbed run': whole,
		seconds: took,
		'MB before': Math.round(before),
		'MB at most': Math.round(highest),
		'articles in Specter': specter.articles.size,
		'articles that differ': wrong.length,
	});

	specter.clearCalls();
	vendre.clearCalls();
	const again = performance.now();
	await ended(await start(true));
	console.table({
		'second run, seconds': Math.round((performance.now() - again) / 1000),
		'calls to Specter': specter.calls.length,
		'writes to the shop': vendre.writes.size,
	});

	specter.clearCalls();
	vendre.clearCalls();
	const looked = performance.now();
	const minutely = await activateTemplate(stack, PRODUCTS_TEMPLATE, { scheduleSeconds: 60 });
	const executions = async () =>
		(await stack.client.executions({ workflowId: minutely.id })).results;
	const pages = () => vendre.callTotals.get('GET /products') ?? 0;
	const batches = Math.ceil(PRODUCTS / PRODUCTS_A_RUN);
	const isOver = ({ status }: { status: string }) => status === 'success' || status === 'error';
	while ((await executions()).filter(isOver).length < batches) await sleep(POLL_MS);
	const firstLook = Math.round((performance.now() - looked) / 1000);
	// A look that ends by the clock hands on what it has, so a few more executions may follow.
	const looks = async (count: number) => {
		const until = pages() + count * Math.ceil(PRODUCTS / PRODUCTS_A_PAGE);
		await vendre.until(() => pages() > until, 3_600_000);
	};
	await looks(1);
	const handedOn = (await executions()).length;
	await looks(2);
	console.table({
		'first look of the poll, seconds': firstLook,
		'executions of two more looks': (await executions()).length - handedOn,
		'executions that failed': (await executions()).filter(({ status }) => status === 'error')
			.length,
		'calls to Specter': JSON.stringify(Object.fromEntries(specter.callTotals)),
		'writes to the shop': vendre.writes.size,
		'MB at most': Math.round(highest),
	});
	clearInterval(sampling);
	await stack.n8n.stop();
	await stack.sandbox.stop();
	await rm(userFolder, { recursive: true, force: true });
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
