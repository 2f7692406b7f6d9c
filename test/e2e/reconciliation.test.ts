import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { outputOf, type Execution, type SavedWorkflow } from '../host/client';
import { pollNow } from '../host/polls';
import { activateTemplate, type Stack } from '../host/stack';
import { changeRows } from '../host/tables';
import { ERROR_QUEUE, readTemplate, setUp, settingsWith } from '../host/templates';
import type { OrderRecord, ProductRecord } from '../sandbox';
import { readSheet } from '../sandbox/vendre/excel';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

const TEMPLATE = 'nightly-reconciliation.json';
const NIGHT = 'Every night at 03:00';
const DIFFERENCES = 'vendre specter differences';
const PRODUCTS = 1_200;
const PRODUCTS_A_PAGE = 300;
const STOCK_IN_A_PART = 500;
const HOUR = 3_600;
/** The other workflows do nothing by themselves meanwhile: once a year is never. */
const YEARLY = '0 0 1 1 *';

type Settings = Record<string, unknown>;

/** What was planted, one difference of each kind. */
interface Planted {
	priced: ProductRecord;
	renamed: ProductRecord;
	former: string;
	gone: ProductRecord;
	added: ProductRecord;
	stocked: ProductRecord;
	order: OrderRecord;
}

let stack: Stack;
let orders: SavedWorkflow;
let products: SavedWorkflow;
let planted: Planted;

beforeAll(async () => {
	stack = await sharedStack({ products: PRODUCTS });
	products = await activateTemplate(stack, 'vendre-products-to-specter.json', {
		parameters: {
			'New or changed product in Vendre': {
				pollTimes: { item: [{ mode: 'custom', cronExpression: YEARLY }] },
			},
		},
	});
	const { specter } = stack.sandbox;
	await specter.until(() => specter.articles.size > 0, 60_000);
	await pollNow(stack, products);
	await specter.until(() => specter.articles.size === PRODUCTS, 60_000);
	await stack.client.idle();
	orders = await activateTemplate(stack, 'vendre-orders-to-specter.json', {
		parameters: {
			'Every 10 minutes': {
				rule: { interval: [{ field: 'cronExpression', expression: YEARLY }] },
			},
		},
	});
	planted = plant();
}, 300_000);

afterAll(async () => {
	await stack?.stop();
});

beforeEach(() => {
	stack.sandbox.vendre.clearCalls();
	stack.sandbox.specter.clearCalls();
});

/** An order placed so many hours ago, of which Specter knows nothing. */
function placed(kind: 'person' | 'unfinished', hoursAgo: number): OrderRecord {
	const { vendre } = stack.sandbox;
	const order = vendre.placeOrder(kind, { webhook: false });
	return Object.assign(order, { date_added: Math.floor(Date.now() / 1000) - hoursAgo * HOUR });
}

function plant(): Planted {
	const { vendre, specter } = stack.sandbox;
	const all = [...vendre.products.values()];
	const [priced, renamed, gone, stocked] = [10, 600, 700, 900].map((index) => all[index]);
	const former = renamed.article_number;
	vendre.editProduct(priced.id, { price: priced.price + 1 });
	vendre.editProduct(renamed.id, { article_number: `${former}-NY` });
	vendre.deleteProduct(gone.id);
	const added = vendre.productShelf.create({
		article_number: 'NY-1',
		name: { sv: 'Ny' },
		price: 10,
		tax_class_id: 2,
		quantity: 4,
	});
	specter.setStock(stocked.article_number, stocked.quantity + 5);
	// None of these is a difference: too new, not paid, and in Specter already.
	placed('person', 0.5);
	placed('unfinished', 2);
	placed('person', 2).external_id = '5001';
	return { priced, renamed, former, gone, added, stocked, order: placed('person', 2) };
}

/** Imports the template with other settings, and has it keep the data of its executions. */
async function publish(settings: Settings): Promise<SavedWorkflow> {
	const { client, credentials, nodeTypes } = stack;
	const template = await readTemplate(TEMPLATE);
	const workflow = setUp(template, {
		credentials,
		nodeTypes,
		parameters: { Settings: await settingsWith(TEMPLATE, settings) },
	});
	const saved = await client.createWorkflow({
		...workflow,
		settings: { ...workflow.settings, saveDataSuccessExecution: 'all' },
	});
	await client.activate(saved);
	return saved;
}

interface Night {
	execution: Execution;
	/** Kind, record, shop’s value, Specter’s value, healed. */
	rows: unknown[][];
	summary: Record<string, unknown>;
}

