import { outputOf, type Execution, type SavedWorkflow } from '../host/client';
import { pollNow } from '../host/polls';
import { activateTemplate, type Stack } from '../host/stack';
import { changeRows } from '../host/tables';
import { ERROR_QUEUE, settingsWith } from '../host/templates';
import type { ProductRecord } from '../sandbox';
import { inLatin1 } from '../sandbox/data/known';
import { TAX_CLASSES } from '../sandbox/data/shop';
import { sharedStack } from './sharedN8n';

jest.setTimeout(120_000);

const TEMPLATE = 'vendre-products-to-specter.json';
const REPLAY = 'replay-failed-records.json';
const CLOCK = 'Every 5 minutes';
const TABLE = 'vendre products in specter';
const SEND = 'newArticleSubmit';
const ASK = 'clearArticleBatch';
/** Specter has the question for all stock wait for longer than anybody does, so that it fails at once. */
const NO_STOCK = { on: ASK, kind: 'status', status: 429, retryAfter: '300' } as const;
const PRODUCTS = 150;

let stack: Stack;
let workflow: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack({ products: PRODUCTS });
	workflow = await activateTemplate(stack, TEMPLATE);
	await stack.sandbox.specter.until(() => articles().size === PRODUCTS, 60_000);
	await stack.client.idle();
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

afterEach(() => {
	stack.sandbox.specter.faults.clear();
});

const articles = () => stack.sandbox.specter.articles;
const products = () => [...stack.sandbox.vendre.products.values()];

/** Looks after an act in the shop, and waits until it has the effect and the run has ended. */
async function lookUntil(effect: () => boolean): Promise<Execution> {
	await pollNow(stack, workflow);
	await stack.sandbox.specter.until(effect, 30_000);
	return await lastRun();
}

async function lastRun(): Promise<Execution> {
	await stack.client.idle();
	const { results } = await stack.client.executions({ workflowId: workflow.id, limit: 1 });
	return await stack.client.execution(results[0].id);
}

/** The articles that were sent since the calls were last cleared, one list a call. */
const sent = () =>
	stack.sandbox.specter.calls
		.filter(({ params }) => params.action === SEND)
		.map(({ params }) =>
			Object.entries(params).flatMap(([name, value]) =>
				/^articleNo_\d+$/.test(name) ? [value] : [],
			),
		);

const asSpecterHasIt = (product: ProductRecord) => ({
	articleNo: product.article_number,
	name: inLatin1(product.name.sv),
	priceExclVAT: (Math.round(product.price * 100 + 1e-7) / 100).toFixed(2),
	vatPercent: String(TAX_CLASSES[product.tax_class_id]),
	barCode: product.ean1,
});

const names = ['articleNo', 'name', 'priceExclVAT', 'vatPercent', 'barCode'] as const;
const asItStands = (articleNo: string) => {
	const article = articles().get(articleNo);
	return article && Object.fromEntries(names.map((name) => [name, article[name]]));
};

test('the first look sends every product, 100 a call (F3, P1–P4, P6)', async () => {
	expect(
		sent()
			.map(({ length }) => length)
			.sort(),
	).toEqual([100, 50]);
	expect(products().map(({ article_number }) => asItStands(article_number))).toEqual(
		products().map(asSpecterHasIt),
	);
});

test('a changed product is sent alone; nothing else is (F4)', async () => {
	const [product] = products();
	stack.sandbox.specter.clearCalls();
	stack.sandbox.vendre.editProduct(product.id, { price: 4711.5 });
	await lookUntil(() => articles().get(product.article_number)?.priceExclVAT === '4711.50');
	expect(sent()).toEqual([[product.article_number]]);
});

