import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { compareArticle, compareCustomer } from '../demo/catalogueCheck';
import { compareOrder } from '../demo/orderCheck';
import { ended, submitForm, type Answers, type Progress } from '../host/backfill';
import { Editor } from '../host/browser';
import type { SavedWorkflow } from '../host/client';
import { freePort } from '../host/ports';
import { startN8n } from '../host/server';
import { activateTemplate, huntAndEnd, startStack, type Stack } from '../host/stack';
import { changeRows } from '../host/tables';
import { settingsWith } from '../host/templates';
import { BAD_ORDER_KINDS, ORDER_KINDS, type OrderKind, type ProductRecord } from '../sandbox';
import { packedNodes } from './environment';
import { LIGHT_EXPRESSIONS } from './sharedN8n';

jest.setTimeout(180_000);

const TEMPLATE = 'backfill-from-vendre.json';
const TABLE = 'vendre products in specter';
const ASK = 'clearArticleBatch';
const SCREENSHOTS = path.join(tmpdir(), 'vendre-specter-screenshots');
const PRODUCTS = 120;
const PRODUCTS_A_PAGE = 20;
const ALL: Answers['what'] = ['Products', 'Customers', 'Orders'];
const GOOD_KINDS = (Object.keys(ORDER_KINDS) as OrderKind[]).filter(
	(kind) => kind !== 'unfinished',
);
const BAD_KINDS = Object.keys(BAD_ORDER_KINDS) as OrderKind[];
/** A whole page takes longer than this, so that something can happen before the next one. */
const SLOW = { on: 'newArticleSubmit', kind: 'delay', delayMs: 1_000, times: Infinity } as const;

let stack: Stack;
let workflow: SavedWorkflow;
let userFolder: string;
let port: number;
let good: number[];
let bad: number[];

beforeAll(async () => {
	await mkdir(SCREENSHOTS, { recursive: true });
	userFolder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-n8n-'));
	port = await freePort();
	stack = await startStack(packedNodes(), {
		sandbox: { products: PRODUCTS },
		n8n: { userFolder, port, env: LIGHT_EXPRESSIONS },
	});
	const { vendre } = stack.sandbox;
	const place = (kind: OrderKind) => vendre.placeOrder(kind, { webhook: false }).id;
	good = GOOD_KINDS.map(place);
	bad = BAD_KINDS.map(place);
	place('unfinished');
	workflow = await activateTemplate(stack, TEMPLATE, {
		parameters: { Settings: await settingsWith(TEMPLATE, { productsAPage: PRODUCTS_A_PAGE }) },
	});
}, 240_000);

afterAll(async () => {
	if (stack) {
		await huntAndEnd(stack, async () => {
			await stack.n8n.stop();
			await stack.sandbox.stop();
		});
	}
	if (userFolder) await rm(userFolder, { recursive: true, force: true });
});

beforeEach(() => {
	stack.sandbox.vendre.clearCalls();
	stack.sandbox.specter.clearCalls();
});

afterEach(() => {
	stack.sandbox.vendre.faults.clear();
	stack.sandbox.specter.faults.clear();
});

async function start(answers: Answers): Promise<string> {
	return (await submitForm(stack.n8n.url, workflow, answers)).page;
}

async function run(answers: Answers): Promise<Progress> {
	return await ended(await start(answers));
}

/** Changes the price of every product, so that there is something to send again. */
function changeAllPrices(): void {
	const { vendre } = stack.sandbox;
	for (const { id, price } of [...vendre.products.values()])
		vendre.editProduct(id, { price: price + 1 });
}

/** How often Specter was asked to report all stock again. */
const asked = () => stack.sandbox.specter.callTotals.get(ASK) ?? 0;

/** The number that a rename of the product was to give it, as far as its end is not known. */
async function renamingTo({ id }: ProductRecord): Promise<unknown> {
	const rows = (await stack.client.tableRows(TABLE)) ?? [];
	return rows.find(({ productId }) => productId === id)?.renamingTo;
}

const articleCalls = () => stack.sandbox.specter.callTotals.get('newArticleSubmit') ?? 0;
const until = async (calls: number) => {
	await stack.sandbox.specter.until(() => articleCalls() >= calls, 60_000);
};

