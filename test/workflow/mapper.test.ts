import type { IDataObject } from 'n8n-workflow';
import {
	BAD_ORDER_KINDS,
	ORDER_KINDS,
	startSandbox,
	type OrderKind,
	type OrderRecord,
	type Sandbox,
} from '../sandbox';
import { runNode, type OnError } from './engine';
import { without } from './without';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.stop());

const mapper = async (
	resource: string,
	operation: string,
	input: object[],
	parameters: IDataObject = {},
	onError?: OnError,
) =>
	await runNode(
		sandbox,
		'vendreSpecterMapper',
		{ resource, operation, ...parameters },
		input as IDataObject[],
		onError,
	);

const place = (kind: OrderKind) => {
	const order = sandbox.vendre.placeOrder(kind, { webhook: false });
	const productRecords = order.products.flatMap(
		({ product_id }) => sandbox.vendre.products.get(product_id) ?? [],
	);
	return structuredClone({ ...order, productRecords });
};

const decisionOf = (json: IDataObject) => json.decision as { send: boolean; reason: string };

describe('Order: Choose', () => {
	const choose = async (orders: object[], parameters: IDataObject = {}, onError?: OnError) =>
		await mapper('order', 'choose', orders, parameters, onError);

	test('every order goes on, in its order, with a decision and a reason', async () => {
		const done = { ...place('person'), external_id: '70001' };
		const left = { ...place('person'), status_id: 5, status_name: 'Avbruten' };
		const orders = [place('person'), done, place('unfinished'), left, place('company')];
		const run = await choose(orders, { neverSentStatuses: 'Makulerad, avbruten' });
		expect(run.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual(
			orders.map(({ id }, item) => [id, { item }]),
		);
		expect(run.items.map(({ json }) => decisionOf(json).send)).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
		expect(run.items.map(({ json }) => decisionOf(json).reason).slice(1, 4)).toEqual([
			'Already in Specter as order 70001',
			'The customer has not finished the order',
			'Orders in status "Avbruten" are never sent',
		]);
		expect(run.items[0].json).toMatchObject({ productRecords: orders[0].productRecords });
	});

	test('orders of before the order-from date stay behind; the day itself counts, in Swedish time', async () => {
		const at = (iso: string) => ({ ...place('person'), date_added: iso });
		const orders = ['2026-01-04T22:59:59Z', '2026-01-04T23:00:00Z', '2026-01-05T12:00:00Z'].map(at);
		const run = await choose(orders, { orderFrom: '2026-01-05' });
		expect(run.items.map(({ json }) => decisionOf(json).send)).toEqual([false, true, true]);
	});

	test.each(['5 januari', '2026-13-01', '05/01/2026'])(
		'an order-from date that is none (%s) lets no order through',
		async (orderFrom) => {
			const run = await choose([place('person')], { orderFrom }, 'continueErrorOutput');
			expect(run.items).toEqual([]);
			expect(run.failed[0].json.error).toContain(orderFrom);
		},
	);

	test('what is no order goes to the error output with its input', async () => {
		const run = await choose([{ mark: 1 }, place('person')], {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed[0].json).toMatchObject({
			mark: 1,
			error: expect.stringContaining(
				'The order of the shop cannot be used: id is missing',
			) as string,
		});
	});
});

describe('Order: Map to Specter', () => {
	const map = async (orders: object[], parameters: IDataObject = {}, onError?: OnError) =>
		await mapper('order', 'mapToSpecter', orders, parameters, onError);

	test('all kinds of good orders become three records each, in their order and paired', async () => {
		const kinds = Object.keys(ORDER_KINDS).filter((kind) => kind !== 'unfinished') as OrderKind[];
		const orders = kinds.map(place);
		const run = await map(orders);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.orderId, pairedItem])).toEqual(
			orders.map(({ id }, item) => [id, { item }]),
		);
		for (const { json } of run.items) {
			expect(json).toMatchObject({
				customer: { customerOrganizationalForm: expect.stringMatching(/^[CP]$/) as string },
				order: { externalOrderNo: String(json.orderId) },
			});
			expect(json.order).not.toHaveProperty('customerId');
			const articleNos = (json.articles as IDataObject[]).map(({ articleNo }) => articleNo);
			const rows = (json.order as { rows: IDataObject[] }).rows;
			for (const { articleNo } of rows) expect(articleNos).toContain(articleNo);
			expect(new Set(articleNos).size).toBe(articleNos.length);
		}
	});

	test('bad orders go to the error output with their input and with advice, the others through', async () => {
		const bad = (Object.keys(BAD_ORDER_KINDS) as OrderKind[]).map(place);
		const orders = [place('person'), ...bad, place('company')];
		const run = await map(orders, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: orders.length - 1 },
		]);
		expect(run.failed.map(({ json }) => json.id)).toEqual(bad.map(({ id }) => id));
		const [code, email, number, total] = run.failed.map(({ json }) => json);
		expect(code.error).toContain('payment method without a code: "Ny betalmodul"');
		expect(code.details).toContain('“Extern modulidentifierare”');
		expect(email.error).toContain('emailAddress is "": a value is required');
		expect(number.error).toContain('has no article number');
		expect(total.error).toMatch(/does not add up: the shop’s total is [\d.]+, its rows .* [\d.]+$/);
		for (const { json } of run.failed) {
			expect(json.details).not.toBe('');
			expect(json.products).toBeDefined();
		}
	});

	test('the tables of the settings are JSON or objects and go before the shop’s own codes', async () => {
		const order = place('klarna');
		const asText = await map([order], { paymentCodes: '{"KG": "SCH"}' });
		expect(asText.items[0].json.order).toMatchObject({ payTypeIdentifier: 'SCH' });
		const own = await map([order]);
		expect(own.items[0].json.order).toMatchObject({ payTypeIdentifier: 'KG' });
	});

	test.each(['{', '[]', '5', '"KG"', 'null'])('%s is no table', async (paymentCodes) => {
		const run = await map([place('person')], { paymentCodes });
		expect(run.error?.message).toBe('The parameter Payment Codes is no table');
		expect(run.error?.description).toContain('Write it as JSON');
	});

	test('settings may differ from item to item (O24, O25)', async () => {
		const orders = [
			{ ...place('person'), shop: '1' },
			{ ...place('person'), shop: '2' },
		];
		const run = await map(orders, {
			webshopId: '={{ $json.shop }}',
			orderNumberPrefix: '={{ $json.shop }}-',
		});
		expect(run.items.map(({ json }) => json.order)).toEqual(
			orders.map(({ id, shop }) =>
				expect.objectContaining({ webshopId: shop, externalOrderNo: `${shop}-${id}` }),
			),
		);
	});

	test('an order of a list, without its rows, is refused with the way out', async () => {
		const order = without(place('person'), 'products', 'totals');
		const run = await map([order]);
		expect(run.error?.message).toBe(`Order ${order.id} has no rows`);
		expect(run.error?.description).toContain('Read the order in full by its id');
	});
});