test('stock and texts that Specter does not get are no change (P8)', async () => {
	const [, quiet, loud] = products();
	stack.sandbox.specter.clearCalls();
	const stock = articles().get(quiet.article_number)?.stock;
	stack.sandbox.vendre.editProduct(quiet.id, { quantity: 4711, description: { sv: 'Ny' } });
	stack.sandbox.vendre.editProduct(loud.id, { name: { sv: 'Nytt namn' } });
	await lookUntil(() => articles().get(loud.article_number)?.name === 'Nytt namn');
	expect(sent()).toEqual([[loud.article_number]]);
	expect(articles().get(quiet.article_number)?.stock).toEqual(stock);
});

test('a new product becomes an article (F3)', async () => {
	const made = stack.sandbox.vendre.productShelf.create({
		article_number: 'NY-1',
		name: { sv: 'Ny mugg' },
		price: 80,
		tax_class_id: 4,
	});
	await lookUntil(() => articles().has('NY-1'));
	expect(asItStands('NY-1')).toEqual(asSpecterHasIt(made));
});

test('a changed article number renames the same article, also twice (P7)', async () => {
	const [, , , product] = products();
	const before = articles().get(product.article_number);
	for (const number of ['OM-1', 'OM-2']) {
		stack.sandbox.vendre.editProduct(product.id, { article_number: number });
		await lookUntil(() => articles().has(number));
	}
	expect(articles().get('OM-2')).toMatchObject({ specterArticleId: before?.specterArticleId });
	expect(articles().has('OM-1')).toBe(false);
	expect(articles().size).toBe(PRODUCTS + 1);
});

test('a rename whose answer got lost is not made twice (P7)', async () => {
	const [, , , , product] = products();
	const { specterArticleId } = articles().get(product.article_number) ?? {};
	stack.sandbox.specter.faults.add({ on: SEND, kind: 'drop-after-commit' });
	stack.sandbox.vendre.editProduct(product.id, { article_number: 'OM-3', price: 17 });
	const run = await lookUntil(() => articles().get('OM-3')?.priceExclVAT === '17.00');
	expect(run.status).toBe('success');
	expect(articles().get('OM-3')).toMatchObject({ specterArticleId });
	stack.sandbox.vendre.editProduct(product.id, { price: 18 });
	await lookUntil(() => articles().get('OM-3')?.priceExclVAT === '18.00');
});

/** How often Specter was asked to report all stock again, since the calls were last cleared. */
const asked = () => stack.sandbox.specter.callTotals.get(ASK) ?? 0;

test('all stock is asked for once a look in which numbers changed, and in no other (F5, P7)', async () => {
	const { specter, vendre } = stack.sandbox;
	const [unchanged, ...renumbered] = products().slice(10, 13);
	specter.clearCalls();
	vendre.editProduct(unchanged.id, { price: 24 });
	await lookUntil(() => articles().get(unchanged.article_number)?.priceExclVAT === '24.00');
	expect(asked()).toBe(0);

	for (const [index, { id }] of renumbered.entries())
		vendre.editProduct(id, { article_number: `OM-6-${index}` });
	await lookUntil(() => asked() > 0);
	expect(asked()).toBe(1);
	expect(articles().has('OM-6-0') && articles().has('OM-6-1')).toBe(true);
	expect(specter.stockQueue.pendingCount).toBe(articles().size);
});

test('no stock is asked for where that is switched off (F5, P7)', async () => {
	const { specter, vendre } = stack.sandbox;
	const [product] = products().slice(13);
	await stack.client.deactivate(workflow);
	specter.clearCalls();
	vendre.editProduct(product.id, { article_number: 'OM-8' });
	const quiet = await activateTemplate(stack, TEMPLATE, {
		parameters: { Settings: await settingsWith(TEMPLATE, { askForStockAgain: false }) },
	});
	await specter.until(() => articles().has('OM-8'), 30_000);
	await stack.client.idle();
	expect(asked()).toBe(0);
	expect(sent()).toHaveLength(1);

	await stack.client.deactivate(quiet);
	specter.clearCalls();
	await pollNow(stack, workflow);
	await stack.client.idle();
	expect(sent()).toEqual([]);
});