/** What of the shop's products does not stand in Specter as the shop has it. */
const differing = () =>
	[...stack.sandbox.vendre.products.values()].flatMap((product) =>
		compareArticle(stack.sandbox, product),
	);

describe('a dry run', () => {
	it('tells what would happen and why, and writes nothing in either system', async () => {
		const { vendre, specter } = stack.sandbox;
		const without = [...vendre.customers.values()].filter((each) => each.external_id === '').length;
		const { title, hint, counts, lines } = await run({ what: ALL, dryRun: true });

		expect({ title, hint }).toEqual({
			title: 'Dry run finished',
			hint: 'Nothing was written to Specter or the shop.',
		});
		expect(counts).toEqual({
			Products: [PRODUCTS, PRODUCTS, PRODUCTS, 0, 0, 0],
			Customers: [
				vendre.customers.size,
				vendre.customers.size,
				without,
				vendre.customers.size - without,
				0,
				0,
			],
			Orders: [vendre.orders.size, vendre.orders.size, good.length, 0, 1, bad.length],
		});
		const failed = lines.filter(([, , , outcome]) => outcome === 'failed');
		expect(failed.map(([, id]) => Number(id)).sort()).toEqual([...bad].sort());
		for (const [, , , , why, whatToDo] of failed) {
			expect(why).toMatch(/\w+/);
			expect(whatToDo).toMatch(/\w+/);
		}
		expect(lines.filter(([, , , outcome]) => outcome === 'would be skipped')).toEqual([
			expect.arrayContaining(['Orders', 'The customer has not finished the order']),
		]);
		expect(specter.calls).toEqual([]);
		expect([...vendre.writes]).toEqual([]);
	});

	it('leaves out the orders that were placed before the day that was entered', async () => {
		const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
		const { counts, lines } = await run({ what: ['Orders'], ordersFrom: tomorrow, dryRun: true });
		const orders = stack.sandbox.vendre.orders.size;
		expect(counts).toEqual({ Orders: [orders, orders, 0, 0, orders, 0] });
		expect(lines.filter(([, , , , why]) => why.includes(tomorrow))).toHaveLength(orders - 1);
	});
});

