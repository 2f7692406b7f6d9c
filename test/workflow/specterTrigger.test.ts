import './withoutPauses';
import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { NodeApiError, NodeHelpers, sleep, type IDataObject, type INode } from 'n8n-workflow';
import { SpecterTrigger } from '../../nodes/Specter/SpecterTrigger.node';
import { startSandbox, type CallBackEvent, type Sandbox } from '../sandbox';
import { nodeTypes, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';
import {
	callWebhook,
	callWebhookMethod,
	workflowOf,
	type Trigger,
	type WebhookResult,
} from './webhook';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 3 })));
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.specter.clearCalls();
	sandbox.specter.faults.clear();
	sandbox.specter.callBacks.urls.clear();
});

/** Every event by the parameter that registers it, in the order of the outputs. */
const EVENTS: Record<string, CallBackEvent> = {
	articleChange: 'actionArticleChange',
	stockChange: 'actionStockChange',
	orderChange: 'actionOrderChange',
	invoiceCreated: 'actionNewInvoice',
	orderRemoved: 'actionRemoveOrder',
};
const NAMES: Record<string, string> = {
	articleChange: 'Article Change',
	stockChange: 'Stock Change',
	orderChange: 'Order Change',
	invoiceCreated: 'Invoice Created',
	orderRemoved: 'Order Removed',
};
const ALL = Object.keys(EVENTS);
/** The events that say no more than "poll now". */
const POKES = ['articleChange', 'stockChange', 'orderChange'];
const PRODUCTION = 'http://127.0.0.1/webhook/5f1b2c3d/specter';
const OWN_SECRET = 'en egen & lång hemlighet: å?';

const trigger = (events = ALL, otherCallBacks: IDataObject = {}): Trigger => ({
	type: 'specterTrigger',
	parameters: { events, otherCallBacks },
});

/** The account with other fields in its credential. */
const withCredential = (changes: Record<string, string>) => ({
	...sandbox,
	specter: { credentials: { ...sandbox.specter.credentials, ...changes } },
});

const registered = () => Object.fromEntries(sandbox.specter.callBacks.urls);

/** The secret in the address that stands in Specter for an event. */
const secretOf = (event: string) =>
	new URL(registered()[EVENTS[event]]).searchParams.get('secret') ?? '';

/** Registers as an activation does, and returns the static data that n8n keeps from it. */
async function activate(of: Trigger, systems: Systems = sandbox, stored: IDataObject = {}) {
	await callWebhookMethod(systems, of, 'create', 'production', stored);
	return stored;
}

async function deactivate(of: Trigger, stored: IDataObject, systems: Systems = sandbox) {
	await callWebhookMethod(systems, of, 'delete', 'production', stored);
}

describe('registering', () => {
	test('enters an address of its own for every event', async () => {
		await activate(trigger());
		const secret = secretOf('stockChange');
		expect(secret).toMatch(/^[0-9a-f]{64}$/);
		const address = (event: string) => `${PRODUCTION}?event=${event}&secret=${secret}`;
		expect(registered()).toEqual({
			actionArticleChange: address('articleChange'),
			actionStockChange: address('stockChange'),
			actionOrderChange: address('orderChange'),
			actionNewInvoice: `${address('invoiceCreated')}&orderId=$orderId&invoiceId=$invoiceId&invoiceSource=$invoiceSource`,
			actionRemoveOrder: `${address('orderRemoved')}&orderNo=$orderNo`,
		});
	});

	test('is one call that names all five, whatever is chosen', async () => {
		for (const events of [ALL, ['stockChange'], []]) {
			sandbox.specter.clearCalls();
			await activate(trigger(events));
			expect(sandbox.specter.calls).toHaveLength(1);
			const [{ method, action, params }] = sandbox.specter.calls;
			expect([method, action]).toEqual(['GET', 'checkAccountSettings']);
			for (const parameter of Object.values(EVENTS)) expect(params).toHaveProperty(parameter);
			expect(params.date).toMatch(/^\d{4}-\d\d-\d\d$/);
		}
	});

	test('removes the addresses of events that are not chosen', async () => {
		sandbox.specter.callBacks.urls.set('actionOrderChange', 'https://old.example/');
		await activate(trigger(['stockChange']));
		expect(Object.keys(registered())).toEqual(['actionStockChange']);
	});

	test('keeps another system’s address for an event that is not chosen, and only there', async () => {
		const others = {
			stockChange: 'https://shop.example/stock',
			orderChange: ' https://shop.example/order?key=1 ',
			orderRemoved: 'https://shop.example/removed?no=$orderNo',
		};
		await activate(trigger(['stockChange'], others));
		expect(registered()).toEqual({
			actionStockChange: expect.stringContaining(PRODUCTION),
			actionOrderChange: 'https://shop.example/order?key=1',
			actionRemoveOrder: 'https://shop.example/removed?no=$orderNo',
		});
	});

	test.each(['shop.example/stock', 'ftp://shop.example/', 'https://'])(
		'refuses %j as another system’s address, and asks Specter nothing',
		async (stockChange) => {
			const attempt = activate(trigger(ALL, { stockChange }));
			await expect(attempt).rejects.toThrow(
				'The other call-back for “Stock Change” is not an address',
			);
			expect(sandbox.specter.calls).toEqual([]);
		},
	);

	test('is done anew each time that n8n asks whether it is needed', async () => {
		expect(await callWebhookMethod(sandbox, trigger(), 'checkExists', 'production')).toBe(false);
	});
});

