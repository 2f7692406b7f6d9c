import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { runNode, type OnError, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

const running: Sandbox[] = [];

/** A shop whose products have no stock places, so that their total is what was saved. */
async function start({ products = 60, ...options }: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products, ...options });
	running.push(started);
	for (const product of started.vendre.products.values()) {
		Object.assign(product, { warehouses: [], quantity: 10 });
	}
	return started;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

/** A shop that knows no filter and answers every question with all its rows. */
const WITHOUT_FILTERS = { vendreDialect: { filters: { products: [], customers: [] } } } as const;

const update = async (
	systems: Systems,
	input: IDataObject[],
	onError?: OnError,
	parameters: IDataObject = {},
) =>
	await runNode(
		systems,
		'vendre',
		{ resource: 'stock', operation: 'update', ...parameters },
		input,
		onError,
	);

const productsOf = ({ vendre }: Sandbox) => [...vendre.products.values()];
const levels = (sandbox: Sandbox, quantity: number, count = Infinity) =>
	productsOf(sandbox)
		.slice(0, count)
		.map(({ article_number: articleNumber }) => ({ articleNumber, quantity, notes: [] }));
const outcomes = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.outcome);
const lookUps = ({ vendre }: Sandbox) => vendre.calls.filter(({ method }) => method === 'GET');
const writes = ({ vendre }: Sandbox) => vendre.calls.filter(({ method }) => method !== 'GET');
const queries = (sandbox: Sandbox) => lookUps(sandbox).map(({ query }) => query);

