import './withoutPauses';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { runNode, type OnError, type Systems } from './engine';
import { standIn } from './standIn';

const running: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 60, ...options });
	running.push(started);
	return started;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

interface Page extends IDataObject {
	nextOffset: number;
	lastId: number;
	total: number;
	last: boolean;
	records: IDataObject[];
}

async function page(
	systems: Systems,
	resource: string,
	parameters: IDataObject = {},
	onError?: OnError,
): Promise<Page> {
	const run = await runNode(
		systems,
		'vendre',
		{ resource, operation: 'getPage', ...parameters },
		[{}],
		onError,
	);
	if (run.error) throw new Error(run.error.message);
	return run.items[0].json as Page;
}

function makeProduct({ vendre }: Sandbox): void {
	const article_number = `NEW-${vendre.productShelf.nextId}`;
	vendre.productShelf.create({ article_number, name: { sv: 'Ny' }, price: 1, tax_class_id: 2 });
}

/** All ids of a list, read a page at a time, with something done between the pages. */
async function workThrough(
	systems: Systems,
	pageSize: number,
	between: () => void = () => {},
): Promise<number[]> {
	const ids: number[] = [];
	let [offset, afterId] = [0, 0];
	for (;;) {
		const { records, nextOffset, lastId, last } = await page(systems, 'product', {
			pageSize,
			offset,
			afterId,
		});
		ids.push(...records.map(({ id }) => id as number));
		if (last) return ids;
		[offset, afterId] = [nextOffset, lastId];
		between();
	}
}

