import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type OnError } from './engine';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.stop());

const mapper = async (
	resource: string,
	operation: string,
	input: IDataObject[],
	parameters: IDataObject = {},
	onError?: OnError,
) =>
	await runNode(
		sandbox,
		'vendreSpecterMapper',
		{ resource, operation, ...parameters },
		input,
		onError,
	);

const inBatch = { batchNo: 'b'.repeat(32), recovered: false, moreToCome: false };

describe('Stock: Map to Vendre', () => {
	const change = (articleNo: string, noItemsAvailable: number | null, note?: string) => ({
		articleNo,
		noItemsAvailable,
		...(note && { note }),
		...inBatch,
	});

	test('every change becomes the stock to write, in the order of the items (S1, S2)', async () => {
		const note = 'Specter has "noItemsAvailable" in the place of a number';
		const changes = [change('A', 3), change('B', -2.5), change('C', null, note)];
		const run = await mapper('stock', 'mapToVendre', changes);
		expect(run.error).toBeUndefined();
		expect(run.items).toEqual([
			{ json: { articleNumber: 'A', quantity: 3, notes: [] }, pairedItem: { item: 0 } },
			{
				json: {
					articleNumber: 'B',
					quantity: -3,
					notes: [expect.stringContaining('rounded down to -3')],
				},
				pairedItem: { item: 1 },
			},
			{ json: { articleNumber: 'C', quantity: null, notes: [note] }, pairedItem: { item: 2 } },
		]);
	});

	test('a change without a number goes to the error output, the others through', async () => {
		const run = await mapper(
			'stock',
			'mapToVendre',
			[change('', 3), change('B', 4)],
			{},
			'continueErrorOutput',
		);
		expect(run.items.map(({ json }) => json.articleNumber)).toEqual(['B']);
		expect(run.failed.map(({ json }) => json)).toEqual([
			expect.objectContaining({ ...inBatch, error: 'The stock change has no articleNo' }),
		]);
	});
});

describe('Order: Map Status to Vendre', () => {
	const change = (changes: IDataObject = {}) => ({
		orderNo: '70001',
		externalOrderNo: '1001',
		deliveryStatus: 'D',
		statusId: '1',
		deliveries: [{ trackingNo: 'SE1' }],
		deliveriesUpdated: true,
		...inBatch,
		...changes,
	});
	const map = async (changes: IDataObject[], parameters?: IDataObject) => {
		const run = await mapper('order', 'mapStatusToVendre', changes, parameters);
		expect(run.error).toBeUndefined();
		return run.items.map(({ json }) => json);
	};

	test('the table as a user finds it leaves every order alone (T1)', async () => {
		const mapped = await map([change(), change({ statusId: '5' })]);
		expect(mapped.map(({ status }) => status)).toEqual(['', '']);
		expect(mapped[0].notes).toEqual([
			'Specter’s order 70001 (delivery status D, status 1) is not mapped: the status is left alone',
		]);
	});

	test('the rows are tried from the top (T1)', async () => {
		const status = [
			{ when: 'statusId', is: '5', shopStatus: 'Makulerad' },
			{ when: 'deliveryStatus', is: 'd', shopStatus: 4 },
		];
		const changes = [change(), change({ statusId: '5' }), change({ deliveryStatus: 'N' })];
		const mapped = await map(changes, { statuses: { status } });
		expect(mapped.map((json) => json.status)).toEqual(['4', 'Makulerad', '']);
		expect(mapped[0]).toEqual({
			orderNo: '70001',
			orderId: '1001',
			status: '4',
			trackingNos: ['SE1'],
			notes: [],
		});
	});

	test('orders of another shop on the account are left alone, by the prefix (T1, O24)', async () => {
		const status = [{ when: 'deliveryStatus', is: 'D', shopStatus: '4' }];
		const changes = ['1001', 'B-1001', 'C-1001'].map((externalOrderNo) =>
			change({ externalOrderNo }),
		);
		const mapped = await map(changes, { statuses: { status }, orderNumberPrefix: 'B-' });
		expect(mapped.map((json) => [json.orderId, json.status])).toEqual([
			['', ''],
			['1001', '4'],
			['', ''],
		]);
	});

	test('an empty table leaves every order alone (T1)', async () => {
		const [mapped] = await map([change()], { statuses: {} });
		expect(mapped.status).toBe('');
	});
});

