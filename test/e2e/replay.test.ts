import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import { compareArticle } from '../demo/catalogueCheck';
import { STATUS_ROWS } from '../demo/changes';
import { compareOrder } from '../demo/orderCheck';
import type { Execution, SavedWorkflow } from '../host/client';
import { activateTemplate, registerWebhooks, type Stack } from '../host/stack';
import type { OrderKind, OrderRecord } from '../sandbox';
import { changeRows } from '../host/tables';
import { ERROR_QUEUE, settingsWith } from '../host/templates';
import { sharedStack } from './sharedN8n';

jest.setTimeout(240_000);

const REPLAY = 'replay-failed-records.json';
const CLOCK = 'Every 5 minutes';
const PRODUCTS = 540;
const POISONED = 500;
/** No tax class of the shop, so no VAT is given for it. */
const UNKNOWN_TAX_CLASS = 77;
const TAX_CLASS = 2;
const POLL_MS = 200;
const QUEUED_MS = 60_000;
const MOST_TRIES = 3;
const HELD_MS = 8_000;

interface Row {
	flow: string;
	record: string;
	step: string;
	message: string;
	otherId: string;
	whatToDo: string;
	failed: boolean;
	tries: number | null;
	state: string | null;
}

let stack: Stack;
let orders: SavedWorkflow;
let replay: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack({ products: PRODUCTS });
	for (const product of shopProducts().slice(-POISONED)) {
		product.tax_class_id = UNKNOWN_TAX_CLASS;
	}
	replay = await activateTemplate(stack, REPLAY, {
		parameters: {
			// So that it runs when a test says so.
			[CLOCK]: { rule: { interval: [{ field: 'hours', hoursInterval: 23 }] } },
			Settings: await settingsWith(REPLAY, { mostTries: MOST_TRIES, firstWaitMinutes: 0 }),
		},
	});
	await activateTemplate(stack, 'specter-changes-to-vendre.json', {
		parameters: { 'Map order status': { statuses: { status: STATUS_ROWS } } },
	});
	orders = await activateTemplate(stack, 'vendre-orders-to-specter.json');
	registerWebhooks(stack, orders, ['new_order', 'updated_order']);
	await activateTemplate(stack, 'vendre-products-to-specter.json');
	await queuedUntil('product', ({ length }) => length === POISONED);
	await stack.client.idle();
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

afterEach(() => {
	stack.sandbox.vendre.faults.clear();
	stack.sandbox.specter.faults.clear();
});

const shopProducts = () => [...stack.sandbox.vendre.products.values()];

/** What stands in the error queue, of one flow. */
async function queued(flow: string): Promise<Row[]> {
	const rows = (await stack.client.tableRows(ERROR_QUEUE)) ?? [];
	return (rows as unknown as Row[]).filter((row) => row.flow === flow);
}

/** What stands in the error queue of a flow, when it is as it should be; for what a call-back leads to. */
async function queuedUntil(flow: string, isRight: (rows: Row[]) => boolean): Promise<Row[]> {
	const deadline = Date.now() + QUEUED_MS;
	for (;;) {
		const rows = await queued(flow);
		if (isRight(rows)) return rows;
		if (Date.now() > deadline) throw new Error(`Of ${flow} stands there: ${JSON.stringify(rows)}`);
		await pause(POLL_MS);
	}
}

async function settled(): Promise<void> {
	await stack.sandbox.vendre.webhooksIdle();
	await stack.sandbox.specter.callBacksIdle();
	await stack.client.idle();
}

/** Lets the replay do what its clock lets it do. */
async function replayDue(): Promise<Execution> {
	await settled();
	return await stack.client.execute(replay, CLOCK);
}

/** Begins a replay, whose first call of that kind the shop carries out only some time after it got it. */
async function heldReplay(call: string): Promise<{ end: Promise<Execution> }> {
	const { faults } = stack.sandbox.vendre;
	const held = () => faults.taken.get('delay') ?? 0;
	const before = held();
	faults.add({ on: call, kind: 'delay', delayMs: HELD_MS });
	const end = replayDue();
	while (held() === before) await pause(POLL_MS);
	return { end };
}

