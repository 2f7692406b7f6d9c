import { pauses } from './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { runNode, type OnError, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

const running: Sandbox[] = [];
let sandbox: Sandbox;

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 30, ...options });
	running.push(started);
	return started;
}

beforeEach(async () => (sandbox = await start()));
afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

const order = async (
	operation: string,
	parameters: IDataObject,
	input: IDataObject[] = [{}],
	onError?: OnError,
	systems: Systems = sandbox,
) =>
	await runNode(systems, 'vendre', { resource: 'order', operation, ...parameters }, input, onError);

const calls = () => sandbox.vendre.calls.map(({ method, path, query }) => [method, path, query]);

const place = (count: number, shop = sandbox.vendre) =>
	Array.from({ length: count }, () => shop.placeOrder('person', { webhook: false }));

describe('Get', () => {
	test('the order with rows and totals, in one call', async () => {
		const placed = sandbox.vendre.placeOrder('fixed-coupon', { webhook: false });
		const run = await order('get', {}, [{ id: placed.id }]);
		expect(run.items).toHaveLength(1);
		expect(run.items[0].json).toMatchObject({
			id: placed.id,
			external_id: '',
			products: placed.products,
			totals: placed.totals,
			coupon: placed.coupon,
		});
		expect(calls()).toEqual([['GET', `/API/1/orders/${placed.id}`, {}]]);
	});

	test('a wrapped record is unwrapped', async () => {
		const other = await start({ vendreDialect: { wrapsOneRecord: true } });
		const [placed] = place(1, other.vendre);
		const run = await order('get', {}, [{ id: placed.id }], undefined, other);
		expect(run.items[0].json.id).toBe(placed.id);
	});

	test('a shop that wants the key as bearer', async () => {
		const other = await start({ vendreDialect: { authHeader: 'bearer' } });
		const [placed] = place(1, other.vendre);
		const run = await order('get', {}, [{ id: placed.id }], undefined, other);
		expect(run.items[0].json.id).toBe(placed.id);
	});

	test('several come out in their order and paired, whichever is answered first', async () => {
		const placed = place(5);
		sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', kind: 'delay', delayMs: 120 });
		const run = await order(
			'get',
			{},
			placed.map(({ id }) => ({ id })),
		);
		expect(run.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			placed.map(({ id }, item) => [id, { item }]),
		);
	});

	test.each([
		undefined,
		null,
		'',
		'abc',
		0,
		-1,
		1.5,
		'5/../../customers/1',
		'9'.repeat(400),
		true,
		{},
	])('%j is no id, and nothing is asked', async (id) => {
		const run = await order('get', {}, [{ id } as IDataObject]);
		expect(run.error?.message).toContain('the number of a record in the shop is wanted');
		expect(calls()).toEqual([]);
	});

	test('one that the shop does not have goes to the error output, the others through', async () => {
		const [first, second] = place(2);
		const input = [{ id: first.id, mark: 'a' }, { id: 99_999, mark: 'b' }, { id: second.id }];
		const run = await order('get', {}, input, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(run.failed.map(({ json }) => json)).toEqual([
			{
				id: 99_999,
				mark: 'b',
				error: 'Vendre answered GET orders/99999 with HTTP status 404: There is no orders/99999',
				details: 'The shop has no such record, or the API path in the credential is wrong.',
			},
		]);
		expectNoSecrets(sandbox, run);
	});

	test.each(['drop-before-commit', 'drop-after-commit', 'garbage', 'malformed'] as const)(
		'%s: asked again',
		async (kind) => {
			const [placed] = place(1);
			sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', kind, times: 2 });
			const run = await order('get', {}, [{ id: placed.id }]);
			expect(run.items[0].json.id).toBe(placed.id);
			expect(calls()).toHaveLength(3);
		},
	);

	test('429 is waited for as long as the shop asks, 503 with growing pauses', async () => {
		const [placed] = place(1);
		const on = 'GET /orders/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 429, retryAfter: '9' });
		sandbox.vendre.faults.add({ on, kind: 'status', status: 503 });
		const run = await order('get', {}, [{ id: placed.id }]);
		expect(run.items).toHaveLength(1);
		expect(pauses()[0]).toBe(9000);
		expect(pauses()[1]).toBeGreaterThanOrEqual(750);
	});

	test('a shop that stays down: six tries and an error', async () => {
		const on = 'GET /orders/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: 99 });
		const run = await order('get', {}, [{ id: 20_001 }]);
		expect(run.error?.message).toBe(
			'Vendre answered GET orders/20001 with HTTP status 500 (6 tries)',
		);
		expectNoSecrets(sandbox, run);
	});

	test('an order that cannot be read says which field and value', async () => {
		const [placed] = place(1);
		Object.assign(placed, { date_added: 'i går' });
		const run = await order('get', {}, [{ id: placed.id }]);
		expect(run.error?.message).toBe(
			`Order ${placed.id} of the shop cannot be used: date_added is "i går": a date is wanted, as unix seconds or ISO text`,
		);
	});
});

describe('Get Many', () => {
	const newest = async (parameters: IDataObject, systems: Systems = sandbox, onError?: OnError) =>
		await order('getAll', parameters, [{}], onError, systems);

	test('the newest orders, oldest of them first, in two calls and without a scan', async () => {
		const placed = place(600);
		const run = await newest({ limit: 50 });
		expect(run.items.map(({ json }) => json.id)).toEqual(placed.slice(-50).map(({ id }) => id));
		expect(calls()).toEqual([
			['GET', '/API/1/orders', { page_size: '1', offset: '0' }],
			['GET', '/API/1/orders', { page_size: '250', offset: '550' }],
		]);
	});

	test.each([
		[0, 50, 0],
		[1, 50, 1],
		[49, 50, 49],
		[50, 50, 50],
		[51, 50, 50],
		[251, 251, 251],
		[260, 255, 255],
	])('of %i orders the newest %i are %i', async (count, limit, expected) => {
		const placed = place(count);
		const run = await newest({ limit });
		expect(run.items.map(({ json }) => json.id)).toEqual(placed.slice(-limit).map(({ id }) => id));
		expect(run.items).toHaveLength(expected);
	});

	test('all of them, a page at a time', async () => {
		const placed = place(501);
		const run = await newest({ returnAll: true });
		expect(run.items.map(({ json }) => json.id)).toEqual(placed.map(({ id }) => id));
		expect(
			calls()
				.slice(1)
				.map(([, , query]) => query),
		).toEqual([0, 250, 500].map((offset) => ({ page_size: '250', offset: String(offset) })));
	});

	test('an order that was finished after later ones is among the newest', async () => {
		place(20);
		const unfinished = sandbox.vendre.placeOrder('unfinished', { webhook: false });
		place(20);
		sandbox.vendre.finishOrder(unfinished.id);
		const run = await newest({ limit: 50 });
		expect(run.items.find(({ json }) => json.id === unfinished.id)?.json.status_id).toBe(1);
	});

	test('those with a Specter number are left out where asked', async () => {
		const placed = place(4);
		sandbox.vendre.editOrder(placed[1].id, { external_id: '70001' });
		const run = await newest({ limit: 50, filters: { withoutSpecterNumber: true } });
		expect(run.items.map(({ json }) => json.id)).toEqual(
			[placed[0], placed[2], placed[3]].map(({ id }) => id),
		);
		expect((await newest({ limit: 50 })).items).toHaveLength(4);
	});

	test('each is read in full where asked, and only those that pass the filter', async () => {
		const placed = place(3);
		sandbox.vendre.editOrder(placed[0].id, { external_id: '70001' });
		const run = await newest({
			limit: 50,
			filters: { withoutSpecterNumber: true },
			readInFull: true,
		});
		expect(run.items.map(({ json }) => json.id)).toEqual([placed[1].id, placed[2].id]);
		expect(calls().map(([, path]) => path)).toEqual([
			'/API/1/orders',
			'/API/1/orders',
			`/API/1/orders/${placed[1].id}`,
			`/API/1/orders/${placed[2].id}`,
		]);
	});

	test('a list that comes newest first is read from its beginning', async () => {
		const ids = Array.from({ length: 600 }, (_, index) => 600 - index);
		const shop = await standIn(({ url }) => {
			const query = new URL(url, 'http://x').searchParams;
			const offset = Number(query.get('offset'));
			const list = ids
				.slice(offset, offset + Number(query.get('page_size')))
				.map((id) => ({ id, status_id: 1 }));
			return {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ list, remaining: 600 - offset - list.length }),
			};
		});
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await newest({ limit: 30 }, { ...sandbox, vendre });
		await shop.stop();
		expect(run.items.map(({ json }) => json.id)).toEqual(
			Array.from({ length: 30 }, (_, index) => 571 + index),
		);
		expect(shop.requests.length).toBeLessThanOrEqual(3);
	});

	test('a shop that says more remains and gives nothing is not asked for ever', async () => {
		const shop = await standIn(() => ({ body: JSON.stringify({ list: [], remaining: 5 }) }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await newest({ returnAll: true }, { ...sandbox, vendre });
		await shop.stop();
		expect(run.items).toEqual([]);
		expect(shop.requests.length).toBeLessThanOrEqual(2);
	});

	test('a refusal with HTTP status 200 is no empty list', async () => {
		const body = '{"list":[],"remaining":0,"errors":[{"status":403,"title":"Forbidden"}]}';
		const shop = await standIn(() => ({ body }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await newest({ limit: 5 }, { ...sandbox, vendre });
		await shop.stop();
		expect(run.error).toMatchObject({
			message: 'Vendre answered GET orders with HTTP status 403: Forbidden',
			httpCode: '403',
		});
	});

	test('an answer that is no list is an error', async () => {
		const shop = await standIn(() => ({ body: '{"orders":[]}' }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const run = await newest({ limit: 5 }, { ...sandbox, vendre });
		await shop.stop();
		expect(run.error?.message).toBe('Vendre answered GET orders with no list');
	});

	test.each([false, true])(
		'one order that cannot be read does not stop the others (read in full: %p)',
		async (readInFull) => {
			const placed = place(3);
			Object.assign(placed[1], { date_added: 'i går' });
			const run = await newest({ limit: 50, readInFull }, sandbox, 'continueErrorOutput');
			expect(run.items.map(({ json }) => json.id)).toEqual([placed[0].id, placed[2].id]);
			expect(run.failed).toHaveLength(1);
			expect(run.failed[0].json.error).toContain(`Order ${placed[1].id} of the shop cannot be`);
		},
	);

	test.each([[], { id: 7 }])('nor does one whose Specter number is %j', async (external_id) => {
		const placed = place(3);
		Object.assign(placed[1], { external_id });
		const filters = { withoutSpecterNumber: true };
		const run = await newest({ limit: 50, filters }, sandbox, 'continueErrorOutput');
		expect(run.items.map(({ json }) => json.id)).toEqual([placed[0].id, placed[2].id]);
		expect(run.failed).toHaveLength(1);
		expect(run.failed[0].json.error).toContain(
			`Order ${placed[1].id} of the shop cannot be used: external_id is `,
		);
	});

	test.each([null, 'none', []])('nor does a row that is %j', async (row) => {
		const list = [{ id: 1, status_id: 1 }, row, { id: 3, status_id: 1 }];
		const shop = await standIn(() => ({ body: JSON.stringify({ list, remaining: 0 }) }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const systems = { ...sandbox, vendre };
		const run = await newest({ returnAll: true }, systems, 'continueErrorOutput');
		await shop.stop();
		expect(run.items.map(({ json }) => json.id)).toEqual([1, 3]);
		expect(run.failed.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('Order without id of the shop cannot be used'),
		]);
	});

	test('without error output it stops the node, which names the order', async () => {
		const placed = place(3);
		Object.assign(placed[1], { date_added: 'i går' });
		const run = await newest({ limit: 50 });
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain(`Order ${placed[1].id} of the shop cannot be used`);
	});

	test('one order that cannot be fetched in full does not stop the others', async () => {
		const placed = place(3);
		sandbox.vendre.faults.add({
			on: `GET /orders/${placed[1].id}`,
			kind: 'status',
			status: 500,
			times: 99,
		});
		const parameters = { limit: 50, readInFull: true };
		const run = await newest(parameters, sandbox, 'continueErrorOutput');
		expect(run.items.map(({ json }) => json.id)).toEqual([placed[0].id, placed[2].id]);
		expect(run.failed[0].json.error).toContain(`GET orders/${placed[1].id} with HTTP status 500`);
	});
});

describe('Save Specter Number', () => {
	test('on the order, and nothing but the number; the customer is not mailed', async () => {
		const [placed] = place(1);
		const input = [{ externalOrderNo: String(placed.id), orderNo: '70001', outcome: 'created' }];
		const run = await order('saveSpecterNumber', {}, input);
		expect(run.items).toEqual([
			{
				json: { outcome: 'updated', orderId: placed.id, specterNumber: '70001' },
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.vendre.orders.get(placed.id)?.external_id).toBe('70001');
		expect(sandbox.vendre.calls).toHaveLength(1);
		expect(sandbox.vendre.calls[0]).toMatchObject({
			method: 'PUT',
			path: `/API/1/orders/${placed.id}`,
			body: { external_id: '70001' },
		});
		expect(sandbox.vendre.orderShelf.mails).toEqual([]);
	});

	test('with the verb that the credential names', async () => {
		const other = await start({ vendreDialect: { saveVerb: 'POST', wrapsOneRecord: true } });
		const [placed] = place(1, other.vendre);
		const input = [{ externalOrderNo: placed.id, orderNo: 70001 }];
		const run = await order('saveSpecterNumber', {}, input, undefined, other);
		expect(run.error).toBeUndefined();
		expect(placed.external_id).toBe('70001');
		expect(other.vendre.calls[0].method).toBe('POST');
	});

	test.each(['drop-after-commit', 'drop-before-commit', 'garbage', 'malformed'] as const)(
		'%s: saved again, which does no harm',
		async (kind) => {
			const [placed] = place(1);
			sandbox.vendre.faults.add({ on: 'PUT /orders/\\d+', kind });
			const run = await order('saveSpecterNumber', {}, [
				{ externalOrderNo: placed.id, orderNo: '70001' },
			]);
			expect(run.items).toHaveLength(1);
			expect(placed.external_id).toBe('70001');
			expect(sandbox.vendre.calls).toHaveLength(2);
		},
	);

	test.each([null, '', undefined])('there is nothing to save in %j', async (orderNo) => {
		const [placed] = place(1);
		const input = [{ externalOrderNo: placed.id, orderNo, mark: 1 } as IDataObject];
		const run = await order('saveSpecterNumber', {}, input, 'continueErrorOutput');
		expect(run.failed[0].json).toMatchObject({
			mark: 1,
			error: `There is no Specter number to save on order ${placed.id}`,
		});
		expect(sandbox.vendre.calls).toHaveLength(0);
	});

	test('an order that is gone is an error, the others are saved', async () => {
		const [placed] = place(1);
		const input = [
			{ externalOrderNo: 99_999, orderNo: '1' },
			{ externalOrderNo: placed.id, orderNo: '2' },
		];
		const run = await order('saveSpecterNumber', {}, input, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed[0].json).toMatchObject({ externalOrderNo: 99_999, orderNo: '1' });
		expect(run.failed[0].json.error).toContain('PUT orders/99999 with HTTP status 404');
		expectNoSecrets(sandbox, run);
	});

	test('a shop that says it saved and did not is found out', async () => {
		const shop = await standIn(() => ({ body: '{"id":5,"external_id":""}' }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = [{ externalOrderNo: 5, orderNo: '70001' }];
		const run = await order('saveSpecterNumber', {}, input, undefined, { ...sandbox, vendre });
		await shop.stop();
		expect(run.error?.message).toContain('external_id is "" and not "70001"');
	});

	test.each([
		[{ status: 403, title: 'Forbidden', detail: 'No right to orders' }, '403', true],
		[{ status: '422', detail: 'No right to orders' }, '422', false],
		[{ status: '', title: 'No right to orders' }, '422', false],
		['No right to orders', '422', false],
	])('a refusal that comes with HTTP status 200 is one: %j', async (error, status, retryable) => {
		const shop = await standIn(() => ({ body: JSON.stringify({ data: [], errors: [error] }) }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = [{ externalOrderNo: 5, orderNo: '70001' }];
		const run = await order('saveSpecterNumber', {}, input, 'continueRegularOutput', {
			...sandbox,
			vendre,
		});
		await shop.stop();
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{
				error: `Vendre answered PUT orders/5 with HTTP status ${status}: No right to orders`,
				retryable,
			},
		]);
		expect(shop.requests).toHaveLength(1);
	});

	test('a shop that is busy with HTTP status 200 is asked again', async () => {
		const shop = await standIn((_, index) => ({
			body: index === 0 ? '{"errors":[{"status":503}]}' : '{"id":5}',
		}));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = [{ externalOrderNo: 5, orderNo: '70001' }];
		const run = await order('saveSpecterNumber', {}, input, undefined, { ...sandbox, vendre });
		await shop.stop();
		expect(run.error).toBeUndefined();
		expect(shop.requests).toHaveLength(2);
	});

	test.each([
		'',
		'{"id":5}',
		'{"id":5,"errors":[]}',
		'{"data":{"id":5},"errors":["The customer was not mailed"]}',
		'{"data":{"id":5,"external_id":70001}}',
		'{"success":true}',
	])('what a shop may answer to a save: %j', async (body) => {
		const shop = await standIn(() => ({ body }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = [{ externalOrderNo: 5, orderNo: '70001' }];
		const run = await order('saveSpecterNumber', {}, input, undefined, { ...sandbox, vendre });
		await shop.stop();
		expect(run.error).toBeUndefined();
		expect(shop.requests[0].body).toBe('{"external_id":"70001"}');
		expect(shop.requests[0].headers['content-type']).toBe('application/json');
	});
});