describe('a real run', () => {
	it('brings everything to Specter once, and its numbers to the shop', async () => {
		const { vendre, specter } = stack.sandbox;
		const { title, hint, counts } = await run({ what: ALL });
		expect({ title, hint }).toMatchObject({ title: 'Finished' });
		expect(counts.Orders).toEqual([
			vendre.orders.size,
			vendre.orders.size,
			good.length,
			0,
			1,
			bad.length,
		]);
		expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, PRODUCTS, 0, 0, 0]);
		expect(differing()).toEqual([]);
		expect(good.flatMap((id) => compareOrder(stack.sandbox, id).problems)).toEqual([]);
		expect(specter.orders.size).toBe(good.length);
		const customers = [...vendre.customers.values()];
		expect(customers.flatMap((each) => compareCustomer(stack.sandbox, each))).toEqual([]);
		const numbers = customers.map((customer) => customer.external_id);
		expect(new Set(numbers).size).toBe(numbers.length);
	});

	it('writes nothing when nothing has changed since', async () => {
		const { vendre, specter } = stack.sandbox;
		const { counts } = await run({ what: ALL, beginAgain: true });
		expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, 0, PRODUCTS, 0]);
		expect(specter.calls).toEqual([]);
		expect([...vendre.writes]).toEqual([]);
	});

	it('writes nothing either where the shop’s lists begin with the newest', async () => {
		const { vendre, specter } = stack.sandbox;
		vendre.dialect.listOrder = 'descending';
		const { counts } = await run({ what: ['Products', 'Customers'], beginAgain: true });
		vendre.dialect.listOrder = 'ascending';
		// Some rows come twice where a page begins, none is left out.
		const [looked, total, created, updated, skipped, failed] = counts.Products;
		expect([total, created, updated, skipped, failed]).toEqual([PRODUCTS, 0, 0, looked, 0]);
		expect(looked).toBeGreaterThanOrEqual(PRODUCTS);
		expect(specter.calls).toEqual([]);
		expect([...vendre.writes]).toEqual([]);
	});

	it('sends a changed article number as the rename of the same article', async () => {
		const { vendre, specter } = stack.sandbox;
		const [product] = vendre.products.values();
		const former = product.article_number;
		vendre.editProduct(product.id, { article_number: `${former}-NY` });
		const articles = specter.articles.size;

		const dry = await run({ what: ['Products'], dryRun: true, beginAgain: true });
		expect(dry.lines).toEqual([
			[
				'Products',
				String(product.id),
				`${former}-NY`,
				'would be updated',
				`Its number was ${former}`,
				'',
			],
		]);
		await run({ what: ['Products'], beginAgain: true });
		expect(specter.articles.has(former)).toBe(false);
		expect(specter.articles.size).toBe(articles);
		expect(differing()).toEqual([]);
	});

	it('asks for all stock once a page that changed numbers, and in no other and no dry run (F5)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [, repriced, ...rest] = vendre.products.values();
		const onTwoPages = [...rest.slice(0, 2), ...rest.slice(-1)];
		vendre.editProduct(repriced.id, { price: repriced.price + 1 });
		await run({ what: ['Products'], beginAgain: true });
		expect([articleCalls(), asked()]).toEqual([1, 0]);

		for (const { id, article_number: former } of onTwoPages)
			vendre.editProduct(id, { article_number: `${former}-NY` });
		await run({ what: ['Products'], dryRun: true, beginAgain: true });
		expect(asked()).toBe(0);
		await run({ what: ['Products'], beginAgain: true });
		expect(asked()).toBe(2);
		const stocked = [...specter.articles.values()].filter(({ isStockArticle }) => isStockArticle);
		expect(specter.stockQueue.pendingCount).toBe(stocked.length);
		expect(differing()).toEqual([]);
	});

	it('stops where Specter does not answer to that, and knows which numbers it has (F5)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [, , , , renumbered, refused] = vendre.products.values();
		const { article_number: former } = refused;
		specter.addArticle('UPPTAGET', { name: 'En annan' });
		vendre.editProduct(renumbered.id, { article_number: 'OM-1' });
		vendre.editProduct(refused.id, { article_number: 'UPPTAGET' });
		// Longer than anybody waits, so that it fails at once.
		specter.faults.add({ on: ASK, kind: 'status', status: 429, retryAfter: '300' });
		const { title, hint } = await run({ what: ['Products'], beginAgain: true });
		expect([title, hint]).toEqual(['Stopped', expect.stringContaining('Specter')]);
		expect(await renamingTo(renumbered)).toBe('OM-1');
		expect(await renamingTo(refused)).toBe('');

		// What the products workflow does when it brings the change of the number to its end.
		await changeRows(stack.client, TABLE, 'update', { articleNo: 'OM-1', renamingTo: '' }, [
			['productId', 'eq', String(renumbered.id)],
		]);
		vendre.editProduct(refused.id, { article_number: former });
		await run({ what: ['Products'] });
		expect(specter.articles.get('UPPTAGET')).toMatchObject({ name: 'En annan' });
		expect(differing()).toEqual([]);
	});

	describe('leaves a product to another run that is at work on it (F4, F7)', () => {
		const AT_WORK = 'Another run is at work on it';
		const noted = async ({ id }: ProductRecord, row: Record<string, unknown>) =>
			await changeRows(stack.client, TABLE, 'update', row, [['productId', 'eq', String(id)]]);

		function repriced(price: number): ProductRecord {
			const { vendre } = stack.sandbox;
			const product = [...vendre.products.values()][6];
			return vendre.editProduct(product.id, { price });
		}

		const lineOf = ({ id, article_number }: ProductRecord) => [
			[
				'Products',
				String(id),
				article_number,
				'failed',
				expect.stringContaining(AT_WORK),
				expect.anything(),
			],
		];

		it('which writes Specter’s own change to the shop', async () => {
			const product = repriced(31);
			await noted(product, { writingSince: new Date().toISOString() });
			const { counts, lines } = await run({ what: ['Products'], beginAgain: true });
			expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, 0, PRODUCTS - 1, 1]);
			expect(lines).toEqual(lineOf(product));
			expect(articleCalls()).toBe(0);
			await noted(product, { writingSince: null });
		});

		it('which makes Specter’s new article into it', async () => {
			const { client, sandbox } = stack;
			const made = sandbox.vendre.productShelf.create({
				article_number: 'HALV-1',
				name: { sv: 'Halv' },
				price: 50,
				tax_class_id: 2,
			});
			const row = { articleNo: 'HALV-1', writingSince: new Date().toISOString() };
			await changeRows(client, TABLE, 'insert', row);
			const { lines } = await run({ what: ['Products'], beginAgain: true });
			expect(lines).toEqual(lineOf(made));
			expect(sandbox.specter.articles.has('HALV-1')).toBe(false);
			sandbox.vendre.deleteProduct(made.id);
			await changeRows(client, TABLE, 'deleteRows', {}, [['articleNo', 'eq', 'HALV-1']]);
		});

		it('since it was read', async () => {
			const { vendre } = stack.sandbox;
			const product = repriced(32);
			vendre.faults.add({ on: 'GET /products', kind: 'status', status: 503, times: 3 });
			const page = await start({ what: ['Products'], beginAgain: true });
			await vendre.until(() => vendre.callTotals.size > 0, 30_000);
			await noted(product, { fingerprint: 'of another run' });
			expect((await ended(page)).lines).toEqual(lineOf(product));
			expect(articleCalls()).toBe(0);
		});

		it('while it is sent: nobody knows what came to Specter last, and it is to be sent again', async () => {
			const { client, sandbox } = stack;
			const { id } = repriced(33);
			await run({ what: ['Products'], beginAgain: true });
			const rows = (await client.tableRows(TABLE)) ?? [];
			const { fingerprint } = rows.find(({ productId }) => productId === id) ?? {};
			repriced(35);
			await run({ what: ['Products'], beginAgain: true });

			const product = repriced(34);
			sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'status', status: 503, times: 3 });
			const calls = articleCalls();
			const page = await start({ what: ['Products'], beginAgain: true });
			await until(calls + 1);
			// Specter's own change back to 33 reaches the shop, and after it Specter gets what was read before.
			repriced(33);
			await noted(product, { fingerprint });
			const { counts } = await ended(page);
			expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, 1, PRODUCTS - 1, 0]);
			expect(differing()).toHaveLength(1);
			await run({ what: ['Products'], beginAgain: true });
			expect(differing()).toEqual([]);
		});
	});

	it('lists a product that cannot be sent, its name escaped, and goes on with the others', async () => {
		const { vendre } = stack.sandbox;
		const [product] = vendre.products.values();
		const { tax_class_id, article_number } = product;
		Object.assign(product, { tax_class_id: 77, article_number: '<b>T-1</b>' });
		const { counts, lines, html } = await run({ what: ['Products'], beginAgain: true });
		expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, 0, PRODUCTS - 1, 1]);
		expect(lines).toEqual([
			[
				'Products',
				String(product.id),
				'<b>T-1</b>',
				'failed',
				expect.stringContaining('77'),
				expect.stringContaining('VAT by Tax Class'),
			],
		]);
		expect(html).not.toContain('<b>T-1</b>');
		Object.assign(product, { tax_class_id, article_number });
	});
});