/** Sends the replay's form as a person does. */
async function replayByHand(which: string, records: string): Promise<void> {
	const form = replay.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	const answers = new FormData();
	answers.append('field-0', which);
	answers.append('field-1', records);
	await axios.post(`${stack.n8n.url}/form/${form?.webhookId}`, answers);
	await stack.client.idle();
}

async function placed(kind: OrderKind): Promise<OrderRecord> {
	const order = stack.sandbox.vendre.placeOrder(kind);
	await settled();
	return order;
}

const problemsOf = ({ id }: OrderRecord) => compareOrder(stack.sandbox, id).problems;

/** A product that both systems have, without warehouses beside the main one. */
function sold(): { id: number; articleNo: string } {
	const found = shopProducts().find(
		({ article_number, warehouses, tax_class_id }) =>
			tax_class_id !== UNKNOWN_TAX_CLASS &&
			warehouses.length === 0 &&
			stack.sandbox.specter.articles.has(article_number),
	);
	if (!found) throw new Error('No product stands in both systems');
	return { id: found.id, articleNo: found.article_number };
}

test('500 poisoned products wait in the error queue, and all go through once when they are repaired', async () => {
	const { specter } = stack.sandbox;
	const poisoned = shopProducts().slice(-POISONED);
	const rows = await queued('product');
	expect(rows.map(({ record }) => Number(record)).sort()).toEqual(
		poisoned.map(({ id }) => id).sort(),
	);
	expect(rows[0]).toMatchObject({
		step: 'Map product to Specter',
		message: expect.stringContaining('tax class "77"'),
		whatToDo: expect.stringContaining('VAT by Tax Class'),
		failed: true,
		tries: null,
	});

	expect((await replayDue()).status).toBe('success');
	expect((await queued('product')).map(({ failed, tries }) => [failed, tries])).toEqual(
		Array(POISONED).fill([true, 1]),
	);

	for (const product of poisoned) product.tax_class_id = TAX_CLASS;
	specter.clearCalls();
	expect((await replayDue()).status).toBe('success');
	expect(await queued('product')).toEqual([]);
	expect(poisoned.flatMap((product) => compareArticle(stack.sandbox, product))).toEqual([]);
	const sent = specter.calls.flatMap(({ params }) =>
		Object.entries(params).flatMap(([name, value]) =>
			/^articleNo_\d+$/.test(name) ? [value] : [],
		),
	);
	expect(sent.sort()).toEqual(poisoned.map(({ article_number }) => article_number).sort());
});

test('an order that was repaired goes through when a person asks for it, and no other is tried', async () => {
	const { vendre, specter } = stack.sandbox;
	const repaired = await placed('bad-no-email');
	const other = await placed('bad-no-email');
	expect((await queued('order')).map(({ record, step }) => [record, step])).toEqual(
		[repaired, other].map(({ id }) => [String(id), 'Map order to Specter']),
	);

	vendre.editOrder(repaired.id, { email_address: 'kund@example.com' });
	await replayByHand('order', String(repaired.id));
	expect(problemsOf(repaired)).toEqual([]);
	expect(await queued('order')).toMatchObject([{ record: String(other.id), tries: null }]);

	// A change that makes it right takes it out of the queue without a replay.
	vendre.editOrder(other.id, { email_address: 'annan@example.com' }, true);
	await settled();
	expect(problemsOf(other)).toEqual([]);
	expect(await queued('order')).toEqual([]);
	expect(specter.ordersFor(repaired.id)).toHaveLength(1);
});

