import { pauses } from './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { stopClockAt } from './clock';
import { runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';
import { placedOrder } from './specterOrders';
import { standIn } from './standIn';
import { without } from './without';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 1 })));
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.specter.clearCalls();
	sandbox.specter.faults.clear();
});

/** A delivery of an order of 10 A-1 and 1 A-2 that was not delivered before. */
const delivery = (fields: IDataObject = {}): IDataObject => ({
	orderId: placedOrder(sandbox).orderNo,
	deliveryDate: '2026-01-05',
	rows: [{ articleNo: 'A-1', noOfItems: 4 }],
	...fields,
});

const send = async (
	deliveries: unknown[],
	parameters: IDataObject = {},
	onError?: OnError,
	systems: Parameters<typeof runNode>[0] = sandbox,
) =>
	await runNode(
		systems,
		'specter',
		{ resource: 'delivery', operation: 'create', ...parameters },
		deliveries.map((record, index) => ({ mark: index, delivery: record }) as IDataObject),
		onError,
	);

const calls = () => sandbox.specter.calls;
const deliveriesOf = (record: IDataObject) =>
	sandbox.specter.orderBook.get(Number(record.orderId)).deliveries;

describe('what is sent and comes back', () => {
	test('order, date and rows by Specter’s names, mapped by article number', async () => {
		const record = delivery({
			rows: [
				{ articleNo: 'A-1', noOfItems: '2.50' },
				{ articleNo: 'A-2', noOfItems: 1 },
			],
		});
		const run = await send([record]);
		expect(run.error).toBeUndefined();
		expect(run.items).toEqual([
			{
				json: {
					outcome: 'created',
					orderNo: String(record.orderId),
					message: 'Delivery created',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(calls()).toHaveLength(1);
		expect(calls()[0].method).toBe('POST');
		expect(without(calls()[0].params, 'key')).toEqual({
			action: 'newDeliverySubmit',
			useArticleNoRowMapping: '1',
			sbmId: sandbox.specter.credentials.sbmId,
			apiUserId: sandbox.specter.credentials.apiUserId,
			orderId: String(record.orderId),
			deliveryDate: '2026-01-05',
			articleNo_1: 'A-1',
			noOfItems_1: '2.5',
			articleNo_2: 'A-2',
			noOfItems_2: '1',
		});
		expect(deliveriesOf(record)).toHaveLength(1);
	});

	test.each([
		['2026-01-05T22:59:59Z', '2026-01-05'],
		['2026-07-05T22:00:01Z', '2026-07-06'],
	])('without a date, at %s, it is today in Sweden: %s', async (now, today) => {
		stopClockAt(now);
		const run = await send([without(delivery(), 'deliveryDate')]);
		expect(run.error).toBeUndefined();
		expect(calls()[0].params.deliveryDate).toBe(today);
	});

	test('an order may be delivered in parts', async () => {
		const record = delivery();
		const rest = { ...record, rows: [{ articleNo: 'A-1', noOfItems: 6 }] };
		const run = await send([record, rest], { options: { parallelRequests: 1 } });
		expect(run.items.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		expect(deliveriesOf(record)).toHaveLength(2);
	});

	test('fields and rows may be filled in one by one', async () => {
		const { rows, orderId } = delivery();
		const fields = { orderId: String(orderId), deliveryDate: '2026-01-06' };
		const run = await send([{}], { dataMode: 'fields', fields, rows: { row: rows } });
		expect(run.error).toBeUndefined();
		expect(calls()[0].params).toMatchObject({
			orderId: String(orderId),
			deliveryDate: '2026-01-06',
			articleNo_1: 'A-1',
			noOfItems_1: '4',
		});
	});

	test('keys of version 1 work as well', async () => {
		const credentials = sandbox.specter.credentialsVersion1;
		const run = await send([delivery()], {}, undefined, { ...sandbox, specter: { credentials } });
		expect(run.error).toBeUndefined();
		expect(calls()[0].params).not.toHaveProperty('apiUserId');
	});
});

describe('a delivery must not be made twice', () => {
	test.each([
		['drop-before-commit', 0],
		['drop-after-commit', 1],
		['garbage', 1],
		['malformed', 1],
	] as const)('%s: not sent again, and the user is told what is not known', async (kind, made) => {
		const record = delivery();
		sandbox.specter.faults.add({ on: 'newDeliverySubmit', kind });
		const run = await send([record]);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('(one try)');
		expect(run.error?.description).toContain(
			`The delivery of order ${String(record.orderId)} may or may not stand in Specter: look there before you run the item again.`,
		);
		expect(calls()).toHaveLength(1);
		expect(deliveriesOf(record)).toHaveLength(made);
		expectNoSecrets(sandbox, run);
	});

	test.each([500, 502, 503])('nor after HTTP status %i', async (status) => {
		sandbox.specter.faults.add({
			on: 'newDeliverySubmit',
			kind: 'status',
			status,
			retryAfter: '1',
		});
		const run = await send([delivery()]);
		expect(run.error?.description).toContain('may or may not stand in Specter');
		expect(run.error?.httpCode).toBe(String(status));
		expect(calls()).toHaveLength(1);
	});

	test('so what is not known is not marked as one that may go through later', async () => {
		sandbox.specter.faults.add({ on: 'newDeliverySubmit', kind: 'drop-after-commit' });
		const run = await send([delivery()], {}, 'continueRegularOutput');
		expect(run.items[0].json.retryable).toBe(false);
	});

	test('429 is no doubt: waited for as long as asked, and made', async () => {
		const record = delivery();
		const fault = { kind: 'status', status: 429, retryAfter: '17' } as const;
		sandbox.specter.faults.add({ on: 'newDeliverySubmit', ...fault });
		const run = await send([record]);
		expect(run.items[0].json.outcome).toBe('created');
		expect(pauses()).toEqual([17_000]);
		expect(deliveriesOf(record)).toHaveLength(1);
	});

	test('nor is it one where nothing was sent: tried again, and it may go through later', async () => {
		const server = await standIn(() => undefined);
		await server.stop();
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const run = await send([delivery()], {}, 'continueRegularOutput', {
			...sandbox,
			specter: { credentials },
		});
		expect(run.items[0].json).toMatchObject({
			error: 'Specter gave no answer to newDeliverySubmit (6 tries)',
			retryable: true,
		});
		expect(run.items[0].json.details).not.toContain('may or may not');
	});

	test('nor after an address that leads elsewhere', async () => {
		const server = await standIn(() => ({ status: 404 }));
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const run = await send([delivery()], {}, 'continueRegularOutput', {
			...sandbox,
			specter: { credentials },
		});
		expect(run.items[0].json.retryable).toBe(true);
		expect(run.items[0].json.details).not.toContain('may or may not');
	});
});

describe('several items', () => {
	test('come out in their order and paired, whichever is answered first', async () => {
		sandbox.specter.faults.add({ on: 'newDeliverySubmit', kind: 'delay', delayMs: 120 });
		const deliveries = Array.from({ length: 20 }, () => delivery());
		const run = await send(deliveries);
		expect(run.items.map(({ json, pairedItem }) => [json.orderNo, pairedItem])).toEqual(
			deliveries.map(({ orderId }, item) => [String(orderId), { item }]),
		);
		expect(deliveries.every((record) => deliveriesOf(record).length === 1)).toBe(true);
		expect(calls().findIndex(({ fault }) => fault === 'delay')).toBeGreaterThan(0);
	});

	test('bad, refused and doubtful ones go to the error output, the others through', async () => {
		const deliveries = [
			delivery({ rows: [] }),
			delivery(),
			delivery({ orderId: 999_999 }),
			delivery({ rows: [{ articleNo: 'A-1', noOfItems: 11 }] }),
			delivery(),
		];
		sandbox.specter.faults.add({ on: 'newDeliverySubmit', kind: 'drop-after-commit' });
		const run = await send(deliveries, { options: { parallelRequests: 1 } }, 'continueErrorOutput');
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 4 }]);
		expect(run.failed.map(({ json }) => [json.mark, json.delivery, json.error])).toEqual([
			[
				0,
				deliveries[0],
				'The delivery cannot be used: rows is []: a delivery has at least one row',
			],
			[1, deliveries[1], 'Specter gave no answer to newDeliverySubmit (one try)'],
			[
				2,
				deliveries[2],
				'Specter refused the delivery of order 999999: Order 999999 does not exist (code 12)',
			],
			[
				3,
				deliveries[3],
				`Specter refused the delivery of order ${String(deliveries[3].orderId)}: Order ${String(deliveries[3].orderId)}: not so many A-1 to deliver (code 12)`,
			],
		]);
		expect(run.failed.every(({ json }) => Boolean(json.details))).toBe(true);
		expectNoSecrets(sandbox, run);
	});

	test('a failed one stops the node and is named, where nothing else is set', async () => {
		const run = await send([delivery(), delivery({ orderId: 999_999 })]);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('Order 999999 does not exist (code 12)');
		expect(run.error?.context?.itemIndex).toBe(1);
	});
});

describe('bad input is never sent', () => {
	test.each([
		['nothing', undefined],
		['text that is no JSON', '70001'],
		['no order number', { rows: [{ articleNo: 'A-1', noOfItems: 1 }] }],
		['nothing of an article', { orderId: 70_001, rows: [{ articleNo: 'A-1', noOfItems: 0 }] }],
		[
			'an unknown field',
			{ orderId: 70_001, rows: [{ articleNo: 'A-1', noOfItems: 1 }], trackingNo: 'x' },
		],
	])('%s', async (_, record) => {
		const run = await send([record]);
		expect(run.error?.message).toMatch(
			/^The (delivery cannot be used|parameter delivery holds no)/,
		);
		expect(run.error?.description).toBeTruthy();
		expect(calls()).toHaveLength(0);
	});
});
