import { pauses } from './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';
import { without } from './without';

let sandbox: Sandbox;
let customerId: number;
let serial = 20_000;

beforeAll(async () => {
	sandbox = await startSandbox({ products: 1 });
	for (const articleNo of ['A-1', 'A-2', 'FRAKT']) sandbox.specter.addArticle(articleNo);
	({ customerId } = sandbox.specter.customerRegister.add({ name: 'Åkes Bygg AB' }));
});
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.specter.clearCalls();
	sandbox.specter.faults.clear();
});

const order = (fields: IDataObject = {}): IDataObject => ({
	customerId,
	externalOrderNo: String(++serial),
	rows: [
		{
			articleNo: 'A-1',
			articleName: 'Mugg – blå',
			priceExclVAT: '79.20',
			noOfItems: 2,
			vatPercent: 25,
		},
		{ articleNo: 'FRAKT', articleName: 'Frakt', priceExclVAT: 39.2, noOfItems: 1, vatPercent: 25 },
	],
	...fields,
});

const send = async (
	orders: unknown[],
	parameters: IDataObject = {},
	onError?: OnError,
	systems: Parameters<typeof runNode>[0] = sandbox,
) =>
	await runNode(
		systems,
		'specter',
		{ resource: 'order', operation: 'create', ...parameters },
		orders.map((record, index) => ({ mark: index, order: record }) as IDataObject),
		onError,
	);

/** Sends one order to a Specter that answers it so. */
async function sendTo(answer: string, record = order()) {
	const server = await standIn(() => ({ body: Buffer.from(answer, 'latin1') }));
	const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
	const run = await send([record], {}, undefined, { ...sandbox, specter: { credentials } });
	await server.stop();
	return { ...run, tries: server.requests.length };
}

const calls = () => sandbox.specter.calls;