describe('removing', () => {
	const others = { stockChange: 'https://shop.example/stock', orderRemoved: '' };

	test('puts back what the other system had, for chosen events too, and empties the rest', async () => {
		const of = trigger(ALL, others);
		const stored = await activate(of);
		sandbox.specter.clearCalls();
		await deactivate(of, stored);
		expect(registered()).toEqual({ actionStockChange: 'https://shop.example/stock' });
		for (const parameter of Object.values(EVENTS)) {
			expect(sandbox.specter.calls[0].params).toHaveProperty(parameter);
		}

		sandbox.specter.clearCalls();
		await deactivate(of, stored);
		expect(sandbox.specter.calls).toEqual([]);
	});

	test('is done after a restart of n8n, too', async () => {
		const stored = await activate(trigger());
		await activate(trigger(), sandbox, stored);
		await deactivate(trigger(), stored);
		expect(registered()).toEqual({});
	});

	test('that Specter does not answer is told and stays to be done', async () => {
		const stored = await activate(trigger());
		sandbox.specter.faults.add({
			on: 'checkAccountSettings',
			kind: 'status',
			status: 503,
			times: 99,
		});
		await expect(deactivate(trigger(), stored)).rejects.toBeInstanceOf(NodeApiError);
		sandbox.specter.faults.clear();
		await deactivate(trigger(), stored);
		expect(registered()).toEqual({});
	});

	test('of a workflow that never was registered asks Specter nothing', async () => {
		await deactivate(trigger(), {});
		expect(sandbox.specter.calls).toEqual([]);
	});

	test('that is slow does not undo a registration that comes after it', async () => {
		const stored = await activate(trigger());
		sandbox.specter.faults.add({ on: 'checkAccountSettings', kind: 'delay', delayMs: 200 });
		const removal = deactivate(trigger(), stored);
		await activate(trigger());
		await removal;
		expect(Object.keys(registered())).toHaveLength(5);
	});

	test('that fails does not keep a later registration from being made', async () => {
		const stored = await activate(trigger());
		const wrong = withCredential({ integrationKey: 'wrong' });
		const removal = deactivate(trigger(), stored, wrong);
		const registration = activate(trigger(['stockChange']));
		await expect(removal).rejects.toThrow('Specter refused the call-back addresses');
		await registration;
		expect(Object.keys(registered())).toEqual(['actionStockChange']);
	});
});

test('listening for a test event leaves the production address alone, from begin to end', async () => {
	await activate(trigger());
	const before = registered();
	sandbox.specter.clearCalls();
	const stored = {};
	expect(await callWebhookMethod(sandbox, trigger(), 'create', 'test', stored)).toBe(true);
	await callWebhookMethod(sandbox, trigger(), 'delete', 'test', stored);
	expect(sandbox.specter.calls).toEqual([]);
	expect(registered()).toEqual(before);
});

