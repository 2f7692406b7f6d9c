import { pauses } from './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
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

const send = async (
	operation: 'create' | 'getDocumentLink',
	items: IDataObject[],
	parameters: IDataObject = {},
	onError?: OnError,
	systems: Parameters<typeof runNode>[0] = sandbox,
) =>
	await runNode(
		systems,
		'specter',
		{ resource: 'invoice', operation, ...parameters },
		items,
		onError,
	);

const calls = () => sandbox.specter.calls;
const order = () => {
	const { orderNo } = placedOrder(sandbox);
	return { orderNo };
};
const invoicesOf = ({ orderNo }: { orderNo: number }) =>
	sandbox.specter.orderBook.get(orderNo).invoiceIds.map(String);

/** An invoice that stands in Specter from before. */
const invoice = () => ({ invoiceId: String(sandbox.specter.invoiceOrder(order().orderNo)) });

describe('an invoice', () => {
	const create = send.bind(undefined, 'create');

	test('is made for the order, and its number comes back', async () => {
		const item = order();
		const run = await create([item]);
		expect(run.error).toBeUndefined();
		const [invoiceId] = invoicesOf(item);
		expect(run.items).toEqual([
			{
				json: { outcome: 'created', orderNo: String(item.orderNo), invoiceId },
				pairedItem: { item: 0 },
			},
		]);
		expect(calls()[0].method).toBe('POST');
		expect(without(calls()[0].params, 'key')).toEqual({
			action: 'newInvoiceSubmit',
			sbmId: sandbox.specter.credentials.sbmId,
			apiUserId: sandbox.specter.credentials.apiUserId,
			orderId: String(item.orderNo),
			typeInvoice: 'S',
		});
	});

	test.each([
		['drop-before-commit', 0],
		['drop-after-commit', 1],
		['garbage', 1],
		['malformed', 1],
	] as const)(
		'%s: is not sent again, and the user is told what is not known',
		async (kind, made) => {
			const item = order();
			sandbox.specter.faults.add({ on: 'newInvoiceSubmit', kind });
			const run = await create([item]);
			expect(run.items).toEqual([]);
			expect(run.error?.description).toContain(
				`The invoice for order ${item.orderNo} may or may not stand in Specter: look there before you run the item again.`,
			);
			expect(calls()).toHaveLength(1);
			expect(invoicesOf(item)).toHaveLength(made);
			expectNoSecrets(sandbox, run);
		},
	);

	test('500: neither, and it is not marked as one that may go through later', async () => {
		sandbox.specter.faults.add({ on: 'newInvoiceSubmit', kind: 'status', status: 500 });
		const run = await create([order()], {}, 'continueRegularOutput');
		expect(run.items[0].json.retryable).toBe(false);
		expect(run.items[0].json.details).toContain('may or may not stand in Specter');
		expect(calls()).toHaveLength(1);
	});

	test('429: is sent again after as long as asked', async () => {
		const item = order();
		const fault = { kind: 'status', status: 429, retryAfter: '17' } as const;
		sandbox.specter.faults.add({ on: 'newInvoiceSubmit', ...fault });
		const run = await create([item]);
		expect(run.items[0].json.invoiceId).toBe(invoicesOf(item)[0]);
		expect(pauses()).toEqual([17_000]);
	});

	test('many come out in their order; bad and refused ones go to the error output', async () => {
		sandbox.specter.faults.add({ on: 'newInvoiceSubmit', kind: 'delay', delayMs: 120 });
		const items = [order(), { orderNo: '' }, order(), { orderNo: 999_999 }, order()];
		const run = await create(items, {}, 'continueErrorOutput');
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.orderNo, pairedItem])).toEqual(
			[0, 2, 4].map((item) => [String(items[item].orderNo), { item }]),
		);
		expect(run.failed.map(({ json }) => [json.orderNo, json.error])).toEqual([
			['', 'The invoice cannot be used: orderId is "": a value is required'],
			[
				999_999,
				'Specter refused the invoice for order 999999: Order 999999 does not exist (code 12)',
			],
		]);
		expect(calls()).toHaveLength(4);
		expectNoSecrets(sandbox, run);
	});

	test('is never asked for where there is no order number', async () => {
		const run = await create([{}]);
		expect(run.error?.message).toContain('The invoice cannot be used: orderId is');
		expect(calls()).toHaveLength(0);
	});
});