/** The number that a rename of the product was to give it, as far as its end is not known. */
async function renamingTo({ id }: ProductRecord): Promise<unknown> {
	const rows = (await stack.client.tableRows(TABLE)) ?? [];
	return rows.find(({ productId }) => productId === id)?.renamingTo;
}

async function queuedOf({ id }: ProductRecord): Promise<Array<Record<string, unknown>>> {
	const rows = (await stack.client.tableRows(ERROR_QUEUE)) ?? [];
	return rows.filter(({ record }) => record === String(id));
}

describe('a rename that is cut off (P7)', () => {
	test('is known before Specter is told, and forgotten where Specter refuses it', async () => {
		const product = products()[7];
		const { article_number: former } = product;
		const taken = 'UPPTAGET';
		stack.sandbox.specter.addArticle(taken, { name: 'En annan' });
		stack.sandbox.specter.faults.add({ on: SEND, kind: 'status', status: 503, times: 6 });
		stack.sandbox.vendre.editProduct(product.id, { article_number: taken });
		stack.sandbox.specter.clearCalls();
		expect((await lookUntil(() => sent().length === 6)).status).toBe('error');
		expect(await renamingTo(product)).toBe(taken);

		await changeRows(stack.client, TABLE, 'update', { renamingTo: '' }, [
			['productId', 'eq', String(product.id)],
		]);
		const refused = await lookUntil(() => sent().length > 6);
		expect(outputOf(refused, 'Number refused')).toMatchObject([{ productId: product.id }]);
		expect(await renamingTo(product)).toBe('');
		stack.sandbox.vendre.editProduct(product.id, { article_number: former });
		await pollNow(stack, workflow);
	});

	test('is brought to its end, though the number was changed again meanwhile', async () => {
		const { vendre, specter } = stack.sandbox;
		const product = products()[9];
		const before = articles().get(product.article_number);
		const { size } = articles();
		// So does a run leave it that was killed before it could note what Specter answered.
		specter.editArticle(product.article_number, { articleNo: 'OM-4' });
		await changeRows(stack.client, TABLE, 'update', { renamingTo: 'OM-4' }, [
			['productId', 'eq', String(product.id)],
		]);
		vendre.editProduct(product.id, { article_number: 'OM-5' });
		await pollNow(stack, workflow);
		const { status, data } = await lastRun();
		expect([status, data?.resultData.error?.message]).toEqual([
			'error',
			expect.stringContaining('Specter has it as OM-4 now'),
		]);

		await lookUntil(() => articles().has('OM-5'));
		expect(articles().get('OM-5')).toMatchObject({ specterArticleId: before?.specterArticleId });
		expect(articles().size).toBe(size);
		expect(await renamingTo(product)).toBe('');
		expect(await queuedOf(product)).toEqual([]);
	});

	test('is one too where Specter does not answer to the question for all stock, which is asked again (F5)', async () => {
		const { specter, vendre } = stack.sandbox;
		const [renumbered, refused] = products().slice(13, 15);
		specter.addArticle('UPPTAGET-2', { name: 'En annan' });
		const { size } = articles();
		vendre.editProduct(renumbered.id, { article_number: 'OM-7' });
		vendre.editProduct(refused.id, { article_number: 'UPPTAGET-2' });
		const made = vendre.productShelf.create({
			article_number: 'NY-2',
			name: { sv: 'Ny kanna' },
			price: 81,
			tax_class_id: 4,
		});
		specter.faults.add(NO_STOCK);
		specter.clearCalls();
		expect((await lookUntil(() => asked() === 1)).status).toBe('error');
		// What Specter has of the other two stands in the table: one became an article, one kept its number.
		const begun = await Promise.all([renumbered, refused, made].map(renamingTo));
		expect(begun).toEqual(['OM-7', '', null]);

		expect((await lookUntil(() => asked() === 2)).status).toBe('success');
		expect(specter.stockQueue.pendingCount).toBe(articles().size);
		expect(await renamingTo(renumbered)).toBe('');
		expect(articles().get('UPPTAGET-2')).toMatchObject({ name: 'En annan' });
		expect(articles().size).toBe(size + 1);

		vendre.editProduct(made.id, { price: 82 });
		await lookUntil(() => articles().get('NY-2')?.priceExclVAT === '82.00');
		expect(asked()).toBe(2);
	});

	test('is so by a replay as well, and its record stays in the error queue (F5)', async () => {
		const { client, sandbox } = stack;
		const [product] = products().slice(15, 16);
		sandbox.specter.addArticle('UPPTAGET-3', { name: 'En annan' });
		sandbox.vendre.editProduct(product.id, { article_number: 'UPPTAGET-3' });
		sandbox.specter.clearCalls();
		await lookUntil(() => sent().length > 0);
		expect(await queuedOf(product)).toHaveLength(1);
		const replay = await activateTemplate(stack, REPLAY, {
			parameters: {
				// So that it runs when the test says so.
				[CLOCK]: { rule: { interval: [{ field: 'hours', hoursInterval: 23 }] } },
				Settings: await settingsWith(REPLAY, { firstWaitMinutes: 0 }),
			},
		});

		sandbox.specter.deleteArticle('UPPTAGET-3');
		sandbox.specter.faults.add(NO_STOCK);
		await client.execute(replay, CLOCK);
		expect(asked()).toBe(1);
		expect(await queuedOf(product)).toMatchObject([{ failed: true, tries: 1 }]);
		expect(await renamingTo(product)).toBe('UPPTAGET-3');

		await client.execute(replay, CLOCK);
		expect(asked()).toBe(2);
		expect(await queuedOf(product)).toEqual([]);
		expect(await renamingTo(product)).toBe('');
		await client.deactivate(replay);
	});
});