describe('a run that does not come to its end at once', () => {
	beforeEach(changeAllPrices);

	it('stops by the button and goes on from there without doubles', async () => {
		stack.sandbox.specter.faults.add(SLOW);
		const page = await start({ what: ['Products'], beginAgain: true });
		await until(2);
		const editor = await Editor.open(stack.n8n);
		await editor.page.goto(page);
		await editor.screenshot(path.join(SCREENSHOTS, 'backfill-under-way.png'));
		await editor.page.getByRole('button', { name: 'Stop' }).click();
		const stopped = await ended(page);
		expect(stopped.title).toBe('Stopped');
		expect(stopped.hint).toContain('It was stopped by the button');
		await editor.page.goto(page);
		await editor.screenshot(path.join(SCREENSHOTS, 'backfill-stopped.png'));
		await editor.close();
		const [done] = stopped.counts.Products;
		expect(done).toBe(articleCalls() * PRODUCTS_A_PAGE);
		expect(done).toBeLessThan(PRODUCTS);

		stack.sandbox.specter.faults.clear();
		const again = await start({ what: ['Products'] });
		expect(again).toBe(page);
		const { counts } = await ended(again);
		expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, PRODUCTS, 0, 0]);
		expect(articleCalls()).toBe(PRODUCTS / PRODUCTS_A_PAGE);
		expect(differing()).toEqual([]);
	});

	it('refuses a second start while it runs', async () => {
		stack.sandbox.specter.faults.add(SLOW);
		const page = await start({ what: ['Products'], beginAgain: true });
		await until(1);
		const second = await submitForm(stack.n8n.url, workflow, { what: ALL, beginAgain: true });
		expect(second.ending).toContain('A run is under way already');
		expect(second.page).toBe(page);
		stack.sandbox.specter.faults.clear();
		const { counts } = await ended(page);
		expect(counts).toEqual({ Products: [PRODUCTS, PRODUCTS, 0, PRODUCTS, 0, 0] });
		expect(articleCalls()).toBe(PRODUCTS / PRODUCTS_A_PAGE);
	});

	it('stops and says why when Specter does not answer, and is finished later', async () => {
		const { specter } = stack.sandbox;
		const page = await start({ what: ['Products'], beginAgain: true });
		await until(2);
		specter.faults.add({ on: 'newArticleSubmit', kind: 'status', status: 500, times: Infinity });
		const stopped = await ended(page);
		expect(stopped.title).toBe('Stopped');
		expect(stopped.hint).toMatch(/Specter/);
		const [done, , , updated, , failed] = stopped.counts.Products;
		expect([updated, failed]).toEqual([done, 0]);
		expect(done).toBeLessThan(PRODUCTS);
		specter.faults.clear();
		const { counts } = await run({ what: ['Products'] });
		expect(counts.Products).toEqual([PRODUCTS, PRODUCTS, 0, PRODUCTS, 0, 0]);
		expect(differing()).toEqual([]);
	});

	it('stops and says why when the shop does not answer', async () => {
		stack.sandbox.vendre.faults.add({
			on: 'GET /API/1/products',
			kind: 'status',
			status: 401,
			times: Infinity,
		});
		const { title, hint } = await run({ what: ['Products'], beginAgain: true });
		expect(title).toBe('Stopped');
		expect(hint).toMatch(/Vendre/);
	});

	it('goes on after n8n was killed, and repeats one page at most', async () => {
		const { vendre, specter } = stack.sandbox;
		const newOrders = [1, 2, 3].map(() => vendre.placeOrder('person', { webhook: false }).id);
		specter.faults.add(SLOW);
		const page = await start({ what: ['Products', 'Orders'], beginAgain: true });
		await until(3);
		await stack.n8n.kill();
		specter.faults.clear();
		stack.n8n = await startN8n({ userFolder, port, env: LIGHT_EXPRESSIONS });
		stack.client = stack.n8n.client;

		const cut = await ended(page);
		expect(cut.hint).toContain('n8n was started again while it ran');
		expect(await start({ what: ['Products', 'Orders'] })).toBe(page);
		const { title, hint, counts } = await ended(page);
		expect({ title, hint }).toMatchObject({ title: 'Finished' });
		expect(counts.Products.slice(0, 2)).toEqual([PRODUCTS, PRODUCTS]);
		expect(articleCalls()).toBeLessThanOrEqual(PRODUCTS / PRODUCTS_A_PAGE + 2);
		expect(differing()).toEqual([]);
		expect(newOrders.flatMap((id) => compareOrder(stack.sandbox, id).problems)).toEqual([]);
		expect(specter.orders.size).toBe(good.length + newOrders.length);
	});
});

describe('the progress page', () => {
	it('shows nothing without the secret of a run', async () => {
		const page = await start({ what: ['Products'], dryRun: true });
		await ended(page);
		for (const job of ['', 'x', '%25']) {
			const address = page.replace(/job=.*/, `job=${job}`);
			const { status, data } = await axios.get(address, { validateStatus: () => true });
			expect(status).toBe(404);
			expect(data).not.toContain('Products');
		}
	});

	it('looks well at the end of a dry run', async () => {
		const page = await start({ what: ALL, dryRun: true, beginAgain: true });
		await ended(page);
		const editor = await Editor.open(stack.n8n);
		await editor.page.goto(page);
		await editor.screenshot(path.join(SCREENSHOTS, 'backfill-dry-run.png'));
		await editor.page.goto(page.replace(/webhook\/.*/, `form/${formId()}`));
		await editor.page.getByText('Send to Specter').first().waitFor();
		await editor.screenshot(path.join(SCREENSHOTS, 'backfill-form.png'));
		await editor.close();
	});
});

const formId = () => workflow.nodes.find(({ name }) => name === 'Backfill form')?.webhookId;