describe('Customer: Map to Specter', () => {
	const map = async (customers: object[], parameters: IDataObject = {}, onError?: OnError) =>
		await mapper('customer', 'mapToSpecter', customers, parameters, onError);

	test('every customer of the shop becomes one of Specter’s, in the order of the items', async () => {
		const customers = [...sandbox.vendre.customers.values()];
		const run = await map(customers);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.shopCustomerId, pairedItem])).toEqual(
			customers.map(({ id }, item) => [id, { item }]),
		);
	});

	test('the type is the user’s choice', async () => {
		const [customer] = [...sandbox.vendre.customers.values()].filter(({ company }) => company);
		const typeFor = async (customerType: string) =>
			(await map([customer], { customerType })).items[0].json.customer;
		expect(await typeFor('company')).toMatchObject({ customerOrganizationalForm: 'C' });
		expect(await typeFor('person')).toMatchObject({ customerOrganizationalForm: 'P' });
	});

	test('one without an e-mail address goes to the error output, the others through', async () => {
		const [first, second] = sandbox.vendre.customers.values();
		const input = [{ ...first, email_address: '' }, second];
		const run = await map(input, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed[0].json).toMatchObject({ id: first.id });
		expect(run.failed[0].json.error).toContain('emailAddress is "": a value is required');
	});

	test('a country that is no code is refused with the way out', async () => {
		const [first] = sandbox.vendre.customers.values();
		const foreign = { ...first, address_country_code_alpha2: 'Sverige' };
		const run = await map([foreign]);
		expect(run.error?.message).toBe('Country "Sverige" is no two-letter country code');
		const mapped = await map([foreign], { countries: '{"Sverige": "SE"}' });
		expect(mapped.items[0].json.customer).toMatchObject({ countryCode: 'SE' });
	});
});