describe('Get Page', () => {
	test('tells where it stands in the list, and what it read', async () => {
		const sandbox = await start();
		const ids = [...sandbox.vendre.products.keys()];
		const first = await page(sandbox, 'product', { pageSize: 25 });
		expect(first).toMatchObject({
			shop: new URL(sandbox.vendre.url).host,
			offset: 0,
			nextOffset: 25,
			lastId: ids[24],
			total: 60,
			last: false,
		});
		expect(first.records.map(({ id }) => id)).toEqual(ids.slice(0, 25));
		expect(first.records[0]).toMatchObject({
			shop: first.shop,
			fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
		});
		const last = await page(sandbox, 'product', { pageSize: 25, offset: 50, afterId: ids[49] });
		expect(last).toMatchObject({ nextOffset: 60, lastId: ids[59], total: 60, last: true });
	});

	test.each([
		[60, 60],
		[61, 60],
		[20, 60],
		[1000, 0],
	])('pages of %i records give all of %i once', async (pageSize, products) => {
		const sandbox = await start({ products });
		expect(await workThrough(sandbox, pageSize)).toEqual([...sandbox.vendre.products.keys()]);
	});

	test('reads 500 products in three calls and their overlap', async () => {
		const sandbox = await start({ products: 1100 });
		const { nextOffset, lastId } = await page(sandbox, 'product');
		sandbox.vendre.clearCalls();
		await page(sandbox, 'product', { offset: nextOffset, afterId: lastId });
		expect(sandbox.vendre.calls.map(({ query }) => query)).toEqual([
			{ page_size: '250', offset: '495' },
			{ page_size: '250', offset: '745' },
			{ page_size: '5', offset: '995' },
		]);
	});

	test('where more rows were deleted than overlap, it goes back to the last one read', async () => {
		const sandbox = await start();
		const ids = [...sandbox.vendre.products.keys()];
		const left = [...ids.slice(0, 20)];
		const read = await workThrough(sandbox, 30, () => {
			for (const id of left.splice(0)) sandbox.vendre.deleteProduct(id);
		});
		expect(read).toEqual(ids);
	});

	test('products deleted or made meanwhile hide no others', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.nat(59), fc.boolean()), { maxLength: 40 }),
				fc.integer({ min: 1, max: 30 }),
				async (acts, pageSize) => {
					const sandbox = await startSandbox({ products: 60 });
					try {
						const before = [...sandbox.vendre.products.keys()];
						const left = [...acts];
						const ids = await workThrough(sandbox, pageSize, () => {
							for (const [index, isDeletion] of left.splice(0, 12)) {
								if (!isDeletion) makeProduct(sandbox);
								else sandbox.vendre.deleteProduct(before[index]);
							}
						});
						expect(new Set(ids).size).toBe(ids.length);
						const standing = before.filter((id) => sandbox.vendre.products.has(id));
						expect(ids).toEqual(expect.arrayContaining(standing));
					} finally {
						await sandbox.stop();
					}
				},
			),
			{ numRuns: 25 },
		);
	});

	test('a list that comes newest first is read whole as well', async () => {
		const rows = Array.from({ length: 30 }, (_, index) => ({ id: 30 - index, price: 1 }));
		const shop = await standIn(({ url }) => {
			const query = new URL(url, 'http://shop').searchParams;
			const [offset, size] = [Number(query.get('offset')), Number(query.get('page_size'))];
			const list = rows.slice(offset, offset + size);
			return { body: JSON.stringify({ list, remaining: rows.length - offset - list.length }) };
		});
		const sandbox = await start();
		const credentials = { ...sandbox.vendre.credentials, shopUrl: shop.url };
		const ids = await workThrough({ ...sandbox, vendre: { credentials } }, 8);
		expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
	});

	test('orders are read in full, or as the list has them', async () => {
		const sandbox = await start();
		const { id } = sandbox.vendre.placeOrder('person');
		const full = await page(sandbox, 'order');
		expect(full.records).toMatchObject([{ id, products: expect.any(Array) }]);
		expect(sandbox.vendre.callTotals.get('GET /orders/{id}')).toBe(1);
		await page(sandbox, 'order', { readInFull: false });
		expect(sandbox.vendre.callTotals.get('GET /orders/{id}')).toBe(1);
	});

	test('customers come without a fingerprint', async () => {
		const sandbox = await start();
		const { records } = await page(sandbox, 'customer', { pageSize: 2 });
		const shown = [...sandbox.vendre.customers.values()].slice(0, 2);
		expect(records.map(({ email_address }) => email_address)).toEqual(
			shown.map(({ email_address }) => email_address),
		);
		expect(records[0]).not.toHaveProperty('fingerprint');
	});

	test('a product that cannot be read stands among the others with the reason', async () => {
		const sandbox = await start({ products: 3 });
		const [, second] = sandbox.vendre.products.values();
		Object.assign(second, { price: 'on request' });
		const { records } = await page(sandbox, 'product', {}, 'continueRegularOutput');
		expect(records.map(({ error }) => error !== undefined)).toEqual([false, true, false]);
		expect(records[1]).toEqual({
			id: second.id,
			error: expect.stringContaining('price is "on request"'),
			details: expect.any(String),
			retryable: false,
		});
		await expect(page(sandbox, 'product')).rejects.toThrow('price is "on request"');
	});

	test('so do an order and a customer whose Specter number is none', async () => {
		const sandbox = await start();
		const odd = { external_id: { number: 7 } };
		const placed = Array.from({ length: 3 }, () =>
			sandbox.vendre.placeOrder('person', { webhook: false }),
		);
		const customers = [...sandbox.vendre.customers.values()];
		Object.assign(placed[1], odd);
		Object.assign(customers[1], odd);
		for (const resource of ['order', 'customer']) {
			const { records } = await page(sandbox, resource, {}, 'continueRegularOutput');
			const failed = records.filter(({ error }) => error !== undefined);
			expect(records.length).toBeGreaterThan(2);
			expect(failed).toMatchObject([{ error: expect.stringContaining('external_id is {') }]);
		}
	});

	test('a page that the shop does not answer is no page', async () => {
		const sandbox = await start();
		sandbox.vendre.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 99 });
		await expect(page(sandbox, 'product')).rejects.toThrow('HTTP status 500');
	});
});