test('what fails again and again is given up, told once, and left alone until a person asks', async () => {
	const order = await placed('bad-no-email');
	const ended = [];
	for (let time = 0; time < MOST_TRIES; time += 1) ended.push(await replayDue());
	expect(ended.map(({ status }) => status)).toEqual([
		...Array(MOST_TRIES - 1).fill('success'),
		'error',
	]);
	expect(JSON.stringify(ended.at(-1)?.data)).toContain(`order ${order.id} (`);
	const givenUp = { record: String(order.id), state: 'stopped', tries: MOST_TRIES };
	expect(await queued('order')).toMatchObject([givenUp]);
	expect((await replayDue()).status).toBe('success');
	await stack.client.execute(orders, 'Every 10 minutes');
	expect(await queued('order')).toMatchObject([givenUp]);

	stack.sandbox.vendre.editOrder(order.id, { email_address: 'tredje@example.com' });
	await replayByHand('Everything', '');
	expect(problemsOf(order)).toEqual([]);
	expect(await queued('order')).toEqual([]);
});

test('an order that Specter has without telling its number stands in the queue until the number is known', async () => {
	const { specter } = stack.sandbox;
	specter.faults.add({ on: 'newOrderSubmit', kind: 'drop-after-commit' });
	specter.faults.add({ on: 'callback actionOrderChange', kind: 'lose', times: Infinity });
	const order = await placed('person');
	expect(await queued('order')).toMatchObject([
		{ record: String(order.id), message: expect.stringContaining('does not tell its own number') },
	]);
	await replayDue();
	expect(await queued('order')).toMatchObject([{ record: String(order.id), tries: 1 }]);
	specter.faults.clear();
	const [{ orderNo }] = specter.ordersFor(order.id);
	specter.setOrderStatus(orderNo, 3);
	const { vendre } = stack.sandbox;
	await vendre.until(() => vendre.orders.get(order.id)?.external_id === String(orderNo), 60_000);
	await replayDue();
	expect(await queued('order')).toEqual([]);
	expect(specter.ordersFor(order.id)).toHaveLength(1);
});