test('a product that Specter refuses stands in the error queue and does not hold the others', async () => {
	const [, , , , , bad, good] = products();
	stack.sandbox.vendre.editProduct(bad.id, { tax_class_id: 3 });
	Object.assign(bad, { tax_class_id: 77 });
	stack.sandbox.vendre.editProduct(good.id, { price: 19 });
	const run = await lookUntil(() => articles().get(good.article_number)?.priceExclVAT === '19.00');
	expect(run.status).toBe('success');
	expect(outputOf(run, 'Failed products')).toEqual([
		{
			productId: bad.id,
			articleNumber: bad.article_number,
			step: 'Map product to Specter',
			reason: `Product ${bad.id} has tax class "77", for which no VAT is given`,
			whatToDo: expect.stringContaining('VAT by Tax Class'),
			comesAgain: false,
		},
	]);
	stack.sandbox.vendre.editProduct(bad.id, { tax_class_id: 2, price: 20 });
	await lookUntil(() => articles().get(bad.article_number)?.priceExclVAT === '20.00');
});

test('while Specter does not answer the run fails, and the products come again', async () => {
	const [product] = products().slice(-1);
	stack.sandbox.specter.faults.add({ on: SEND, kind: 'status', status: 503, times: 6 });
	stack.sandbox.vendre.editProduct(product.id, { price: 21 });
	stack.sandbox.specter.clearCalls();
	const failed = await lookUntil(() => sent().length === 6);
	expect(failed.status).toBe('error');
	expect(outputOf(failed, 'Failed products')).toMatchObject([{ comesAgain: true }]);
	await lookUntil(() => articles().get(product.article_number)?.priceExclVAT === '21.00');
});