async function night(workflow: SavedWorkflow): Promise<Night> {
	const execution = await stack.client.execute(workflow, NIGHT);
	const [summary] = outputOf(execution, 'Report');
	const rows = ((await stack.client.tableRows(DIFFERENCES)) ?? [])
		.filter((row) => row.workflow === workflow.id)
		.map(({ kind, record, shopValue, specterValue, healed }) => [
			kind,
			record,
			shopValue,
			specterValue,
			healed,
		]);
	return { execution, rows, summary };
}

/** The spreadsheet on the node Report. */
async function fileOf({ data }: Execution) {
	const [report] = data?.resultData.runData.Report ?? [];
	const item = report.data?.main[0]?.[0] as unknown as { binary: { data: { id: string } } };
	const [, file] = item.binary.data.id.split(':');
	return readSheet(await readFile(path.join(stack.n8n.userFolder, '.n8n', 'storage', file)));
}

const quantityOf = ({ id }: ProductRecord) => stack.sandbox.vendre.products.get(id)?.quantity;

describe('only reporting', () => {
	let workflow: SavedWorkflow;
	let report: Night;
	let executions: Execution[];

	beforeAll(async () => {
		workflow = await publish({ productsAPage: PRODUCTS_A_PAGE });
		report = await night(workflow);
		const { results } = await stack.client.executions({ workflowId: workflow.id });
		executions = await Promise.all(results.map(async ({ id }) => await stack.client.execution(id)));
	});

	test('names exactly what differs, with the values of both', async () => {
		const { priced, renamed, former, gone, added, stocked, order } = planted;
		const shown = ({ article_number, name, price }: ProductRecord) =>
			[article_number, name.sv, price].join(' · ');
		expect(report.rows).toEqual([
			['order not in Specter', String(order.id), expect.any(String), 'no number', false],
			[
				'price or other data differs',
				String(priced.id),
				shown({ ...priced, price: stack.sandbox.vendre.products.get(priced.id)?.price as number }),
				expect.stringContaining('as sent'),
				false,
			],
			['article number differs', String(renamed.id), `${former}-NY`, former, false],
			['product gone', String(gone.id), '', gone.article_number, false],
			['product never sent', String(added.id), 'NY-1 · Ny · 10', '', false],
			[
				'stock differs',
				stocked.article_number,
				String(stocked.quantity),
				String(stocked.quantity + 5),
				false,
			],
		]);
		expect(report.summary).toMatchObject({
			looked: { ordersWithoutNumber: 3, products: PRODUCTS },
			differences: Object.fromEntries(report.rows.map(([kind]) => [kind, 1])),
			healed: {},
			seconds: expect.any(Number),
		});
	});

	test('puts the same into a spreadsheet', async () => {
		const lines = await fileOf(report.execution);
		expect(lines.map(({ kind, record }) => [kind, record])).toEqual(
			report.rows.map(([kind, record]) => [kind, record]),
		);
	});

	test('writes nothing in either system, and leaves the stock to the workflow of changes', () => {
		const { vendre, specter } = stack.sandbox;
		expect([...vendre.writes]).toEqual([]);
		expect(specter.orders.size).toBe(0);
		expect(specter.stockQueue.openKeys).toHaveLength(PRODUCTS);
	});

	test('holds no more than a page of products or a part of stock in one execution', () => {
		const pages = executions.map((execution) =>
			outputOf(execution, 'Get a page of products').map((page) => page.records as unknown[]),
		);
		expect(pages.flat(2)).toHaveLength(PRODUCTS);
		for (const page of pages) expect(page.flat().length).toBeLessThanOrEqual(PRODUCTS_A_PAGE);
		const parts = executions.map((execution) => outputOf(execution, 'Get their products').length);
		expect(Math.max(...parts)).toBe(STOCK_IN_A_PART);
	});

	test('names the same where lists begin with the newest, but for what is gone', async () => {
		const { dialect } = stack.sandbox.vendre;
		dialect.listOrder = 'descending';
		const { rows } = await night(
			await publish({ productsAPage: PRODUCTS_A_PAGE, compareStock: false }),
		);
		dialect.listOrder = 'ascending';
		const named = (all: unknown[][]) =>
			all.map(([kind, record]) => `${String(kind)} ${String(record)}`).sort();
		const told = report.rows.filter(([kind]) => !/gone|stock/.test(String(kind)));
		expect(named(rows)).toEqual(named(told));
	});
});

test('stock that another execution is at work on is not taken for equal', async () => {
	const { specter } = stack.sandbox;
	const asked = specter.until(() => specter.callTotals.get('clearArticleBatch') === 1, 60_000);
	const taken = asked.then(() => {
		const now = Date.now().toString(16).padStart(12, '0');
		specter.stockQueue.fetch(now.padEnd(32, '0'));
	});
	const { rows } = await night(await publish({}));
	await taken;
	expect(rows.filter(([kind]) => kind === 'stock differs')).toEqual([]);
	expect(rows.filter(([kind]) => kind === 'not checked')).toEqual([
		['not checked', 'stock', '', '', false],
	]);
	specter.stockQueue.confirm(String(specter.stockQueue.openBatchNo));
});

