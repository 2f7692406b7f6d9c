import { pauses } from './withoutPauses';
import { parse } from 'node:querystring';
import type { IDataObject } from 'n8n-workflow';
import { VendreTrigger } from '../../nodes/Vendre/VendreTrigger.node';
import { startSandbox, type OrderRecord, type Sandbox } from '../sandbox';
import { encodeRecord } from '../sandbox/vendre/forms';
import { standIn } from './standIn';
import { callWebhook } from './webhook';

let sandbox: Sandbox;
let order: OrderRecord;

const ALL = ['new_order', 'updated_order', 'new_customer', 'updated_customer', 'deleted_customer'];

beforeAll(async () => {
	sandbox = await startSandbox();
	order = sandbox.vendre.placeOrder('person', { webhook: false });
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.vendre.clearCalls();
	sandbox.vendre.faults.clear();
});

const call = async (
	body: IDataObject,
	query: IDataObject = {},
	events = ALL,
	systems: Parameters<typeof callWebhook>[0] = sandbox,
) => {
	const { webhookSecret, apiKey } = sandbox.vendre.credentials;
	const result = await callWebhook(
		systems,
		{ type: 'vendreTrigger', parameters: { events } },
		{ query: { event: 'new_order', secret: webhookSecret, ...query }, body },
	);
	expect(JSON.stringify(result)).not.toContain(webhookSecret);
	expect(JSON.stringify(result)).not.toContain(apiKey);
	return result;
};

describe('who may call', () => {
	test.each([
		['no secret', undefined],
		['an empty one', ''],
		['a wrong one', 'wrong'],
		['the right one twice', ['sandbox-webhook-secret', 'sandbox-webhook-secret']],
		['the right one in capitals', 'SANDBOX-WEBHOOK-SECRET'],
	])('%s: 401, nothing is read and nothing starts', async (_, secret) => {
		const result = await call({ id: order.id }, { secret });
		expect(result).toEqual({ status: 401, text: 'The secret is missing or wrong' });
		expect(sandbox.vendre.calls).toEqual([]);
	});

	test('a credential without a secret lets nobody in', async () => {
		const vendre = { credentials: { ...sandbox.vendre.credentials, webhookSecret: '' } };
		for (const secret of ['', undefined]) {
			const result = await call({ id: order.id }, { secret }, ALL, { ...sandbox, vendre });
			expect(result.status).toBe(401);
		}
	});

	test('who does not know the secret does not learn which events there are', async () => {
		expect(await call({}, { secret: 'wrong', event: 'nonsense' })).toMatchObject({ status: 401 });
	});
});

describe('the event', () => {
	test.each([undefined, '', 'deleted_order', '__proto__', ['new_order']])(
		'%j is none: 400',
		async (event) => {
			const result = await call({ id: order.id }, { event });
			expect(result).toEqual({ status: 400, text: 'The address names no event of Vendre' });
		},
	);

	test('one that this workflow does not listen to is answered and starts nothing', async () => {
		const result = await call({ id: order.id }, { event: 'updated_order' }, ['new_order']);
		expect(result.status).toBe(200);
		expect(result.items).toBeUndefined();
		expect(sandbox.vendre.calls).toEqual([]);
	});
});

