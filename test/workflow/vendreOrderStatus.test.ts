import './withoutPauses';
import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type IDataObject, type INode } from 'n8n-workflow';
import { Vendre } from '../../nodes/Vendre/Vendre.node';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { additionalDataFor, nodeOfType, nodeTypes, runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';

const running: Sandbox[] = [];
let sandbox: Sandbox;

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 20, ...options });
	running.push(started);
	return started;
}

beforeEach(async () => (sandbox = await start()));
afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

const place = (count = 1) =>
	Array.from({ length: count }, () => sandbox.vendre.placeOrder('person', { webhook: false }));

const setStatus = async (
	input: IDataObject[],
	onError?: OnError,
	parameters: IDataObject = {},
	systems = sandbox,
) =>
	await runNode(
		systems,
		'vendre',
		{ resource: 'order', operation: 'updateStatus', ...parameters },
		input,
		onError,
	);

const change = (orderId: unknown, status: unknown, fields: IDataObject = {}) =>
	({ orderNo: '70001', orderId, status, notes: [], ...fields }) as IDataObject;

const writes = () => sandbox.vendre.calls.filter(({ method }) => method !== 'GET');
const calls = () =>
	sandbox.vendre.calls.map(({ method, path }) => `${method} ${path.slice('/API/1'.length)}`);

describe('the status', () => {
	test('is set by its id, without a mail to the customer (T1, T2)', async () => {
		const [{ id }] = place();
		const run = await setStatus([change(String(id), '4')]);
		expect(run.items).toEqual([
			{
				json: { outcome: 'updated', orderId: id, statusId: 4, statusBefore: 1 },
				pairedItem: { item: 0 },
			},
		]);
		expect(sandbox.vendre.orders.get(id)?.status_name).toBe('Skickad');
		expect(sandbox.vendre.orderShelf.mails).toEqual([]);
		expect(writes()[0].body).toMatchObject({ status_id: 4, notify_customer: false });
	});

	test.each([4, '4', ' 4 '])('may be given as %j', async (status) => {
		const [{ id }] = place();
		await setStatus([change(id, status)]);
		expect(sandbox.vendre.orders.get(id)?.status_id).toBe(4);
	});

	test('may be chosen from the list', async () => {
		const [{ id }] = place();
		const status = { __rl: true, mode: 'list', value: '5', cachedResultName: 'Avbruten' };
		await setStatus([change(id, '')], undefined, { status });
		expect(sandbox.vendre.orders.get(id)?.status_id).toBe(5);
	});

	test('that the order has already is not written', async () => {
		const [{ id }] = place();
		sandbox.vendre.editOrder(id, { external_id: '70001' });
		for (const status of ['1', 'mottagen']) {
			const run = await setStatus([change(id, status)]);
			expect(run.items[0].json).toMatchObject({ outcome: 'unchanged', statusId: 1 });
		}
		expect(writes()).toEqual([]);
	});

	test.each([
		['POST as the save verb', { saveVerb: 'POST' }],
		['one record in a wrapper', { wrapsOneRecord: true }],
	] as const)('is set in a shop with %s', async (_, vendreDialect) => {
		sandbox = await start({ vendreDialect });
		const [{ id }] = place();
		await setStatus([change(id, 4)]);
		expect(sandbox.vendre.orders.get(id)?.status_id).toBe(4);
	});

	test('of one order in several items ends as the last of them has it', async () => {
		const [{ id }] = place();
		const run = await setStatus([change(id, 2), change(String(id), 4), change(id, 5)]);
		expect(run.items.map(({ json }) => json.statusBefore)).toEqual([1, 2, 4]);
		expect(sandbox.vendre.orders.get(id)?.status_id).toBe(5);
	});
});

describe('a status by its name', () => {
	test('is looked for in the newest orders, once for all items', async () => {
		const [first, second, third, sent] = place(4);
		sandbox.vendre.editOrder(sent.id, { status_id: 4 });
		const input = [first, second, third].map(({ id }) => change(id, ' skickad'));
		const run = await setStatus(input);
		expect(run.items.map(({ json }) => [json.outcome, json.statusId])).toEqual(
			Array(3).fill(['updated', 4]),
		);
		expect(calls().filter((call) => call === 'GET /orders')).toHaveLength(2);
	});

	test('that no order has is refused: the id is wanted', async () => {
		const [{ id }, other] = place(2);
		const input = [change(id, 'Avbruten'), change(other.id, 4)];
		const run = await setStatus(input, 'continueRegularOutput');
		expect(run.items[0].json).toMatchObject({
			error: 'No order of the shop has a status called "Avbruten"',
			retryable: false,
		});
		expect(run.items[0].json.details).toContain('Give the status by its ID');
		expect(run.items[1].json.outcome).toBe('updated');
	});
});