describe('what is written (S1, S2)', () => {
	test('the number, in one look-up and one save of that field alone', async () => {
		const sandbox = await start();
		const [, product] = productsOf(sandbox);
		const { article_number: articleNumber, id } = product;
		const run = await update(sandbox, [{ articleNumber, quantity: 7 }]);
		expect(run.items).toEqual([
			{
				json: {
					outcome: 'updated',
					articleNumber,
					productId: id,
					quantity: 7,
					quantityBefore: 10,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(product.quantity).toBe(7);
		expect(sandbox.vendre.calls.map(({ method, path, body }) => [method, path, body])).toEqual([
			['GET', '/API/1/products', undefined],
			['PUT', `/API/1/products/${id}`, { quantity: 7 }],
		]);
	});

	test('by the shop’s id', async () => {
		const sandbox = await start();
		const [{ id: productId, article_number: articleNumber }] = productsOf(sandbox);
		const input = [
			{ productId, quantity: 3 },
			{ productId: 99_999, quantity: 3 },
		];
		const run = await update(sandbox, input, undefined, { findBy: 'id' });
		expect(run.items.map(({ json }) => json)).toEqual([
			{ outcome: 'updated', articleNumber, productId, quantity: 3, quantityBefore: 10 },
			{
				outcome: 'skipped',
				articleNumber: '',
				productId: 99_999,
				quantity: 3,
				quantityBefore: null,
				note: 'The shop has no product with ID 99999',
			},
		]);
	});

	test('a number that the shop has already is not written; no rounding makes it so', async () => {
		const sandbox = await start();
		const [first, second] = productsOf(sandbox);
		Object.assign(second, { quantity: '10.4' });
		const run = await update(sandbox, levels(sandbox, 10, 2));
		expect(outcomes(run.items)).toEqual(['unchanged', 'updated']);
		expect(writes(sandbox)).toHaveLength(1);
		expect([first.quantity, second.quantity]).toEqual([10, 10]);
	});

	test('stock below zero is sent as it is, and a shop that keeps 0 for it has saved it', async () => {
		const sandbox = await start();
		const [plain, withPlaces] = productsOf(sandbox);
		withPlaces.warehouses = [
			{ external_id: 'lager', quantity: 4, location: null },
			{ external_id: 'butik', quantity: -1, location: null },
		];
		const run = await update(sandbox, levels(sandbox, -3, 2));
		expect(outcomes(run.items)).toEqual(['updated', 'updated']);
		expect(plain.quantity).toBe(-3);
		expect(withPlaces.quantity).toBe(0);
		expect(writes(sandbox).map(({ body }) => body)).toEqual([{ quantity: -3 }, { quantity: -3 }]);
	});

	test('other stock places stay as they are, and their stock in the total is no mistake', async () => {
		const sandbox = await start();
		const [product] = productsOf(sandbox);
		const other = { external_id: 'butik', quantity: 8, location: null };
		product.warehouses = [{ external_id: 'lager', quantity: 4, location: null }, other];
		const run = await update(sandbox, levels(sandbox, 5, 1));
		expect(outcomes(run.items)).toEqual(['updated']);
		expect(product.warehouses[1]).toEqual(other);
	});

	test('a shop that answers with another number has not saved it', async () => {
		const sandbox = await start({ products: 1 });
		const row = { id: 1, article_number: 'A', quantity: 10 };
		const shop = await standIn(({ method }) => ({
			body: JSON.stringify(method === 'GET' ? { list: [row], remaining: 0 } : { data: row }),
		}));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await update({ ...sandbox, vendre }, [{ articleNumber: 'A', quantity: 7 }]);
		expect(run.error?.message).toBe(
			'Vendre answered that products/1 is saved, but quantity is 10 and not 7',
		);
	});

	test.each([
		['POST as the save verb', { saveVerb: 'POST' }],
		['one record in a wrapper', { wrapsOneRecord: true }],
		['filters that it ignores', WITHOUT_FILTERS.vendreDialect],
	] as const)('a shop with %s', async (_, vendreDialect) => {
		const sandbox = await start({ vendreDialect });
		const run = await update(sandbox, levels(sandbox, 4, 3));
		expect(outcomes(run.items)).toEqual(['updated', 'updated', 'updated']);
		expect(
			productsOf(sandbox)
				.map(({ quantity }) => quantity)
				.slice(0, 4),
		).toEqual([4, 4, 4, 10]);
	});
});

describe('what is not written', () => {
	test('an article that the shop does not sell, and one without a number', async () => {
		const sandbox = await start();
		const [{ article_number: articleNumber }] = productsOf(sandbox);
		const run = await update(sandbox, [
			{ articleNumber: 'SAKNAS', quantity: 3, notes: ['2.5 was rounded down'] },
			{ articleNumber, quantity: null, notes: ['Specter told no number'] },
			{ articleNumber, quantity: '' },
		]);
		expect(run.items.map(({ json }) => [json.outcome, json.productId, json.note])).toEqual([
			[
				'skipped',
				null,
				'2.5 was rounded down; The shop has no product with article number "SAKNAS"',
			],
			['skipped', null, 'Specter told no number'],
			['skipped', null, 'There is no number to set'],
		]);
		expect(writes(sandbox)).toEqual([]);
	});

	test.each([2.5, '2,5', 'many', true])('%j is refused, and the others go on', async (quantity) => {
		const sandbox = await start();
		const [level, other] = levels(sandbox, 4);
		const run = await update(sandbox, [{ ...level, quantity }, other], 'continueRegularOutput');
		expect(run.items[0].json).toMatchObject({
			articleNumber: level.articleNumber,
			error: `The parameter quantity is ${JSON.stringify(quantity)}: a whole number is wanted`,
			retryable: false,
		});
		expect(run.items[1].json.outcome).toBe('updated');
	});

	test('an item without an article number is refused', async () => {
		const run = await update(await start(), [{ quantity: 1 }]);
		expect(run.error?.message).toContain('The parameter articleNumber is empty');
	});

	test('an item that failed before goes on untouched, and nothing is asked for it', async () => {
		const sandbox = await start();
		const failed = { articleNumber: 'A', quantity: 1, error: 'no', details: '', retryable: true };
		const run = await update(sandbox, [failed], 'continueRegularOutput');
		expect(run.items).toEqual([{ json: failed, pairedItem: { item: 0 } }]);
		expect(sandbox.vendre.calls).toEqual([]);
	});
});

test('of several items for one product the last that has a number is written, once', async () => {
	const sandbox = await start();
	const [{ article_number: articleNumber, id: productId }] = productsOf(sandbox);
	const input = [
		{ by: 'articleNumber', articleNumber, quantity: 1 },
		{ by: 'id', productId, quantity: 2 },
		{ by: 'articleNumber', articleNumber, quantity: 3 },
		{ by: 'articleNumber', articleNumber, quantity: null },
	];
	const run = await update(sandbox, input, undefined, { findBy: '={{ $json.by }}' });
	expect(outcomes(run.items)).toEqual(['skipped', 'skipped', 'updated', 'skipped']);
	expect(run.items[0].json.note).toBe('A later item has a newer number for the same product');
	expect(writes(sandbox).map(({ body }) => body)).toEqual([{ quantity: 3 }]);
});

describe('how many look-ups', () => {
	test.each([
		['two numbers that it has not seen', 600, 2, 3],
		['as many as the list has pages', 600, 3, 4],
		['more than the list has pages: the whole list', 600, 4, 4],
	])('%s', async (_, products, count, expected) => {
		const sandbox = await start({ products });
		const run = await update(sandbox, levels(sandbox, 4, count));
		expect(new Set(outcomes(run.items))).toEqual(new Set(['updated']));
		expect(lookUps(sandbox)).toHaveLength(expected);
	});

	test('numbers seen before are asked for by their ids, fifty a call', async () => {
		const sandbox = await start({ products: 2000 });
		await update(sandbox, levels(sandbox, 10));
		sandbox.vendre.clearCalls();
		await update(sandbox, levels(sandbox, 5, 120));
		expect(queries(sandbox).map(({ ids }) => ids.split(',').length)).toEqual([50, 50, 20]);
		sandbox.vendre.clearCalls();
		await update(sandbox, levels(sandbox, 6, 1));
		expect(queries(sandbox).map(({ ids }) => ids)).toEqual([String(productsOf(sandbox)[0].id)]);
	});

	test('another shop behind the same credential is another list', async () => {
		const [first, second] = [await start(), await start({ products: 3 })];
		const [level] = levels(first, 4);
		await update(first, [level]);
		await update(second, [level]);
		expect(queries(second)[0]).toMatchObject({ article_number: level.articleNumber });
	});

	test('five thousand rows: a hundred look-ups at most, and one write each', async () => {
		const sandbox = await start({ products: 5000 });
		const run = await update(sandbox, levels(sandbox, 4), undefined, {
			options: { parallelRequests: 16 },
		});
		expect(outcomes(run.items).every((outcome) => outcome === 'updated')).toBe(true);
		expect(lookUps(sandbox).length).toBeLessThanOrEqual(100);
		expect(writes(sandbox)).toHaveLength(5000);
		expect(sandbox.vendre.writes.size).toBe(5000);

		sandbox.vendre.clearCalls();
		const again = await update(sandbox, levels(sandbox, 4));
		expect(new Set(outcomes(again.items))).toEqual(new Set(['unchanged']));
		expect(lookUps(sandbox).length).toBeLessThanOrEqual(100);
		expect(writes(sandbox)).toEqual([]);
	}, 120_000);

	test('most of a shop is read anew, so that a product renumbered a moment ago is found', async () => {
		const sandbox = await start({ products: 600 });
		const all = levels(sandbox, 4);
		const unsold = ['A', 'B', 'C', 'D'].map((articleNumber) => ({ articleNumber, quantity: 4 }));
		await update(sandbox, [...all, ...unsold]);
		const [product] = productsOf(sandbox);
		sandbox.vendre.editProduct(product.id, { article_number: 'NYTT' });
		const run = await update(sandbox, [{ articleNumber: 'NYTT', quantity: 5 }, ...all, ...unsold]);
		expect(outcomes(run.items)[0]).toBe('updated');
		expect(product.quantity).toBe(5);
	});

	test('no more calls at once than allowed', async () => {
		let underWay = 0;
		let most = 0;
		const shop = await standIn(async ({ method, url }) => {
			most = Math.max(most, ++underWay);
			await new Promise((resolve) => setTimeout(resolve, 20));
			underWay -= 1;
			const number = new URL(url, 'http://x').searchParams.get('article_number');
			const list = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ({ id, article_number: `${id}` }));
			if (method !== 'GET') return { body: '' };
			const rows = list.filter((row) => !number || row.article_number === number);
			return { body: JSON.stringify({ list: rows, remaining: 0 }) };
		});
		const sandbox = await start({ products: 1 });
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ({ articleNumber: `${id}`, quantity: 1 }));
		const options = { parallelRequests: 3 };
		const run = await update({ ...sandbox, vendre }, input, undefined, { options });
		expect(run.items).toHaveLength(8);
		expect(most).toBe(3);
	});
});

describe('a look-up is checked', () => {
	/** Has the node learn where a product is, then changes the shop behind its back. */
	async function learned() {
		const sandbox = await start({ products: 600 });
		const [product, other] = productsOf(sandbox);
		const [level] = levels(sandbox, 4, 1);
		await update(sandbox, [level]);
		sandbox.vendre.clearCalls();
		return { sandbox, product, other, level: { ...level, quantity: 5 } };
	}

	test('a product that has got another number is not taken for the one meant', async () => {
		const { sandbox, product, other, level } = await learned();
		sandbox.vendre.editProduct(product.id, { article_number: 'NYTT' });
		sandbox.vendre.editProduct(other.id, { article_number: level.articleNumber });
		const run = await update(sandbox, [level, { articleNumber: 'NYTT', quantity: 6 }]);
		expect(run.items.map(({ json }) => json.productId)).toEqual([other.id, product.id]);
		expect([other.quantity, product.quantity]).toEqual([5, 6]);
	});

	test('a product that was deleted is no longer there', async () => {
		const { sandbox, product, level } = await learned();
		sandbox.vendre.deleteProduct(product.id);
		expect(outcomes((await update(sandbox, [level])).items)).toEqual(['skipped']);
		expect(writes(sandbox)).toEqual([]);
	});
});

test('a filter that takes a part for the whole is none that is ignored', async () => {
	const asked: string[] = [];
	const shop = await standIn(({ url }) => {
		asked.push(url);
		const wanted = new URL(url, 'http://shop').searchParams.get('article_number') ?? '';
		const list = [{ id: 1, article_number: `${wanted.toLowerCase()}-XL` }];
		return { body: JSON.stringify({ list, remaining: 0 }) };
	});
	const sandbox = await start({ products: 1 });
	const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
	for (const articleNumber of ['KÅSA', 'MUGG']) {
		const run = await update({ ...sandbox, vendre }, [{ articleNumber, quantity: 1 }]);
		expect(outcomes(run.items)).toEqual(['skipped']);
	}
	expect(asked).toHaveLength(2);
	for (const url of asked) expect(url).toContain('article_number=');
});

describe('a shop that ignores the filters', () => {
	const missing = [{ articleNumber: 'SAKNAS', quantity: 1 }];

	test('is read whole once, and not again for a number that it does not have', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 1000 });
		await update(sandbox, missing);
		expect(lookUps(sandbox)).toHaveLength(1 + 4);
		for (let time = 0; time < 3; time += 1) {
			sandbox.vendre.clearCalls();
			const run = await update(sandbox, [
				...missing,
				{ articleNumber: 'INTE HELLER', quantity: 1 },
			]);
			expect(outcomes(run.items)).toEqual(['skipped', 'skipped']);
			expect(lookUps(sandbox)).toHaveLength(1);
		}
	});

	test('a product that is new since then is found, also after many were deleted', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 1000 });
		await update(sandbox, missing);
		for (const { id } of productsOf(sandbox).slice(0, 40)) sandbox.vendre.deleteProduct(id);
		const fields = { article_number: 'NY', name: { sv: 'Ny' }, price: 1, tax_class_id: 2 };
		sandbox.vendre.productShelf.create(fields);
		sandbox.vendre.clearCalls();
		const found = await update(sandbox, [{ articleNumber: 'NY', quantity: 3 }]);
		expect(outcomes(found.items)).toEqual(['updated']);
		expect(lookUps(sandbox)).toHaveLength(1);

		for (const { id } of productsOf(sandbox).slice(0, 200)) sandbox.vendre.deleteProduct(id);
		sandbox.vendre.productShelf.create({ ...fields, article_number: 'NYARE' });
		const run = await update(sandbox, [{ articleNumber: 'NYARE', quantity: 3 }]);
		expect(outcomes(run.items)).toEqual(['updated']);
	});

	test('and lists its newest products first: a new one is found', async () => {
		const rows = Array.from({ length: 600 }, (_, index) => ({
			id: 600 - index,
			article_number: '',
		}));
		const shop = await standIn(({ method, url }) => {
			if (method !== 'GET') return { body: '' };
			const { searchParams } = new URL(url, 'http://shop');
			const offset = Number(searchParams.get('offset'));
			const list = rows.slice(offset, offset + Number(searchParams.get('page_size')));
			return { body: JSON.stringify({ list, remaining: rows.length - offset - list.length }) };
		});
		const sandbox = await start({ products: 1 });
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		await update({ ...sandbox, vendre }, missing);
		rows.unshift({ id: 601, article_number: 'SAKNAS' });
		const run = await update({ ...sandbox, vendre }, missing);
		expect(outcomes(run.items)).toEqual(['updated']);
	});

	test('ten minutes later it is read again', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 600 });
		await update(sandbox, missing);
		const [product] = productsOf(sandbox);
		sandbox.vendre.editProduct(product.id, { article_number: 'SAKNAS' });
		const now = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 600_000);
		const run = await update(sandbox, missing);
		now.mockRestore();
		expect(outcomes(run.items)).toEqual(['updated']);
	});

	test('products known by their ids are read one by one while they are few', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 1000 });
		await update(sandbox, missing);
		sandbox.vendre.clearCalls();
		await update(sandbox, levels(sandbox, 5).slice(-3));
		expect(lookUps(sandbox)).toHaveLength(1 + 3);
		sandbox.vendre.clearCalls();
		const run = await update(sandbox, levels(sandbox, 5).slice(-5));
		expect(outcomes(run.items)).toEqual([
			...Array(2).fill('updated'),
			...Array(3).fill('unchanged'),
		]);
		expect(lookUps(sandbox)).toHaveLength(4);
	});

	test('rows that slip past while the list is read are read after all', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 600 });
		const input = levels(sandbox, 4).slice(250, 260);
		sandbox.vendre.on('change', () => {
			const pages = sandbox.vendre.calls.filter(({ query }) => query.page_size === '250').length;
			if (pages !== 1) return;
			for (const { id } of productsOf(sandbox).slice(0, 5)) sandbox.vendre.productShelf.remove(id);
		});
		const run = await update(sandbox, input);
		expect(new Set(outcomes(run.items))).toEqual(new Set(['updated']));
	});
});