describe('the link to an invoice’s document', () => {
	const getLink = send.bind(undefined, 'getDocumentLink');

	/** Asks a Specter that answers so for the link of invoice 90001. */
	async function linkFrom(answer: string) {
		const server = await standIn(() => ({ body: Buffer.from(answer, 'latin1') }));
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const systems = { ...sandbox, specter: { credentials } };
		const run = await getLink([{ invoiceId: 90_001 }], {}, undefined, systems);
		await server.stop();
		return { ...run, tries: server.requests.length };
	}

	test('is asked for by GET and signed, and leads to the document', async () => {
		const item = invoice();
		const run = await getLink([item]);
		expect(run.error).toBeUndefined();
		const url = `${sandbox.specter.url}/documents/${item.invoiceId}.pdf`;
		expect(run.items).toEqual([
			{ json: { invoiceId: item.invoiceId, url }, pairedItem: { item: 0 } },
		]);
		expect(calls()[0].method).toBe('GET');
		expect(without(calls()[0].params, 'key')).toEqual({
			action: 'getPDFLink',
			sbmId: sandbox.specter.credentials.sbmId,
			apiUserId: sandbox.specter.credentials.apiUserId,
			typeDocument: 'invoice',
			documentId: item.invoiceId,
		});
		const document = await fetch(url);
		expect(await document.text()).toMatch(/^%PDF/);
		expectNoSecrets(sandbox, run);
	});

	test('follows an invoice that was just made', async () => {
		const [{ json }] = (await send('create', [order()])).items;
		const [link] = (await getLink([json])).items;
		expect(link.json.url).toContain(String(json.invoiceId));
	});

	test.each(['drop-before-commit', 'drop-after-commit', 'garbage', 'malformed'] as const)(
		'%s: is asked for again',
		async (kind) => {
			const item = invoice();
			sandbox.specter.faults.add({ on: 'getPDFLink', kind, times: 2 });
			const run = await getLink([item]);
			expect(run.items[0].json.url).toMatch(/\.pdf$/);
			expect(calls()).toHaveLength(3);
		},
	);

	test('a refusal is told in Specter’s words and not asked for again', async () => {
		const run = await getLink([{ invoiceId: '999999' }, invoice()], {}, 'continueErrorOutput');
		expect(run.items).toHaveLength(1);
		expect(run.failed.map(({ json }) => [json.invoiceId, json.error])).toEqual([
			[
				'999999',
				'Specter refused a link to the invoice 999999: Invoice 999999 does not exist (code 14)',
			],
		]);
		expect(run.failed[0].json.details).toContain('has an invoice with this number');
		expect(calls()).toHaveLength(2);
		expectNoSecrets(sandbox, run);
	});

	test('several come out in their order', async () => {
		sandbox.specter.faults.add({ on: 'getPDFLink', kind: 'delay', delayMs: 120 });
		const items = Array.from({ length: 10 }, invoice);
		const run = await getLink(items);
		expect(run.items.map(({ json, pairedItem }) => [json.invoiceId, pairedItem])).toEqual(
			items.map(({ invoiceId }, item) => [invoiceId, { item }]),
		);
	});

	test('the first field of the answer may hold anything', async () => {
		const run = await linkFrom('90001;https://documents.example/a.asp?id=90001&hash=ab%2Fcd');
		expect(run.items[0].json).toEqual({
			invoiceId: '90001',
			url: 'https://documents.example/a.asp?id=90001&hash=ab%2Fcd',
		});
	});

	test.each(['1;javascript:alert(1)', '1;ftp://documents.example/1.pdf', '1;/documents/1.pdf'])(
		'what is no web address is no link: %s',
		async (answer) => {
			const run = await linkFrom(answer);
			expect(run.items).toEqual([]);
			expect(run.error?.message).toContain('nothing that can be read (6 tries)');
			expect(run.error?.description).not.toContain('may or may not');
		},
	);

	test('is never asked for where there is no invoice number', async () => {
		const run = await getLink([{}]);
		expect(run.error?.message).toContain('The invoice cannot be used: invoiceId is');
		expect(calls()).toHaveLength(0);
	});
});