test('a product that Specter’s own change is being written to is left to the next look (F4, F7)', async () => {
	const { client, sandbox } = stack;
	const { specter, vendre } = sandbox;
	const [product] = products().slice(-2);
	const { article_number: articleNo } = product;
	const mark = async (writingSince: string | null) =>
		await changeRows(client, TABLE, 'update', { writingSince }, [['articleNo', 'eq', articleNo]]);
	await mark(new Date().toISOString());
	specter.clearCalls();
	vendre.editProduct(product.id, { price: 23 });
	const { status, data } = await lookUntil(
		() => specter.callTotals.get('checkAccountSettings') === 1,
	);
	expect([status, data?.resultData.error?.message]).toEqual([
		'error',
		expect.stringContaining('Another run was at work on the product'),
	]);
	expect(sent()).toEqual([]);

	await mark(null);
	await lookUntil(() => articles().get(articleNo)?.priceExclVAT === '23.00');
});

describe('a product that another run is at work on', () => {
	const tries = (action: string) => stack.sandbox.specter.callTotals.get(action) ?? 0;
	const costs =
		({ article_number }: ProductRecord, price: string) =>
		() =>
			articles().get(article_number)?.priceExclVAT === price;

	/** A look at this price, in which Specter does not answer at first; then the other run is done with it. */
	async function lookAt(
		product: ProductRecord,
		price: number,
		action: string,
		theOther: () => Promise<void>,
	) {
		const { specter, vendre } = stack.sandbox;
		specter.faults.add({ on: action, kind: 'status', status: 503, times: 3 });
		specter.clearCalls();
		vendre.editProduct(product.id, { price });
		await pollNow(stack, workflow);
		await specter.until(() => tries(action) > 0, 30_000);
		await theOther();
		expect(tries(action)).toBeLessThan(4);
		const { status, data } = await lastRun();
		expect([status, data?.resultData.error?.message]).toEqual([
			'error',
			expect.stringContaining('Another run was at work on the product'),
		]);
	}

	const noted = async ({ article_number }: ProductRecord, fingerprint: string) =>
		await changeRows(stack.client, TABLE, 'update', { fingerprint }, [
			['articleNo', 'eq', article_number],
		]);

	test('since it was read is not sent as it was, but read again (F4, F7)', async () => {
		const [product] = products().slice(-3);
		const theOther = async () => await noted(product, 'what another run has sent');
		await lookAt(product, 24, 'checkAccountSettings', theOther);
		expect(sent()).toEqual([]);
		await lookUntil(costs(product, '24.00'));
	});

	test('while it is sent comes again, since nobody knows what came to Specter last (F4, F7)', async () => {
		const { client, sandbox } = stack;
		const [product] = products().slice(-4);
		sandbox.vendre.editProduct(product.id, { price: 25 });
		await lookUntil(costs(product, '25.00'));
		const rows = (await client.tableRows(TABLE)) ?? [];
		const { fingerprint } = rows.find(({ productId }) => productId === product.id) ?? {};
		sandbox.vendre.editProduct(product.id, { price: 28 });
		await lookUntil(costs(product, '28.00'));

		// Specter's own change back to 25 reaches the shop, and after it Specter gets what was read before.
		await lookAt(product, 26, SEND, async () => {
			sandbox.vendre.editProduct(product.id, { price: 25 });
			await noted(product, String(fingerprint));
		});
		expect(costs(product, '26.00')()).toBe(true);
		await lookUntil(costs(product, '25.00'));

		sandbox.specter.clearCalls();
		sandbox.vendre.editProduct(product.id, { price: 27 });
		await lookUntil(costs(product, '27.00'));
		expect(sent()).toEqual([[product.article_number]]);
	});
});

test('a wrong account stops the run before anything is sent', async () => {
	const [product] = products();
	const { specter, vendre } = stack.sandbox;
	specter.faults.add({ on: 'checkAccountSettings', kind: 'status', status: 401 });
	specter.clearCalls();
	vendre.editProduct(product.id, { price: 22 });
	const run = await lookUntil(() => specter.callTotals.get('checkAccountSettings') === 1);
	expect(run.status).toBe('error');
	expect(sent()).toEqual([]);
	await lookUntil(() => articles().get(product.article_number)?.priceExclVAT === '22.00');
});
