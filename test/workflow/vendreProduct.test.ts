import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { runNode, type OnError, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';
import { without } from './without';

const running: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 60, ...options });
	running.push(started);
	return started;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

/** A shop that knows no filter and answers every question with all its rows. */
const WITHOUT_FILTERS = { vendreDialect: { filters: { products: [], customers: [] } } };

const product = async (
	systems: Systems,
	operation: string,
	parameters: IDataObject = {},
	input: IDataObject[] = [{}],
	onError?: OnError,
) =>
	await runNode(
		systems,
		'vendre',
		{ resource: 'product', operation, ...parameters },
		input,
		onError,
	);

const queries = ({ vendre }: Sandbox) => vendre.calls.map(({ path, query }) => [path, query]);
const idsOf = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.id);

describe('Get Many', () => {
	test.each([
		[249, 1],
		[250, 1],
		[251, 2],
		[500, 2],
		[501, 3],
	])('all of %i products are %i pages', async (products, pages) => {
		const sandbox = await start({ products });
		const run = await product(sandbox, 'getAll', { returnAll: true });
		expect(idsOf(run.items)).toEqual([...sandbox.vendre.products.keys()]);
		expect(queries(sandbox)).toEqual(
			Array.from({ length: pages }, (_, page) => [
				'/API/1/products',
				{ page_size: '250', offset: String(250 * page) },
			]),
		);
	});

	test.each([
		[1, 1],
		[250, 1],
		[251, 2],
	])('the first %i read no page more than needed (%i)', async (limit, pages) => {
		const sandbox = await start({ products: 600 });
		const run = await product(sandbox, 'getAll', { limit });
		expect(idsOf(run.items)).toEqual([...sandbox.vendre.products.keys()].slice(0, limit));
		expect(sandbox.vendre.calls).toHaveLength(pages);
	});

	test('simplified, or as the shop has them', async () => {
		const sandbox = await start();
		const [simple] = (await product(sandbox, 'getAll', { limit: 1 })).items;
		const [whole] = (await product(sandbox, 'getAll', { limit: 1, simplify: false })).items;
		const [first] = sandbox.vendre.products.values();
		expect(whole.json).toEqual(first);
		expect(Object.keys(simple.json).length).toBeLessThan(25);
		expect(simple.json).toMatchObject({
			id: first.id,
			article_number: first.article_number,
			price: first.price,
			name: first.name,
		});
	});

	test('a product that cannot be read does not stop the others', async () => {
		const sandbox = await start();
		const [, second] = sandbox.vendre.products.values();
		Object.assign(second, { price: 'gratis' });
		const parameters = { limit: 3 };
		const run = await product(sandbox, 'getAll', parameters, [{}], 'continueErrorOutput');
		expect(run.items).toHaveLength(2);
		expect(run.failed[0].json.error).toBe(
			`Product ${second.id} of the shop cannot be used: price is "gratis": a number is wanted`,
		);
	});
});

describe('Get', () => {
	test('by article number, in one call', async () => {
		const sandbox = await start();
		const wanted = [...sandbox.vendre.products.values()][42];
		const run = await product(sandbox, 'get', {}, [{ article_number: wanted.article_number }]);
		expect(idsOf(run.items)).toEqual([wanted.id]);
		expect(queries(sandbox)).toEqual([
			['/API/1/products', { article_number: wanted.article_number, page_size: '250' }],
		]);
	});

	test('by article number where the shop ignores the filter: found by a scan', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 600 });
		const wanted = [...sandbox.vendre.products.values()][555];
		const run = await product(sandbox, 'get', {}, [{ article_number: wanted.article_number }]);
		expect(idsOf(run.items)).toEqual([wanted.id]);
		expect(sandbox.vendre.calls).toHaveLength(4);
	});

	test('a number that no product has: another row is never taken for it', async () => {
		for (const options of [{}, WITHOUT_FILTERS]) {
			const sandbox = await start(options);
			const run = await product(sandbox, 'get', {}, [{ article_number: 'SAKNAS' }]);
			expect(run.items).toEqual([]);
			expect(run.error?.message).toBe('The shop has no product with article number "SAKNAS"');
		}
	});

	test('a filter that finds more than was asked for is checked', async () => {
		const rows = ['MUGG-10', 'mugg-1', 'MUGG-1'].map((article_number, id) => ({
			id: id + 1,
			article_number,
		}));
		const shop = await standIn(() => ({ body: JSON.stringify({ list: rows, remaining: 0 }) }));
		const sandbox = await start({ products: 1 });
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await product({ ...sandbox, vendre }, 'get', {}, [{ article_number: 'MUGG-1' }]);
		await shop.stop();
		expect(idsOf(run.items)).toEqual([3]);
	});

	test('by id', async () => {
		const sandbox = await start();
		const [{ id }] = sandbox.vendre.products.values();
		const run = await product(sandbox, 'get', { findBy: 'id' }, [{ id }]);
		expect(idsOf(run.items)).toEqual([id]);
		expect(queries(sandbox)).toEqual([[`/API/1/products/${id}`, {}]]);
	});

	test('one that is missing goes to the error output with its input, the others through', async () => {
		const sandbox = await start();
		const [first, second] = sandbox.vendre.products.values();
		const input = [
			{ article_number: first.article_number },
			{ article_number: 'SAKNAS', mark: 1 },
			{ article_number: second.article_number },
		];
		const run = await product(sandbox, 'get', {}, input, 'continueErrorOutput');
		expect(run.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[first.id, { item: 0 }],
			[second.id, { item: 2 }],
		]);
		expect(run.failed[0].json).toMatchObject({
			mark: 1,
			error: 'The shop has no product with article number "SAKNAS"',
		});
		expectNoSecrets(sandbox, run);
	});
});