describe('Product: Map to Specter', () => {
	const map = async (products: object[], parameters: IDataObject = {}, onError?: OnError) =>
		await mapper('product', 'mapToSpecter', products, parameters, onError);

	test('every product of the shop becomes an article, in the order of the items', async () => {
		const products = [...sandbox.vendre.products.values()];
		const run = await map(products);
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ json, pairedItem }) => [json.productId, pairedItem])).toEqual(
			products.map(({ id }, item) => [id, { item }]),
		);
	});

	test('a changed article number goes as the rename of the one that Specter knows (P7)', async () => {
		const [product] = sandbox.vendre.products.values();
		const run = await map([product], { specterArticleNo: 'GAMMAL' });
		expect(run.items[0].json.articles).toEqual([
			expect.objectContaining({ articleNo: 'GAMMAL', newArticleNo: product.article_number }),
		]);
		const same = await map([product], { specterArticleNo: product.article_number });
		expect((same.items[0].json.articles as IDataObject[])[0]).not.toHaveProperty('newArticleNo');
	});

	test('a rename of which nobody knows the end is ended first (P7)', async () => {
		const [product] = sandbox.vendre.products.values();
		const run = await map([product], { specterArticleNo: 'GAMMAL', renamingTo: 'NYARE' });
		expect(run.items[0].json).toMatchObject({
			articleNo: 'NYARE',
			articles: [{ articleNo: 'GAMMAL', newArticleNo: 'NYARE', mayBeRenamed: true }],
		});
	});

	test('a number that becomes another in Specter is told in the notes', async () => {
		const [product] = sandbox.vendre.products.values();
		const run = await map([{ ...product, article_number: 'MUGG–1' }]);
		expect(run.items[0].json.notes).toEqual([expect.stringContaining('becomes "MUGG-1"')]);
	});

	test('an unknown tax class and a missing number go to the error output, the others through', async () => {
		const [first, second, third] = sandbox.vendre.products.values();
		const input = [{ ...first, tax_class_id: 77 }, { ...second, article_number: '' }, third];
		const run = await map(input, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 2 }]);
		expect(run.failed.map(({ json }) => json.error)).toEqual([
			`Product ${first.id} has tax class "77", for which no VAT is given`,
			`Product ${second.id} cannot be used: articleNo is "": a value is required`,
		]);
		expect(run.failed[0].json.details).toContain('VAT by Tax Class');
	});
});

describe('from shop to ERP through the nodes', () => {
	/** Order → customer → articles → order, as the order template joins the nodes. */
	async function sync(orders: OrderRecord[]) {
		const read = await runNode(
			sandbox,
			'vendre',
			{ resource: 'product', operation: 'getForOrder' },
			orders.map((order) => structuredClone({ ...order }) as unknown as IDataObject),
		);
		const mapped = await mapper(
			'order',
			'mapToSpecter',
			read.items.map(({ json }) => json),
		);
		const records = mapped.items.map(({ json }) => json);
		const specter = async (resource: string, operation: string, input: IDataObject[]) =>
			await runNode(sandbox, 'specter', { resource, operation }, input);
		const customers = await specter('customer', 'createOrUpdate', records);
		const articles = await specter('article', 'createOrUpdate', records);
		const placed = await specter(
			'order',
			'create',
			records.map(({ order }, index) => ({
				order: { ...(order as IDataObject), customerId: customers.items[index].json.customerId },
			})),
		);
		for (const { error } of [read, mapped, customers, articles, placed]) {
			expect(error).toBeUndefined();
		}
		return placed.items.map(({ json }) => json);
	}

	test('every kind of order arrives, to the öre; a second round makes no double', async () => {
		const kinds = Object.keys(ORDER_KINDS).filter((kind) => kind !== 'unfinished') as OrderKind[];
		const orders = kinds.map((kind) => sandbox.vendre.placeOrder(kind, { webhook: false }));
		const first = await sync(orders);
		expect(first.map(({ outcome }) => outcome)).toEqual(kinds.map(() => 'created'));
		const totals = first.map(({ orderNo }, index) => [
			kinds[index],
			sandbox.specter.orderTotal(Number(orderNo)),
		]);
		expect(totals).toEqual(
			orders.map(({ id }, index) => [kinds[index], sandbox.vendre.orderTotal(id)]),
		);
		const second = await sync(orders);
		expect(second.map(({ outcome }) => outcome)).toEqual(kinds.map(() => 'duplicate'));
		for (const { id } of orders) expect(sandbox.specter.ordersFor(id)).toHaveLength(1);
	});

	test('an order is three calls to Specter, and one to the shop for each 50 products', async () => {
		const countFor = async (kind: OrderKind) => {
			const order = sandbox.vendre.placeOrder(kind, { webhook: false });
			sandbox.specter.clearCalls();
			sandbox.vendre.clearCalls();
			await sync([order]);
			return [sandbox.specter.calls.map(({ action }) => action), sandbox.vendre.calls.length];
		};
		const [customer, article, order] = ['newCustomerSubmit', 'newArticleSubmit', 'newOrderSubmit'];
		expect(await countFor('mixed-vat')).toEqual([[customer, article, order], 1]);
		// A hundred goods and the freight are more articles than one call takes.
		expect(await countFor('hundred-rows')).toEqual([[customer, article, article, order], 2]);
	});
});