describe('what is sent and comes back', () => {
	test('header, rows and flags by Specter’s names, for the customer’s number (O13)', async () => {
		const record = order({
			currency: 'SEK',
			language: 'SE',
			orderDate: '2026-01-05',
			publishedComment: 'Order 1\nRing på – “öppet” 20 €',
			sendOrderMail: false,
			isPrepayment: true,
			payTypeIdentifier: 'KG',
			deliveryCity: 'Umeå',
			webshopId: '3',
		});
		const run = await send([record]);
		const placed = sandbox.specter.ordersFor(String(record.externalOrderNo))[0];
		expect(run.items).toEqual([
			{
				json: {
					outcome: 'created',
					orderNo: String(placed.orderNo),
					externalOrderNo: record.externalOrderNo,
					customerId: String(customerId),
					message: 'Order created',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(without(calls()[0].params, 'key')).toEqual({
			action: 'newOrderSubmit',
			userSource: 'webuser',
			sbmId: sandbox.specter.credentials.sbmId,
			apiUserId: sandbox.specter.credentials.apiUserId,
			customerId: String(customerId),
			externalOrderNo: record.externalOrderNo,
			currency: 'SEK',
			language: 'SE',
			orderDate: '2026-01-05',
			publishedComment: 'Order 1\nRing på - "öppet" 20 EUR',
			sendOrderMail: '0',
			isPrepayment: '1',
			payTypeIdentifier: 'KG',
			deliveryCity: 'Umeå',
			webshopId: '3',
			articleNo_1: 'A-1',
			articleName_1: 'Mugg - blå',
			priceExclVAT_1: '79.20',
			noOfItems_1: '2',
			vatPercent_1: '25',
			articleNo_2: 'FRAKT',
			articleName_2: 'Frakt',
			priceExclVAT_2: '39.20',
			noOfItems_2: '1',
			vatPercent_2: '25',
		});
		expect(sandbox.specter.orderTotal(placed.orderNo)).toBe(24_700);
	});

	test('a hundred rows and more are one call', async () => {
		const [row] = order().rows as IDataObject[];
		const run = await send([order({ rows: Array.from({ length: 150 }, () => row) })]);
		expect(run.items).toHaveLength(1);
		expect(calls()).toHaveLength(1);
	});

	test('fields and rows may be filled in one by one', async () => {
		const { rows, ...fields } = order({ customerId: String(customerId), sendOrderMail: true });
		const row = (rows as IDataObject[]).map((each) => ({ ...each, priceExclVAT: '79.20' }));
		const run = await send([{}], { dataMode: 'fields', fields, rows: { row } });
		expect(run.error).toBeUndefined();
		expect(run.items[0].json.outcome).toBe('created');
		expect(calls()[0].params).toMatchObject({ sendOrderMail: '1', articleNo_2: 'FRAKT' });
	});
});

describe('a double', () => {
	test('is refused by Specter and is outcome duplicate, with no number and no error', async () => {
		const record = order();
		const run = await send([record, record], { options: { parallelRequests: 1 } });
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json }) => [json.outcome, json.orderNo])).toEqual([
			['created', expect.stringMatching(/^7\d+$/)],
			['duplicate', null],
		]);
		expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(1);
	});

	test('sent at the same moment ten times is one order', async () => {
		const record = order();
		const run = await send(
			Array.from({ length: 10 }, () => record),
			{
				options: { parallelRequests: 10 },
			},
		);
		const outcomes = run.items.map(({ json }) => json.outcome);
		expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
		expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(9);
		expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(1);
	});

	test.each(['drop-after-commit', 'garbage', 'malformed'] as const)(
		'%s after Specter stored it: sent again, duplicate, one order and no wrong number',
		async (kind) => {
			const record = order();
			sandbox.specter.faults.add({ on: 'newOrderSubmit', kind });
			const run = await send([record]);
			expect(run.items[0].json).toMatchObject({ outcome: 'duplicate', orderNo: null });
			expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(1);
			expect(calls()).toHaveLength(2);
		},
	);

	test('a connection lost before Specter stored it: sent again and created', async () => {
		const record = order();
		sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'drop-before-commit', times: 3 });
		const run = await send([record]);
		expect(run.items[0].json.outcome).toBe('created');
		expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(1);
	});

	test('is made where the user asks for it', async () => {
		const record = order();
		const run = await send([record, record], {
			options: { parallelRequests: 1, ignoreExternalOrderNoControl: true },
		});
		expect(run.items.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(2);
	});

	test.each([
		'0;13;External order number 20001 already exists',
		'0;;externalOrderNo 20001 is already in use',
		'0;5;Externt ordernummer finns redan',
		'0;5;Externt ordernr 20001 används redan',
		'0;5;Ordernumret är upptaget: dubblett',
		'0;5;The external order number is not unique',
		'0;5;externalOrderNo must be unique',
		'0;5;Externt ordernummer är inte unikt',
		'0;5;Externt ordernummer måste vara unikt',
	])('is told from other refusals by Specter’s words: %s', async (answer) => {
		const run = await sendTo(answer);
		expect(run.error).toBeUndefined();
		expect(run.items[0].json).toMatchObject({ outcome: 'duplicate', orderNo: null });
		expect(run.tries).toBe(1);
	});

	test.each([
		'0;12;Order 20001: customer 5 does not exist',
		'0;11;Row 1 of the order: article A-1 does not exist',
		'0;11;Artikeln A-1 på orderrad 1 finns inte',
		'0;10;Kunden på ordern saknas',
		'0;3;Okänd kund för extern order',
		'0;1;Unknown user for external order',
		'0;3;orderDate must be a date',
		'0;3;externalDeliveryMethod is too long',
		'0;7;Ordern kunde ej skapas',
		'0;;',
	])('is not what another refusal is taken for: %s', async (answer) => {
		const run = await sendTo(answer);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toMatch(/^Specter refused the order \d+: .* \(code /);
		expect(run.tries).toBe(1);
	});

	test('cannot be where the order has no external number', async () => {
		const record = without(order(), 'externalOrderNo');
		const run = await sendTo('0;13;External order number already exists', record);
		expect(run.error?.message).toContain('Specter refused the order');
	});
});