test('a shop that does not answer fails the night, and no stock is confirmed', async () => {
	const { vendre, specter } = stack.sandbox;
	vendre.faults.add({ on: 'GET /API/1/products', kind: 'status', status: 401, times: Infinity });
	const { execution } = await night(await publish({}));
	vendre.faults.clear();
	expect(execution.status).toBe('error');
	expect(specter.callTotals.get('updateArticlesFromBatch')).toBeUndefined();
});

describe('healing', () => {
	let workflow: SavedWorkflow;

	beforeAll(async () => {
		workflow = await publish({
			heal: true,
			orderWorkflow: orders.id,
			productWorkflow: products.id,
		});
	});

	test('brings both systems together, and says what it healed', async () => {
		const { vendre, specter } = stack.sandbox;
		const { priced, renamed, former, gone, added, stocked, order } = planted;
		const { rows } = await night(workflow);
		const healed = Object.fromEntries(rows.map(([, record, , , isHealed]) => [record, isHealed]));
		expect(healed).toMatchObject({
			[order.id]: true,
			[priced.id]: true,
			[renamed.id]: true,
			[added.id]: true,
			[stocked.article_number]: true,
			[gone.id]: false,
		});
		expect(Number(vendre.orders.get(order.id)?.external_id)).toBeGreaterThan(0);
		expect(specter.orders.size).toBe(1);
		expect(Number(specter.articles.get(priced.article_number)?.priceExclVAT)).toBe(
			vendre.products.get(priced.id)?.price,
		);
		expect(specter.articles.has(former)).toBe(false);
		expect(specter.articles.has(`${former}-NY`)).toBe(true);
		expect(specter.articles.has('NY-1')).toBe(true);
		expect(quantityOf(stocked)).toBe(
			specter.articles.get(stocked.article_number)?.stock[0].available,
		);
		expect(specter.stockQueue.openBatchNo).toBeUndefined();
	});

	test('leaves nothing for the next night but what is never healed', async () => {
		const { rows } = await night(workflow);
		expect(rows).toEqual([
			['product gone', String(planted.gone.id), '', planted.gone.article_number, false],
		]);
		expect([...stack.sandbox.vendre.writes]).toEqual([]);
	});

	test('forgets articles that were to be made into products a day ago, and no product', async () => {
		const table = 'vendre products in specter';
		const hoursAgo = (hours: number) => new Date(Date.now() - 1000 * HOUR * hours).toISOString();
		await changeRows(stack.client, table, 'update', { writingSince: hoursAgo(25) }, [
			['productId', 'eq', String(planted.priced.id)],
		]);
		const before = await stack.client.tableRows(table);
		for (const [articleNo, hours] of [
			['HALV-1', 25],
			['HALV-2', 1],
		] as const) {
			const row = { articleNo, writingSince: hoursAgo(hours) };
			await changeRows(stack.client, table, 'insert', row);
		}
		await night(workflow);
		const after = (await stack.client.tableRows(table)) ?? [];
		expect(after.filter(({ productId }) => productId !== null)).toEqual(before);
		expect(after.filter(({ productId }) => productId === null)).toEqual([
			expect.objectContaining({ articleNo: 'HALV-2' }),
		]);
	});

	test('counts the error queue, and takes out the orders that have a number by now', async () => {
		const unsent = placed('unfinished', 2);
		const queued = { workflow: orders.id, flow: 'order', failed: true };
		const rows = [
			{ ...queued, record: String(planted.order.id) },
			{ ...queued, record: String(unsent.id) },
			{ ...queued, record: '99999', state: 'stopped' },
			// The order of another shop, whose number says nothing of that one.
			{ ...queued, workflow: 'other', record: String(planted.order.id) },
		];
		for (const row of rows) await changeRows(stack.client, ERROR_QUEUE, 'insert', row);
		const report = await night(workflow);
		expect(report.rows.filter(([kind]) => kind === 'in the error queue')).toEqual([
			['in the error queue', 'order, to be tried again', '2', '', false],
			['in the error queue', 'order, stopped', '1', '', false],
		]);
		expect(report.summary.looked).toMatchObject({ takenOutOfErrorQueue: 1 });
		const left = (await stack.client.tableRows(ERROR_QUEUE)) ?? [];
		expect(left.map(({ workflow: of, record }) => [of, record])).toEqual([
			[orders.id, String(unsent.id)],
			[orders.id, '99999'],
			['other', String(planted.order.id)],
		]);
	});
});