describe('what is left alone', () => {
	test('a status that is not mapped, with the reason why', async () => {
		const [{ id }] = place();
		sandbox.vendre.editOrder(id, { external_id: '70001' });
		const notes = ['Specter’s order 70001 is not mapped: the status is left alone'];
		const run = await setStatus([change(id, '', { notes }), change(id, undefined)]);
		expect(run.items.map(({ json }) => json)).toEqual([
			{ outcome: 'skipped', orderId: id, statusId: null, statusBefore: 1, note: notes[0] },
			expect.objectContaining({ outcome: 'skipped', note: 'There is no status to set' }),
		]);
		expect(writes()).toEqual([]);
	});

	test('the status alone, where the order lacks the number that Specter tells of it', async () => {
		const [{ id }] = place();
		const run = await setStatus([change(id, '')]);
		expect(run.items[0].json).toMatchObject({ outcome: 'updated', statusId: 1, statusBefore: 1 });
		expect(sandbox.vendre.orders.get(id)).toMatchObject({ external_id: '70001', status_id: 1 });
	});

	test('an order without a status to set is not even read where its number is not to be saved', async () => {
		const [{ id }] = place();
		const options = { saveMissingNumber: false };
		const run = await setStatus([change(id, '')], undefined, { options });
		expect(run.items[0].json).toMatchObject({ outcome: 'skipped' });
		expect(sandbox.vendre.calls).toEqual([]);
	});

	test.each([
		['', 'Specter’s order belongs to no order of the shop'],
		[null, 'Specter’s order belongs to no order of the shop'],
		['WEB-7', '"WEB-7" is no order number of the shop'],
		['5/../../customers/1', '"5/../../customers/1" is no order number of the shop'],
		['999999', 'The shop has no order 999999'],
	])('the order %j', async (orderId, note) => {
		const run = await setStatus([change(orderId, 4)]);
		expect(run.items[0].json).toMatchObject({ outcome: 'skipped', note });
		expect(writes()).toEqual([]);
	});

	test('an order that carries another Specter number', async () => {
		const [{ id }] = place();
		sandbox.vendre.editOrder(id, { external_id: '60001' });
		const run = await setStatus([change(id, 4)]);
		expect(run.items[0].json).toEqual({
			outcome: 'skipped',
			orderId: id,
			statusId: null,
			statusBefore: 1,
			note: `Order ${id} is Specter’s order 60001 and not 70001: left alone`,
		});
		expect(writes()).toEqual([]);
	});

	test('not where Specter’s number is not given', async () => {
		const [{ id }] = place();
		sandbox.vendre.editOrder(id, { external_id: '60001' });
		await setStatus([change(id, 4)], undefined, { specterNumber: '' });
		expect(sandbox.vendre.orders.get(id)).toMatchObject({ status_id: 4, external_id: '60001' });
	});
});

describe('a missing Specter number', () => {
	test('is saved in the same call', async () => {
		const [{ id }] = place();
		await setStatus([change(id, 4)]);
		expect(sandbox.vendre.orders.get(id)).toMatchObject({ status_id: 4, external_id: '70001' });
		expect(writes()).toHaveLength(1);
	});

	test('is saved alone where the status is there, and no mail is sent', async () => {
		const [{ id }] = place();
		const run = await setStatus([change(id, 1)]);
		expect(run.items[0].json.outcome).toBe('updated');
		expect(writes().map(({ body }) => body)).toEqual([{ external_id: '70001' }]);
		expect(sandbox.vendre.orderShelf.mails).toEqual([]);
	});

	test('is not saved where that is turned off', async () => {
		const [{ id }] = place();
		const options = { saveMissingNumber: false };
		const run = await setStatus([change(id, 1), change(id, 4)], undefined, { options });
		expect(run.items.map(({ json }) => json.outcome)).toEqual(['unchanged', 'updated']);
		expect(sandbox.vendre.orders.get(id)?.external_id).toBe('');
	});
});

describe('failures', () => {
	test.each(['drop-before-commit', 'drop-after-commit', 'garbage'] as const)(
		'%s: saved again, without a mail',
		async (kind) => {
			const [{ id }] = place();
			sandbox.vendre.faults.add({ on: 'PUT /orders/\\d+', kind });
			const run = await setStatus([change(id, 4)]);
			expect(run.items[0].json.outcome).toBe('updated');
			expect(sandbox.vendre.orderShelf.mails).toEqual([]);
		},
	);

	test('a status that the shop does not have is that record’s own failure', async () => {
		const [first, second] = place(2);
		const run = await setStatus(
			[change(first.id, 99), change(second.id, 4)],
			'continueRegularOutput',
		);
		expect(run.items[0].json).toMatchObject({ retryable: false });
		expect(run.items[0].json.error).toContain('HTTP status 422');
		expect(run.items[1].json.outcome).toBe('updated');
		expectNoSecrets(sandbox, run);
	});

	test('a shop that is down costs the tries of three records', async () => {
		const orders = place(9);
		const on = 'GET /orders/\\d+';
		sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: null });
		const input = orders.map(({ id }) => change(id, 4));
		const options = { parallelRequests: 1 };
		const run = await setStatus(input, 'continueRegularOutput', { options });
		expect(run.items.every(({ json }) => json.error && json.retryable)).toBe(true);
		expect(sandbox.vendre.calls).toHaveLength(3 * 6);
	});
});

test('the list shows the statuses of the newest orders, by name, and finds them', async () => {
	const [, second, third] = place(4);
	sandbox.vendre.editOrder(second.id, { status_id: 4 });
	sandbox.vendre.editOrder(third.id, { status_id: 5 });
	sandbox.vendre.placeOrder('unfinished', { webhook: false });
	const workflow = new Workflow({
		id: 'test',
		nodes: [nodeOfType('vendre', {})],
		connections: {},
		active: false,
		nodeTypes,
	});
	const node = workflow.getNode('Node') as INode;
	const context = new LoadOptionsContext(
		workflow,
		node,
		additionalDataFor(workflow, sandbox),
		'status',
	);
	const { searchOrderStatuses } = new Vendre().methods.listSearch;
	expect(await searchOrderStatuses.call(context)).toEqual({
		results: [
			{ name: 'Avbruten', value: '5' },
			{ name: 'Mottagen', value: '1' },
			{ name: 'Skickad', value: '4' },
		],
	});
	expect((await searchOrderStatuses.call(context, 'SKI')).results).toHaveLength(1);
});