describe('Product: Map to Vendre', () => {
	const change = (changes: IDataObject = {}) => ({
		articleNo: 'A-1',
		name: 'Skål',
		priceExclVAT: '120.50',
		vatPercent: '25',
		buyPrice: '60.00',
		reorderPoint: '5',
		isPackage: false,
		deleted: false,
		suppliers: [{ supplierNo: '1001', name: 'Keramik AB', buyPrice: '60', articleNo: 'K-77' }],
		...inBatch,
		...changes,
	});
	const map = async (changes: IDataObject[], parameters: IDataObject = {}, onError?: OnError) =>
		await mapper('product', 'mapToVendre', changes, parameters, onError);

	test('with the settings as a user finds them (A1–A5, A7, A11, A13, A15, A17)', async () => {
		const run = await map([change({ oldArticleNo: 'A-0' })]);
		const both = { article_number: 'A-1', name: { sv: 'Skål' }, price: 120.5, tax_class_id: 2 };
		expect(run.error).toBeUndefined();
		expect(run.items).toEqual([
			{
				json: {
					articleNumber: 'A-1',
					formerArticleNumber: 'A-0',
					createMissing: true,
					create: {
						...both,
						quantity: 0,
						status: false,
						show: true,
						price_in: 60,
						reorder_stock: 5,
					},
					update: both,
					notes: [],
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('with settings of the user’s own (A3, A5, A7, A8, A10, A11, A15)', async () => {
		const run = await map([change()], {
			nameLanguage: 'en',
			newProductsActive: true,
			categoryIds: '734, 348',
			taxClassByVat: { '25.0': 9 },
			packagesAreSold: true,
			takeSuppliers: true,
			supplierIds: '{"1001": 4}',
			supplierCurrencyId: 3,
		});
		expect(run.error).toBeUndefined();
		expect(run.items[0].json.create).toEqual({
			article_number: 'A-1',
			name: { en: 'Skål' },
			price: 120.5,
			tax_class_id: 9,
			quantity: 0,
			status: true,
			show: true,
			category_ids: [734, 348],
			suppliers: [{ id: 4, model: 'K-77', price: '60.0000', currencies_id: 3 }],
		});
	});

	test('each switch of its own (A5, A7)', async () => {
		const created = async (parameters: IDataObject) =>
			Object.keys((await map([change()], parameters)).items[0].json.create as IDataObject);
		expect(await created({ takePurchasePrice: false })).not.toContain('price_in');
		expect(await created({ takePurchasePrice: false })).toContain('reorder_stock');
		expect(await created({ takeReorderPoint: false })).not.toContain('reorder_stock');
	});

	test('a deleted article makes no product and leaves one inactive (A9)', async () => {
		const run = await map([change({ deleted: true })]);
		expect(run.items[0].json).toMatchObject({ createMissing: false, update: { status: false } });
	});

	test('one that cannot be mapped stays among the others, as final (A13, A15)', async () => {
		const failedEarlier = { ...change(), error: 'Specter said no', details: '', retryable: true };
		const changes = [
			change({ priceExclVAT: 'saknas' }),
			change({ articleNo: 'A-2' }),
			change({ vatPercent: '19' }),
			failedEarlier,
		];
		const run = await map(changes, {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => [json.articleNo ?? json.articleNumber, json.error])).toEqual(
			[
				['A-1', 'The priceExclVAT of article A-1 is "saknas", which is no number'],
				['A-2', undefined],
				['A-1', 'Article A-1 has 19 % VAT, for which the shop’s tax class is not given'],
				['A-1', 'Specter said no'],
			],
		);
		expect(run.items[0].json).toMatchObject({ ...inBatch, retryable: false });
		expect(run.items[2].json.details).toContain('Tax Class by VAT');
		expect(run.items[3].json).toEqual(failedEarlier);
	});

	test('a table that is none stops with the way out', async () => {
		const run = await map([change()], { taxClassByVat: '25 = 2' });
		expect(run.error?.message).toBe('The parameter Tax Class by VAT is no table');
	});
});
