import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type OrderRecord, type Sandbox } from '../sandbox';
import type { VendreDialect } from '../sandbox/vendre/dialect';
import type { Nesting, WebhookFormat } from '../sandbox/vendre/forms';
import { parsedWebhook } from './receivedWebhooks';
import { callWebhook, callWebhookMethod, type WebhookCall } from './webhook';

const EVENTS = ['new_order', 'updated_customer', 'deleted_customer'];
const TRIGGER = { type: 'vendreTrigger', parameters: { events: EVENTS, output: 'form' } } as const;

let sandbox: Sandbox;
let order: OrderRecord;

/** Two orders of one kind, so that much is the same in both. */
async function start(vendreDialect: Partial<VendreDialect> = {}): Promise<void> {
	sandbox = await startSandbox({ products: 5, vendreDialect });
	sandbox.vendre.placeOrder('person', { webhook: false });
	order = sandbox.vendre.placeOrder('person', { webhook: false });
}
afterEach(async () => await sandbox.stop());

async function call(
	{ headers, body }: Pick<WebhookCall, 'headers' | 'body'>,
	query: IDataObject = {},
	differences: IDataObject = {},
) {
	const { credentials } = sandbox.vendre;
	const systems = {
		...sandbox,
		vendre: { credentials: { ...credentials, differences: JSON.stringify(differences) } },
	};
	const { webhookSecret: secret } = credentials;
	return await callWebhook(systems, TRIGGER, {
		query: { event: 'new_order', secret, ...query },
		headers,
		body,
	});
}

const formOf = async (record: object, format: WebhookFormat, differences?: IDataObject) =>
	(await call(parsedWebhook(sandbox, record, format), {}, differences)).items?.[0];

const FORMATS = { json: 'JSON', 'form-urlencoded': 'form fields', 'form-data': 'multipart' };

const cases = Object.entries(FORMATS).flatMap(([format, name]) =>
	(['brackets', 'dots'] as const).flatMap((nesting) =>
		[null, 'data', 'order'].flatMap((wrapper) =>
			[null, 'record_id', 'ordersNo'].map((key) => [format, nesting, wrapper, key, name] as const),
		),
	),
) as Array<[WebhookFormat, Nesting, string | null, string | null, string]>;

test.each(cases)(
	'a webhook in %s with %s, wrapped in %s, with the ID as %s',
	async (format, formNesting, webhookWrapper, webhookIdKey, name) => {
		await start({ formNesting, webhookWrapper, webhookIdKey });
		const { status, items } = await call(parsedWebhook(sandbox, order, format));
		expect(status).toBe(200);
		expect(items).toEqual([
			{
				event: 'new_order',
				format: name,
				nesting: format === 'json' ? 'none' : formNesting,
				idName: webhookIdKey ?? 'id',
				otherIdNames: expect.any(Array) as string[],
				confirmed: true,
			},
		]);
	},
);

test('one record is read where the name is the one that is set', async () => {
	await start({ webhookIdKey: 'record_id' });
	sandbox.vendre.clearCalls();
	const form = await formOf(order, 'json', { webhookId: 'record_id' });
	expect(form).toMatchObject({ idName: 'record_id', confirmed: true });
	expect(sandbox.vendre.calls.map(({ path }) => path)).toEqual([`/API/1/orders/${order.id}`]);
});

test.each(['id', 'no', 'orderNr', 'order-number'])(
	'%s is found where another name is set',
	async (webhookIdKey) => {
		await start({ webhookIdKey });
		const form = await formOf(order, 'json', { webhookId: 'record_id' });
		expect(form).toMatchObject({ idName: webhookIdKey, confirmed: true });
	},
);

test('the shop’s own names of fields do not matter', async () => {
	await start({
		webhookIdKey: 'record_id',
		wrapsOneRecord: true,
		fieldNames: { orders: { customer_id: 'customers_id', external_id: 'erp_id' } },
	});
	const differences = { fields: { orders: { customer_id: 'customers_id' } } };
	expect(await formOf(order, 'form-data', differences)).toMatchObject({ idName: 'record_id' });
});

test('a customer’s webhook is compared with the customer', async () => {
	await start({ webhookIdKey: 'customer_no' });
	const [customer] = sandbox.vendre.customers.values();
	const event = 'updated_customer';
	const { items } = await call(parsedWebhook(sandbox, customer, 'json', event), { event });
	expect(items).toMatchObject([{ event, idName: 'customer_no', confirmed: true }]);
});

test('an ID that is another record’s is not taken for the webhook’s', async () => {
	await start();
	const [another] = sandbox.vendre.orders.keys();
	const form = await formOf({ ...order, id: another }, 'json');
	expect(form).toMatchObject({ idName: 'id', confirmed: false });
});