describe('an error', () => {
	const failure = async (systems: Systems, of = trigger()): Promise<NodeApiError> => {
		const attempt = callWebhookMethod(systems, of, 'create', 'production');
		const error: unknown = await attempt.then(
			() => undefined,
			(reason: unknown) => reason,
		);
		expect(error).toBeInstanceOf(NodeApiError);
		expectNoSecrets(sandbox, {
			items: [],
			failed: [],
			traces: inspect(error, { depth: 20, showHidden: true }),
		});
		return error as NodeApiError;
	};

	test('of a refusal holds Specter’s reason and what to do', async () => {
		const error = await failure(withCredential({ integrationKey: 'wrong' }));
		expect(error.message).toBe(
			'Specter refused the call-back addresses: Wrong sbmId, key or apiUserId (code 1)',
		);
		expect(error.description).toContain('The call-backs in Specter are as they were');
	});

	test('of a refusal that quotes an address does not show the secret in it', async () => {
		const server = await standIn(({ url }) => {
			const quoted = new URL(url, 'http://specter').searchParams.get('actionStockChange');
			return { body: `0;7;The address ${quoted} is not allowed` };
		});
		const systems = withCredential({ baseUrl: server.url, callBackSecret: OWN_SECRET });
		const error = await failure(systems, trigger(['stockChange']));
		expect(error.message).toContain(`The address ${PRODUCTION}?… is not allowed (code 7)`);
		expect(inspect(error, { depth: 20 })).not.toContain(encodeURIComponent(OWN_SECRET));
	});

	test('of a system that is no Specter says so', async () => {
		const server = await standIn(() => ({ body: '<html>1;</html>' }));
		const error = await failure(withCredential({ baseUrl: server.url }));
		expect(error.message).toMatch(
			/^Specter answered checkAccountSettings with HTTP status 200 and/,
		);
	});

	test('leaves no mark, so that n8n’s clearing up removes nothing that another system has', async () => {
		const url = 'https://shop.example/stock';
		sandbox.specter.callBacks.urls.set('actionStockChange', url);
		const stored = {};
		const refused = activate(trigger(), withCredential({ integrationKey: 'wrong' }), stored);
		await expect(refused).rejects.toBeInstanceOf(NodeApiError);
		await deactivate(trigger(), stored);
		expect(registered()).toEqual({ actionStockChange: url });
	});
});

test('an answer as short as 1;Done is enough', async () => {
	const server = await standIn(() => ({ body: '1;Done' }));
	await activate(trigger(), withCredential({ baseUrl: server.url }));
	expect(server.requests).toHaveLength(1);
});

describe('the secret', () => {
	const derived = async (of: Trigger, changes: Record<string, string> = {}) => {
		await activate(of, withCredential(changes));
		return secretOf('stockChange');
	};

	test('is the same at every registration, and another for a copy of the node', async () => {
		const first = await derived(trigger());
		expect(await derived(trigger())).toBe(first);
		expect(await derived({ ...trigger(), webhookId: 'another' })).not.toBe(first);
	});

	test('does not tell the key that it comes from', async () => {
		expect(await derived(trigger())).not.toContain(sandbox.specter.credentials.integrationKey);
	});

	test('is the user’s own where the credential has one', async () => {
		expect(await derived(trigger(), { callBackSecret: OWN_SECRET })).toBe(OWN_SECRET);
	});

	test('of a credential without keys is none, and lets nobody in', async () => {
		const systems = withCredential({ integrationKey: '' });
		const ofNoKey = createHmac('sha256', '').update('call-back 5f1b2c3d').digest('hex');
		for (const secret of ['', undefined, ofNoKey]) {
			const query = { event: 'stockChange', secret };
			const { status } = await callWebhook(systems, trigger(), { query, body: {} });
			expect(status).toBe(401);
		}
	});
});

/** Calls the trigger as the given address says, or with another query. */
async function call(
	query: IDataObject,
	{
		events = ALL,
		body = {},
		...rest
	}: Partial<Parameters<typeof callWebhook>[2]> & {
		events?: string[];
	} = {},
): Promise<WebhookResult> {
	const systems = withCredential({ callBackSecret: OWN_SECRET });
	const result = await callWebhook(systems, trigger(events), {
		query: { secret: OWN_SECRET, ...query },
		body,
		...rest,
	});
	expect(JSON.stringify(result)).not.toContain(OWN_SECRET);
	return result;
}

const DONE = { status: 200, text: '1;Done', type: 'text/plain' };
const NOTHING = { items: undefined, outputs: undefined };