describe('an order that must not be sent twice', () => {
	const once = () => without(order(), 'externalOrderNo');

	test.each(['drop-after-commit', 'drop-before-commit', 'garbage', 'malformed'] as const)(
		'without external number is not sent again after %s',
		async (kind) => {
			sandbox.specter.faults.add({ on: 'newOrderSubmit', kind });
			const run = await send([once()]);
			expect(run.error).toBeDefined();
			expect(calls()).toHaveLength(1);
			expectNoSecrets(sandbox, run);
		},
	);

	test('the user is told that it may stand in Specter all the same', async () => {
		sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'drop-after-commit' });
		const run = await send([once()]);
		expect(run.error?.message).toBe('Specter gave no answer to newOrderSubmit (one try)');
		expect(run.error?.description).toContain(
			'The order may or may not stand in Specter: look there before you run the item again.',
		);
	});

	test('and so it is not one that may go through later; with its number it is', async () => {
		sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'status', status: 500, times: 99 });
		const run = await send([once(), order()], {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => json.retryable)).toEqual([false, true]);
		expect(run.items[1].json.details).toContain('sending it again makes no double');
	});

	test('nor with the protection against doubles taken away', async () => {
		sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'drop-after-commit' });
		const record = order();
		const run = await send([record], { options: { ignoreExternalOrderNoControl: true } });
		expect(run.error).toBeDefined();
		expect(sandbox.specter.ordersFor(String(record.externalOrderNo))).toHaveLength(1);
	});

	test('but after 429 it is: Specter did not take it', async () => {
		sandbox.specter.faults.add({
			on: 'newOrderSubmit',
			kind: 'status',
			status: 429,
			retryAfter: '3',
		});
		const run = await send([once()]);
		expect(run.items[0].json.outcome).toBe('created');
		expect(pauses()).toEqual([3000]);
	});
});

describe('several items', () => {
	test('come out in their order and paired, whichever is answered first', async () => {
		sandbox.specter.faults.add({ on: 'newOrderSubmit', kind: 'delay', delayMs: 120 });
		const orders = [order(), order(), order()];
		const run = await send(orders);
		expect(run.items.map(({ json, pairedItem }) => [json.externalOrderNo, pairedItem])).toEqual(
			orders.map(({ externalOrderNo }, item) => [externalOrderNo, { item }]),
		);
	});

	test('bad and refused ones go to the error output with their input, the others through', async () => {
		const orders = [
			order({ rows: [] }),
			order(),
			order({ customerId: 999_999 }),
			order({ rows: [{ ...(order().rows as IDataObject[])[0], articleNo: 'SAKNAS' }] }),
			order(),
		];
		const run = await send(orders, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 4 }]);
		expect(run.failed.map(({ json }) => [json.mark, json.order, json.error])).toEqual([
			[0, orders[0], 'The order cannot be used: rows is []: an order has at least one row'],
			[
				2,
				orders[2],
				`Specter refused the order ${orders[2].externalOrderNo as string}: Customer 999999 does not exist (code 10)`,
			],
			[
				3,
				orders[3],
				`Specter refused the order ${orders[3].externalOrderNo as string}: Row 1: article SAKNAS does not exist (code 11)`,
			],
		]);
		expect(run.failed.every(({ json }) => Boolean(json.details))).toBe(true);
		expectNoSecrets(sandbox, run);
	});
});

describe('answers of other shapes', () => {
	test('XML is understood as well', async () => {
		const run = await sendTo(
			'<?xml version="1.0"?><x><APIresponse><result>1</result><code>70005</code><message>Klar å</message></APIresponse></x>',
		);
		expect(run.items[0].json).toMatchObject({ orderNo: '70005', message: 'Klar å' });
	});

	test('a message may hold semicolons and Swedish letters', async () => {
		const run = await sendTo('1;70006;Skapad; på lager; åäö\r\n');
		expect(run.items[0].json).toMatchObject({ orderNo: '70006', message: 'Skapad; på lager; åäö' });
	});

	test.each([
		['an empty answer', ''],
		['a page', '<html><body>1;70007;Done</body></html>'],
		['a number alone', '70007'],
		['a result cut off', '1;700'],
		['an ASP error', "Microsoft VBScript runtime error '800a01a8'"],
	])('%s is never taken for success', async (_, answer) => {
		const run = await sendTo(answer);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('HTTP status 200 and nothing that can be read (6 tries)');
		expect(run.error?.description).toContain('not in Specter’s protocol');
		expect(run.tries).toBe(6);
	});
});