test('of two names whose records are alike, the one whose record is the same', async () => {
	await start();
	const [another] = sandbox.vendre.orders.values();
	const { name_first, name_last, email_address, phone_default, phone_mobile, customer_id } = order;
	const same = { name_first, name_last, email_address, phone_default, phone_mobile, customer_id };
	sandbox.vendre.editOrder(another.id, { ...same, customer_comment: 'Ring på' });
	const { id, ...record } = order;
	const form = await formOf({ parent_id: another.id, ...record, record_id: id }, 'json');
	expect(form).toMatchObject({ idName: 'record_id', confirmed: true });
	expect(form?.otherIdNames).toContain('parent_id');
});

test('a record that has changed a little since is the same', async () => {
	await start();
	sandbox.vendre.editOrder(order.id, { status_id: 3, status_name: 'Packas' });
	const written = { ...order, status_id: 1, status_name: 'Mottagen' };
	expect(await formOf(written, 'json')).toMatchObject({ idName: 'id', confirmed: true });
});

test('names that merely look like an ID’s are told, four at most are tried', async () => {
	await start();
	const record = { ...order, id: undefined };
	const more = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`n${n}_id`, 90_000 + n]));
	sandbox.vendre.clearCalls();
	const form = await formOf({ ...more, ...record }, 'json');
	expect(form).toMatchObject({ idName: null, confirmed: false });
	expect(form?.otherIdNames).toEqual(['n1_id', 'n2_id', 'n3_id', 'n4_id']);
	expect(sandbox.vendre.calls).toHaveLength(4);
});

test.each([
	['no content type', {}, {}, 'another'],
	['XML', { 'content-type': 'text/xml' }, { order: { id: '5' } }, 'another'],
	['text', { 'content-type': 'text/plain' }, 'record_id=5', 'another'],
	['JSON that is no record', { 'content-type': 'application/json' }, [5, null], 'JSON'],
	['JSON with a charset', { 'content-type': 'application/json; charset=utf-8' }, {}, 'JSON'],
	['JSON that n8n does not read', { 'content-type': 'application/vnd.api+json' }, {}, 'another'],
	['multipart without fields', { 'content-type': 'multipart/form-data' }, {}, 'multipart'],
])('%s', async (_, headers, body, format) => {
	await start();
	const { status, items } = await call({ headers, body: body as unknown as IDataObject });
	expect(status).toBe(200);
	expect(items).toMatchObject([{ format, nesting: 'none', confirmed: false }]);
});

test('a customer who was deleted cannot be read, and nothing is', async () => {
	await start();
	const [customer] = sandbox.vendre.customers.values();
	sandbox.vendre.clearCalls();
	const event = 'deleted_customer';
	const { items } = await call(parsedWebhook(sandbox, customer, 'json', event), { event });
	expect(items).toMatchObject([{ event, idName: 'id', confirmed: false }]);
	expect(sandbox.vendre.calls).toEqual([]);
});

test('a shop that gives no answer: how the webhook is written is told all the same', async () => {
	await start();
	sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', kind: 'status', status: 500, times: 99 });
	expect(await formOf(order, 'form-urlencoded')).toMatchObject({
		format: 'form fields',
		idName: 'id',
		confirmed: false,
	});
});

test('no value of the webhook is put out', async () => {
	await start();
	const names = {
		'Anna Svensson, Storgatan 1, id': 1,
		[`${'x'.repeat(60)}_id`]: 2,
		'a@b.se.no': 3,
	};
	for (const format of Object.keys(FORMATS) as WebhookFormat[]) {
		const { items } = await call(parsedWebhook(sandbox, { ...names, ...order }, format));
		const text = JSON.stringify(items);
		for (const name of Object.keys(names)) expect(text).not.toContain(name);
		const values = [order.name_first, order.name_last, order.email_address, order.phone_default];
		for (const value of [...values, order.id, order.customer_id].filter(Boolean)) {
			expect(text).not.toContain(String(value));
		}
	}
});

describe('who may call', () => {
	test.each([undefined, '', 'wrong'])(
		'with the secret %j: 401, nothing is read',
		async (secret) => {
			await start();
			sandbox.vendre.clearCalls();
			const result = await call(parsedWebhook(sandbox, order, 'json'), { secret });
			expect(result).toEqual({ status: 401, text: 'The secret is missing or wrong' });
			expect(sandbox.vendre.calls).toEqual([]);
		},
	);

	test('an address without an event: 400; an event that is not listened to starts nothing', async () => {
		await start();
		const sent = parsedWebhook(sandbox, order, 'json');
		expect(await call(sent, { event: 'nonsense' })).toMatchObject({ status: 400 });
		expect((await call(sent, { event: 'new_customer' })).items).toBeUndefined();
	});

	test('a workflow can be published without a secret, which lets nobody in', async () => {
		await start();
		const vendre = { credentials: { ...sandbox.vendre.credentials, webhookSecret: '' } };
		const systems = { ...sandbox, vendre };
		expect(await callWebhookMethod(systems, TRIGGER, 'create', 'production')).toBe(true);
		const sent = parsedWebhook(sandbox, order, 'json');
		const query = { event: 'new_order', secret: '' };
		expect(await callWebhook(systems, TRIGGER, { query, ...sent })).toMatchObject({ status: 401 });
	});
});