describe('a call', () => {
	test.each([
		['no secret', undefined],
		['an empty one', ''],
		['a wrong one', 'wrong'],
		['the right one twice', [OWN_SECRET, OWN_SECRET]],
	])('with %s: 401, and nothing starts', async (_, secret) => {
		const result = await call({ event: 'stockChange', secret });
		expect(result).toEqual({
			status: 401,
			text: 'The secret is missing or wrong',
			type: 'text/plain',
		});
	});

	test('without the secret does not learn which events there are', async () => {
		expect(await call({ event: 'nonsense', secret: 'wrong' })).toMatchObject({ status: 401 });
	});

	test('with the address that was registered is let in', async () => {
		await activate(trigger());
		const { searchParams } = new URL(registered().actionStockChange);
		const query = Object.fromEntries(searchParams);
		expect(await callWebhook(sandbox, trigger(), { query, body: {} })).toMatchObject(DONE);
	});

	test.each([undefined, '', 'actionStockChange', '__proto__', ['stockChange']])(
		'for the event %j: 400, and nothing starts',
		async (event) => {
			const result = await call({ event });
			expect(result).toEqual({
				status: 400,
				text: 'The address names no event of Specter',
				type: 'text/plain',
			});
		},
	);

	test('for an event that is not chosen is answered and starts nothing', async () => {
		const result = await call({ event: 'orderChange' }, { events: ['stockChange'] });
		expect(result).toEqual({ ...DONE, ...NOTHING });
	});

	test.each(ALL)('for %s comes out by the output of that name, and by no other', async (event) => {
		for (const events of [ALL, [...ALL].reverse(), [event], ['orderChange', event]]) {
			const result = await call({ event }, { events });
			expect(result).toMatchObject(DONE);
			const node = { ...workflowOf(trigger(events)).getNode('Node') } as INode;
			const outputs = NodeHelpers.getNodeOutputs(
				workflowOf(trigger(events)),
				node,
				nodeTypes.getByNameAndVersion('specterTrigger', 1).description,
			) as Array<{ displayName: string }>;
			const filled = outputs.filter((_, index) => (result.outputs?.[index] ?? []).length > 0);
			expect(filled.map(({ displayName }) => displayName)).toEqual([NAMES[event]]);
			expect(result.outputs).toHaveLength(outputs.length);
			expect(result.outputs?.flat()).toEqual([{ event, receivedAt: expect.any(String) }]);
		}
	});

	test('tells when it came, and nothing of how', async () => {
		const before = Date.now();
		const { items } = await call(
			{ event: 'stockChange', articleNo: '5' },
			{ events: ['stockChange'], body: { secret: 'x', articleNo: '5' } },
		);
		expect(Object.keys(items?.[0] ?? {})).toEqual(['event', 'receivedAt']);
		const at = new Date(items?.[0].receivedAt as string).getTime();
		expect(at).toBeGreaterThanOrEqual(before);
		expect(at).toBeLessThanOrEqual(Date.now());
	});
});

describe('what an event carries', () => {
	const invoice = { orderId: '1001', invoiceId: '77', invoiceSource: 'Order' };
	const carried = async (query: IDataObject, body: IDataObject = {}) => {
		const event = 'invoiceCreated';
		const { items } = await call({ event, ...query }, { events: [event], body });
		const { receivedAt, ...rest } = items?.[0] ?? {};
		expect(receivedAt).toEqual(expect.any(String));
		return rest;
	};

	test.each<[string, IDataObject, IDataObject]>([
		['in the address', invoice, {}],
		['in a form', {}, invoice],
		['as numbers of JSON', {}, { orderId: 1001, invoiceId: 77, invoiceSource: 'Order' }],
		['in multipart', {}, { data: invoice, files: {} }],
		['in the address twice', { ...invoice, orderId: ['1001', '2'] }, {}],
		['in a form, with an address that was not filled in', { orderId: '$orderId' }, invoice],
		['in the address, whatever the form says', invoice, { orderId: '2' }],
	])('is taken %s', async (_, query, body) => {
		expect(await carried(query, body)).toEqual({ event: 'invoiceCreated', ...invoice });
	});

	test.each<[string, IDataObject, IDataObject]>([
		['missing', {}, {}],
		['not filled in', { orderId: '$orderId' }, {}],
		['empty', { orderId: ' ' }, {}],
		['an object', { orderId: { a: 1 } }, {}],
		['in a body of text', {}, 'orderId=5' as unknown as IDataObject],
		['in no body at all', {}, undefined as unknown as IDataObject],
	])('is left out where it is %s', async (_, query, body) => {
		expect(await carried(query, body)).toEqual({ event: 'invoiceCreated' });
	});

	test('is the order’s number when one was removed', async () => {
		const { items } = await call({ event: 'orderRemoved', orderNo: '1001', invoiceId: '5' });
		expect(items).toEqual([]);
		const only = await call(
			{ event: 'orderRemoved', orderNo: '1001' },
			{ events: ['orderRemoved'] },
		);
		expect(only.items?.[0]).toEqual({
			event: 'orderRemoved',
			receivedAt: expect.any(String),
			orderNo: '1001',
		});
	});

	test('comes as Specter itself calls the address that was registered', async () => {
		const server = await standIn(() => ({ body: '1;Done' }));
		await activate(trigger());
		const { callBacks } = sandbox.specter;
		const address = registered().actionNewInvoice.replace('http://127.0.0.1', server.url);
		callBacks.urls.set('actionNewInvoice', address);
		callBacks.fire('actionNewInvoice', invoice);
		await callBacks.idle();
		const query = Object.fromEntries(new URL(server.requests[0].url, server.url).searchParams);
		const result = await callWebhook(sandbox, trigger(['invoiceCreated']), { query, body: {} });
		expect(result.items?.[0]).toMatchObject(invoice);
	});
});