describe('Get for Order', () => {
	const ordersOf = (...idLists: number[][]) =>
		idLists.map((ids, index) => ({
			id: index + 1,
			mark: `order ${index + 1}`,
			products: ids.map((product_id) => ({ product_id, model: 'x', quantity: 1 })),
		}));
	const recordsOf = (json: IDataObject) =>
		(json.productRecords as IDataObject[]).map(({ id }) => id);

	test('adds the products of its rows to each order, each once, in the order of the rows', async () => {
		const sandbox = await start();
		const ids = [...sandbox.vendre.products.keys()];
		const orders = ordersOf([ids[5], ids[2], ids[5]], [ids[2]], []);
		const run = await product(sandbox, 'getForOrder', {}, orders);
		expect(run.items.map(({ json }) => recordsOf(json))).toEqual([[ids[5], ids[2]], [ids[2]], []]);
		expect(run.items.map(({ json }) => without(json, 'productRecords'))).toEqual(orders);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
	});

	test.each([
		[1, 1],
		[50, 1],
		[51, 2],
		[120, 3],
	])('%i products of several orders are %i calls', async (products, expected) => {
		const sandbox = await start({ products });
		const ids = [...sandbox.vendre.products.keys()];
		const orders = ordersOf(ids.slice(0, 40), ids.slice(30), ids);
		const run = await product(sandbox, 'getForOrder', {}, orders);
		expect(recordsOf(run.items[2].json)).toEqual(ids);
		expect(sandbox.vendre.calls).toHaveLength(expected);
		expect(sandbox.vendre.calls.every(({ query }) => query.ids.split(',').length <= 50)).toBe(true);
	});

	test('no product ids are no call', async () => {
		const sandbox = await start();
		const orders = [{ id: 1 }, { id: 2, products: [{ product_id: 0 }, { product_id: null }] }];
		const run = await product(sandbox, 'getForOrder', {}, orders);
		expect(run.items.map(({ json }) => json.productRecords)).toEqual([[], []]);
		expect(sandbox.vendre.calls).toEqual([]);
	});

	test('a product that the shop has deleted since is left out', async () => {
		const sandbox = await start();
		const ids = [...sandbox.vendre.products.keys()];
		sandbox.vendre.deleteProduct(ids[0]);
		const run = await product(sandbox, 'getForOrder', {}, ordersOf([ids[0], ids[1]]));
		expect(recordsOf(run.items[0].json)).toEqual([ids[1]]);
	});

	test('where the shop ignores the filter the products are read one by one', async () => {
		const sandbox = await start({ ...WITHOUT_FILTERS, products: 400 });
		const ids = [...sandbox.vendre.products.keys()];
		const wanted = [ids[399], ids[3], ids[398]];
		sandbox.vendre.deleteProduct(ids[398]);
		const run = await product(sandbox, 'getForOrder', {}, ordersOf(wanted));
		expect(recordsOf(run.items[0].json)).toEqual([ids[399], ids[3]]);
		expect(sandbox.vendre.calls.length).toBeLessThanOrEqual(1 + wanted.length);
	});

	test('a failed look-up is the failure of every order that waits for it', async () => {
		const sandbox = await start();
		const ids = [...sandbox.vendre.products.keys()];
		sandbox.vendre.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 99 });
		const orders = ordersOf([ids[0]], [ids[1]]);
		const run = await product(sandbox, 'getForOrder', {}, orders, 'continueErrorOutput');
		expect(run.failed.map(({ json }) => [json.mark, json.error])).toEqual(
			['order 1', 'order 2'].map((mark) => [
				mark,
				'Vendre answered GET products with HTTP status 500 (6 tries)',
			]),
		);
		expectNoSecrets(sandbox, run);
	});

	test('a product that cannot be read fails the orders that have it, and no other', async () => {
		const sandbox = await start();
		const [first, second] = sandbox.vendre.products.values();
		Object.assign(first, { weight: 'tung' });
		const orders = ordersOf([first.id, second.id], [second.id]);
		const run = await product(sandbox, 'getForOrder', {}, orders, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed[0].json).toMatchObject({
			mark: 'order 1',
			error: `Product ${first.id} of the shop cannot be used: weight is "tung": a number is wanted`,
		});
	});
});