describe('failures', () => {
	test.each(['drop-before-commit', 'drop-after-commit', 'garbage', 'malformed'] as const)(
		'%s: saved again',
		async (kind) => {
			const sandbox = await start();
			sandbox.vendre.faults.add({ on: 'PUT /products/\\d+', kind, times: 2 });
			const run = await update(sandbox, levels(sandbox, 4, 1));
			expect(outcomes(run.items)).toEqual(['updated']);
			expect(productsOf(sandbox)[0].quantity).toBe(4);
		},
	);

	test('one record that always fails does not stop the others', async () => {
		const sandbox = await start();
		const [, , third] = productsOf(sandbox);
		const on = `PUT /products/${third.id}`;
		sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: null });
		const run = await update(sandbox, levels(sandbox, 4), 'continueRegularOutput');
		const failed = run.items.filter(({ json }) => json.error);
		expect(failed.map(({ json }) => [json.articleNumber, json.retryable])).toEqual([
			[third.article_number, true],
		]);
		expect(productsOf(sandbox).filter(({ quantity }) => quantity === 4)).toHaveLength(59);
	});

	test('records that fail among others that do not are no outage', async () => {
		const sandbox = await start({ products: 12 });
		const failing = productsOf(sandbox).filter((_, index) => index % 3 === 0);
		for (const { id } of failing) {
			const on = `PUT /products/${id}`;
			sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: null });
		}
		const options = { parallelRequests: 1 };
		const run = await update(sandbox, levels(sandbox, 4), 'continueRegularOutput', { options });
		expect(run.items.filter(({ json }) => json.error)).toHaveLength(4);
		expect(writes(sandbox)).toHaveLength(8 + 4 * 6);
	});

	test('records that the shop refuses do not stop the others, however many', async () => {
		const sandbox = await start();
		const on = 'PUT /products/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 422, times: 20 });
		const run = await update(sandbox, levels(sandbox, 4), 'continueRegularOutput');
		const failed = run.items.filter(({ json }) => json.error);
		expect(failed).toHaveLength(20);
		expect(failed.every(({ json }) => json.retryable === false)).toBe(true);
		expect(productsOf(sandbox).filter(({ quantity }) => quantity === 4)).toHaveLength(40);
	});

	test('a shop that is down costs the tries of three records, not of all', async () => {
		const sandbox = await start();
		const on = 'PUT /products/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 503, times: null });
		const options = { parallelRequests: 1 };
		const run = await update(sandbox, levels(sandbox, 4), 'continueRegularOutput', { options });
		expect(run.items).toHaveLength(60);
		expect(run.items.every(({ json }) => json.error && json.retryable)).toBe(true);
		expect(run.items[3].json).toMatchObject({
			quantity: 4,
			error: 'This record was not tried because the shop does not answer',
		});
		expect(run.items[3].json.details).toContain('HTTP status 503');
		expect(writes(sandbox)).toHaveLength(3 * 6);
		expectNoSecrets(sandbox, run);
	});

	test('a look-up that fails is every record’s failure, to be taken up again', async () => {
		const sandbox = await start();
		sandbox.vendre.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: null });
		const input = [...levels(sandbox, 4, 2), { articleNumber: 'A', quantity: null }];
		const run = await update(sandbox, input, 'continueRegularOutput');
		const reason = 'Vendre answered GET products with HTTP status 500 (6 tries)';
		expect(run.items.map(({ json }) => [json.error, json.retryable, json.outcome])).toEqual([
			[reason, true, undefined],
			[reason, true, undefined],
			[undefined, undefined, 'skipped'],
		]);

		const stopped = await update(sandbox, input);
		expect(stopped.error?.message).toBe(reason);
	});

	test('where the node stops at a failure, the item is named and nothing new is begun', async () => {
		const sandbox = await start();
		const [, second] = productsOf(sandbox);
		const on = `PUT /products/${second.id}`;
		sandbox.vendre.faults.add({ on, kind: 'status', status: 422 });
		const options = { parallelRequests: 1 };
		const run = await update(sandbox, levels(sandbox, 4), undefined, { options });
		expect(run.error?.context?.itemIndex).toBe(1);
		expect(writes(sandbox)).toHaveLength(2);
	});

	test('429 is waited for', async () => {
		const sandbox = await start();
		const on = 'PUT /products/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 429, retryAfter: '2' });
		expect(outcomes((await update(sandbox, levels(sandbox, 4, 1))).items)).toEqual(['updated']);
	});
});