describe('a burst', () => {
	/** Lets the second of a burst pass; until then nothing that waits goes on. */
	const waiting: Array<() => void> = [];
	const passSecond = () => waiting.splice(0).forEach((go) => go());

	beforeEach(() => {
		jest
			.mocked(sleep)
			.mockImplementation(async () => await new Promise((resolve) => waiting.push(resolve)));
	});
	afterEach(() => {
		jest.mocked(sleep).mockImplementation(async () => {});
		passSecond();
	});

	test.each(POKES)(
		'of a hundred calls for %s starts twice, and answers all at once',
		async (event) => {
			const answers: unknown[] = [];
			const results = Array.from({ length: 100 }, async () => {
				const onAnswer = (answer: object) => answers.push({ ...answer });
				return await call({ event }, { events: [event], onAnswer });
			});
			const first = await Promise.race(results);
			expect(first.items).toHaveLength(1);
			expect(answers).toEqual(Array.from({ length: 100 }, () => DONE));
			passSecond();
			const started = (await Promise.all(results)).filter(({ items }) => items !== undefined);
			expect(started).toHaveLength(2);
		},
	);

	test('of one event holds up no other event', async () => {
		const [stock, article] = [
			await call({ event: 'stockChange' }),
			await call({ event: 'articleChange' }),
		];
		expect([stock.outputs, article.outputs].every(Boolean)).toBe(true);
	});

	test.each(['invoiceCreated', 'orderRemoved'])(
		'of %s starts as often as it comes, because each call carries data',
		async (event) => {
			const results = await Promise.all(
				Array.from({ length: 10 }, async () => await call({ event }, { events: [event] })),
			);
			expect(results.filter(({ items }) => items?.length === 1)).toHaveLength(10);
		},
	);

	test('does not hold up the call that somebody listens for in the editor', async () => {
		const event = 'stockChange';
		const results = [
			await call({ event }, { events: [event] }),
			await call({ event }, { events: [event], test: true }),
			await call({ event }, { events: [event], test: true }),
		];
		expect(results.map(({ items }) => items?.length)).toEqual([1, 1, 1]);
	});
});

describe('what n8n is told', () => {
	const { description, webhookMethods } = new SpecterTrigger();

	test('one address for GET, which has the lifecycle, and for POST, which the panel does not show', () => {
		expect(description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'GET', responseMode: 'onReceived', path: 'specter' },
			{
				name: 'setup',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'specter',
				ndvHideUrl: true,
			},
		]);
		expect(Object.keys(webhookMethods)).toEqual(['default']);
	});

	test.each(
		Array.from({ length: 2 ** ALL.length }, (_, bits) =>
			ALL.filter((_event, index) => (bits >> index) & 1),
		),
	)('an output for each of the chosen events, in the canvas’s order: %s', (...events) => {
		const workflow = workflowOf(trigger([...events].reverse()));
		const node = workflow.getNode('Node') as INode;
		const outputs = NodeHelpers.getNodeOutputs(workflow, node, description);
		expect(outputs).toEqual(
			events.map((event) => expect.objectContaining({ type: 'main', displayName: NAMES[event] })),
		);
	});
});