describe('a change of Specter’s that the shop does not take', () => {
	const refuse = (id: number) =>
		stack.sandbox.vendre.faults.add({
			on: `PUT /API/1/products/${id}`,
			kind: 'status',
			status: 429,
			// Longer than anybody waits, so that it fails at once.
			retryAfter: '300',
			times: Infinity,
		});

	test('is kept while its batch is confirmed, and stands in the shop after a replay (F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '412.00' });
		const [row] = await queuedUntil('article', ({ length }) => length > 0);
		expect(row).toMatchObject({ record: articleNo, failed: true });
		await settled();
		expect(specter.articleQueue.openBatchNo).toBeUndefined();

		await replayDue();
		expect(await queued('article')).toMatchObject([{ record: articleNo, failed: true, tries: 1 }]);
		vendre.faults.clear();
		await replayDue();
		expect(await queued('article')).toEqual([]);
		expect(vendre.products.get(id)?.price).toBe(412);
	});

	test('is not written after a later change of the same article (F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '413.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		vendre.faults.clear();
		specter.editArticle(articleNo, { priceExclVAT: '414.00' });
		await queuedUntil('article', ({ length }) => length === 0);
		await replayDue();
		expect(vendre.products.get(id)?.price).toBe(414);
	});

	test('is written again when it came while an earlier one was being tried (F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '418.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		vendre.faults.clear();
		const trying = await heldReplay(`PUT /API/1/products/${id}`);
		specter.editArticle(articleNo, { priceExclVAT: '419.00' });
		await vendre.until(() => vendre.products.get(id)?.price === 419, QUEUED_MS);
		await trying.end;
		await settled();
		expect(vendre.products.get(id)?.price).toBe(418);

		expect(await queued('article')).toMatchObject([{ record: articleNo, failed: true }]);
		await replayDue();
		expect(vendre.products.get(id)?.price).toBe(419);
		expect(await queued('article')).toEqual([]);
	});

	test('is written again, and not for ever, when it renames an article whose earlier change was being tried (F7, A17)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '420.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		vendre.faults.clear();
		const trying = await heldReplay(`PUT /API/1/products/${id}`);
		specter.editArticle(articleNo, { articleNo: 'OMDOPT-2', priceExclVAT: '421.00' });
		await vendre.until(() => vendre.products.get(id)?.price === 421, QUEUED_MS);
		await trying.end;
		await settled();
		expect(await queued('article')).toMatchObject([{ record: articleNo, failed: true }]);

		await replayDue();
		expect(vendre.products.get(id)).toMatchObject({ article_number: 'OMDOPT-2', price: 421 });
		expect(await queued('article')).toEqual([]);
	});

	test('is not written under the number that its article had before (F7, A17)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '415.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		vendre.faults.clear();
		specter.editArticle(articleNo, { articleNo: 'OMDOPT-1' });
		await queuedUntil('article', ({ length }) => length === 0);
		await replayDue();
		expect(vendre.products.get(id)).toMatchObject({ article_number: 'OMDOPT-1', price: 415 });
		expect(vendre.productShelf.withArticleNo(articleNo)).toBeUndefined();
	});

	test('is kept until the stock of what it made has been asked for (F5, F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const made = () => vendre.productShelf.withArticleNo('OMTAG-1');
		vendre.faults.add({ on: 'POST /API/1/products', kind: 'status', status: 422, times: Infinity });
		specter.addArticle('OMTAG-1', { name: 'Omtag', priceExclVAT: '10.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		specter.setStock('OMTAG-1', 51);
		await specter.until(() => specter.stockQueue.pendingCount === 0, QUEUED_MS);
		await settled();
		vendre.faults.clear();
		specter.faults.add({ on: 'clearArticleBatch', kind: 'status', status: 403, times: Infinity });
		await replayDue();
		expect(made()?.quantity).toBe(0);
		expect(await queued('article')).toMatchObject([{ record: 'OMTAG-1', failed: true }]);
		specter.faults.clear();
		await replayDue();
		expect(await queued('article')).toEqual([]);
		await settled();
		expect(made()?.quantity).toBe(51);
	});

	test('may have made the product without an answer, whose stock is asked for with the next change (F5, F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const product = {
			article_number: 'OMTAG-2',
			name: { sv: 'Omtag' },
			price: 10,
			tax_class_id: 2,
		};
		vendre.faults.add({ on: 'POST /API/1/products', kind: 'status', status: 422, times: Infinity });
		specter.addArticle('OMTAG-2', { name: 'Omtag', priceExclVAT: '10.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		specter.setStock('OMTAG-2', 52);
		await specter.until(() => specter.stockQueue.pendingCount === 0, QUEUED_MS);
		await settled();
		vendre.faults.clear();
		const { id } = vendre.productShelf.create({ ...product, quantity: 0 });

		specter.editArticle('OMTAG-2', { priceExclVAT: '11.00' });
		await queuedUntil('article', ({ length }) => length === 0);
		await settled();
		expect(vendre.products.get(id)).toMatchObject({ price: 11, quantity: 52 });
	});

	test('is not tried, nor kept again, when another one has taken its row out (F7)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.editArticle(articleNo, { priceExclVAT: '416.00' });
		await queuedUntil('article', ({ length }) => length === 1);
		// The try is under way, and will fail, when the row is gone.
		vendre.faults.clear();
		vendre.faults.add({ on: 'GET /API/1/products', kind: 'status', status: 503, times: Infinity });
		vendre.clearCalls();
		const trying = replayDue();
		await vendre.until(() => vendre.calls.length > 0, 30_000);
		await changeRows(stack.client, ERROR_QUEUE, 'deleteRows', {}, [['record', 'eq', articleNo]]);
		await trying;
		expect(await queued('article')).toEqual([]);
	});

	test('is asked for again where it is stock, so that the newest number is written (F5)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		refuse(id);
		specter.setStock(articleNo, 41);
		const [row] = await queuedUntil('stock', ({ length }) => length > 0);
		expect(row).toMatchObject({ record: articleNo, failed: true });
		await settled();
		expect(specter.stockQueue.openBatchNo).toBeUndefined();
		vendre.faults.clear();
		await replayDue();
		await settled();
		expect(await queued('stock')).toEqual([]);
		expect(vendre.products.get(id)?.quantity).toBe(41);
	});

	test('is kept where it is stock that came along with a replay (F5)', async () => {
		const { specter, vendre } = stack.sandbox;
		const { id, articleNo } = sold();
		const [another] = shopProducts().filter(
			(product) =>
				product.id !== id &&
				product.warehouses.length === 0 &&
				specter.articles.has(product.article_number),
		);
		refuse(id);
		specter.setStock(articleNo, 43);
		await queuedUntil('stock', ({ length }) => length > 0);
		await settled();
		vendre.faults.clear();
		refuse(another.id);
		// So that no other execution writes it.
		specter.faults.add({ on: 'callback actionStockChange', kind: 'lose', times: Infinity });
		specter.setStock(another.article_number, 44);
		await replayDue();
		expect(await queued('stock')).toMatchObject([{ record: another.article_number }]);
		expect(vendre.products.get(id)?.quantity).toBe(43);
		vendre.faults.clear();
		await replayDue();
		expect(await queued('stock')).toEqual([]);
		expect(vendre.products.get(another.id)?.quantity).toBe(44);
	});

	test('is kept with the order’s status (F6)', async () => {
		const { specter, vendre } = stack.sandbox;
		const order = await placed('person');
		await settled();
		const [{ orderNo }] = specter.ordersFor(order.id);
		vendre.faults.add({
			on: `PUT /API/1/orders/${order.id}`,
			kind: 'status',
			status: 429,
			// Longer than anybody waits, so that it fails at once.
			retryAfter: '300',
			times: Infinity,
		});
		specter.cancelOrder(orderNo);
		const [row] = await queuedUntil('order status', ({ length }) => length > 0);
		expect(row).toMatchObject({ record: String(orderNo), otherId: String(order.id) });
		vendre.faults.clear();
		await replayDue();
		expect(await queued('order status')).toEqual([]);
		expect(vendre.orders.get(order.id)?.status_id).toBe(5);
	});

	test('is written again when it is an order’s status that came while an earlier one was being tried (F6)', async () => {
		const { specter, vendre } = stack.sandbox;
		const order = await placed('person');
		const [{ orderNo }] = specter.ordersFor(order.id);
		const write = `PUT /API/1/orders/${order.id}`;
		vendre.faults.add({
			on: write,
			kind: 'status',
			status: 429,
			retryAfter: '300',
			times: Infinity,
		});
		specter.deliverOrder(orderNo, 'SE1');
		await queuedUntil('order status', ({ length }) => length === 1);
		vendre.faults.clear();
		const trying = await heldReplay(write);
		specter.cancelOrder(orderNo);
		await vendre.until(() => vendre.orders.get(order.id)?.status_id === 5, QUEUED_MS);
		await trying.end;
		await settled();
		expect(vendre.orders.get(order.id)?.status_id).not.toBe(5);

		await replayDue();
		expect(vendre.orders.get(order.id)?.status_id).toBe(5);
		expect(await queued('order status')).toEqual([]);
	});
});

test('a workflow that cannot be called keeps its records in the queue', async () => {
	const order = await placed('bad-no-email');
	stack.sandbox.vendre.editOrder(order.id, { email_address: 'sist@example.com' });
	await stack.client.deactivate(orders);
	await replayByHand('order', String(order.id));
	expect(await queued('order')).toMatchObject([
		{ record: String(order.id), failed: true, tries: 1, message: expect.stringMatching(/\w/) },
	]);
	await stack.client.activate(orders);
	await replayDue();
	expect(await queued('order')).toEqual([]);
	expect(problemsOf(order)).toEqual([]);
});