describe('the record', () => {
	const customer = () => [...sandbox.vendre.customers.values()][0];

	/** The shop's body in each format, as n8n's server parses it. */
	const formats: Array<[string, (record: object) => IDataObject]> = [
		['JSON', (record) => JSON.parse(encodeRecord(record, 'json').body) as IDataObject],
		['urlencoded', (record) => ({ ...parse(encodeRecord(record, 'form-urlencoded').body) })],
		[
			'multipart',
			(record) => ({ data: { ...parse(encodeRecord(record, 'form-urlencoded').body) }, files: {} }),
		],
		['wrapped JSON', (record) => ({ data: record }) as IDataObject],
	];

	test.each(formats)(
		'of an order in %s is read again and emitted in its shape',
		async (_, body) => {
			const result = await call(body(order));
			expect(result.status).toBe(200);
			expect(result.items).toHaveLength(1);
			expect(result.items?.[0]).toMatchObject({
				webhookEvent: 'new_order',
				id: order.id,
				products: order.products,
				totals: order.totals,
				email_address: order.email_address,
			});
			expect(sandbox.vendre.calls.map(({ method, path }) => [method, path])).toEqual([
				['GET', `/API/1/orders/${order.id}`],
			]);
		},
	);

	test('what is emitted is the shop’s, whatever the body says', async () => {
		const result = await call({
			...order,
			email_address: 'evil@evil.example',
			external_id: '666',
			totals: [],
		} as unknown as IDataObject);
		expect(result.items?.[0]).toMatchObject({
			email_address: order.email_address,
			external_id: '',
			totals: order.totals,
		});
		expect(JSON.stringify(result.items)).not.toContain('evil');
	});

	test.each(['updated_order', 'new_order'])('%s reads an order', async (event) => {
		const result = await call({ id: order.id }, { event });
		expect(result.items?.[0]).toMatchObject({ id: order.id, webhookEvent: event });
	});

	test.each(['new_customer', 'updated_customer'])('%s reads a customer', async (event) => {
		const result = await call({ id: customer().id }, { event });
		expect(result.items?.[0]).toMatchObject({
			webhookEvent: event,
			email_address: customer().email_address,
		});
		expect(sandbox.vendre.calls[0].path).toBe(`/API/1/customers/${customer().id}`);
	});

	test('deleted_customer gives the id alone: there is nothing to read any more', async () => {
		const body = { ...customer() } as unknown as IDataObject;
		const result = await call(body, { event: 'deleted_customer' });
		expect(result.items).toEqual([{ webhookEvent: 'deleted_customer', id: customer().id }]);
		expect(sandbox.vendre.calls).toEqual([]);
	});

	test.each([{}, { id: '' }, { id: 'x' }, { products: [{ id: 5 }] }])(
		'a body without an id (%j): 400',
		async (body) => {
			const result = await call(body);
			expect(result).toEqual({ status: 400, text: 'The body holds no id of a record' });
			expect(sandbox.vendre.calls).toEqual([]);
		},
	);

	test('one that the shop does not have: 404 and nothing starts', async () => {
		const result = await call({ id: 99_999 });
		expect(result).toEqual({
			status: 404,
			text: 'The record could not be read from the shop',
			items: undefined,
		});
	});

	test('a shop that fails for a moment is asked again', async () => {
		sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', kind: 'status', status: 500, times: 2 });
		const result = await call({ id: order.id });
		expect(result.items).toHaveLength(1);
		expect(pauses()).toHaveLength(2);
	});

	test('a shop that stays down: 503, so that it shows, and nothing starts', async () => {
		sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', kind: 'status', status: 500, times: 99 });
		expect(await call({ id: order.id })).toMatchObject({ status: 503, items: undefined });
	});

	test('a pause that the shop asks for and that is too long for a webhook: 503 at once', async () => {
		const fault = { kind: 'status', status: 429, retryAfter: '60', times: 99 } as const;
		sandbox.vendre.faults.add({ on: 'GET /orders/\\d+', ...fault });
		expect(await call({ id: order.id })).toMatchObject({ status: 503, items: undefined });
		expect(sandbox.vendre.calls).toHaveLength(1);
		expect(pauses()).toEqual([]);
	});

	test('one that makes no sense: 503, never half a record', async () => {
		const shop = await standIn(() => ({ body: '{"id":5,"date_added":"i går"}' }));
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		expect(await call({ id: 5 }, {}, ALL, { ...sandbox, vendre })).toMatchObject({
			status: 503,
			items: undefined,
		});
		await shop.stop();
	});
});

describe('what n8n is told', () => {
	const { description, webhookMethods } = new VendreTrigger();

	test('GET is refused by n8n itself: the webhook is for POST, at the path vendre', () => {
		expect(description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'vendre' },
		]);
	});

	test('a workflow cannot be activated without a secret', async () => {
		const activate = async (webhookSecret: string) =>
			await webhookMethods.default.create.call({
				getCredentials: async () => ({ webhookSecret }),
				getNode: () => ({ name: 'Vendre Trigger' }),
				getNodeParameter: (_: string, fallback: unknown) => fallback,
			} as never);
		await expect(activate('')).rejects.toThrow('The credential has no Webhook Secret');
		expect(await activate('hemligt')).toBe(true);
	});
});
