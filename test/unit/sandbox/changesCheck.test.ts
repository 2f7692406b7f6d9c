import {
	compareNewProduct,
	compareOrderStatus,
	compareProduct,
	compareStock,
	compareUntouched,
	type StatusRow,
} from '../../demo/changesCheck';
import { startSandbox, type OrderRecord, type ProductRecord, type Sandbox } from '../../sandbox';

const NO = 'NY-1';
const ARTICLE = {
	name: 'Kåsa & co',
	barCode: '7310865004703',
	priceExclVAT: '279.20',
	productWeight: '0.090',
	vatPercent: '12',
	supplierArticleNo: 'M-1',
	buyPrice: '99.50',
	notes: 'Ömtålig',
	reorderPoint: '5',
};
/** The product that such an article becomes. */
const PRODUCT: Partial<ProductRecord> = {
	article_number: NO,
	name: { sv: 'Kåsa & co', en: 'Cup' },
	ean1: '7310865004703',
	price: 279.2,
	weight: 0.09,
	tax_class_id: 4,
	manufacturer_model: 'M-1',
	price_in: 99.5,
	note: 'Ömtålig',
	reorder_stock: 5,
	status: false,
	show: true,
	category_ids: [101],
};
const CHOICES = { status: false, categoryIds: [101] };
const ROWS: StatusRow[] = [
	{ when: 'statusId', is: '5', shopStatus: '5' },
	{ when: 'deliveryStatus', is: 'D', shopStatus: '4' },
];

let sandbox: Sandbox;
let product: ProductRecord;
let before: ProductRecord;

const edit = (fields: Partial<ProductRecord>) => sandbox.vendre.editProduct(product.id, fields);

beforeEach(async () => {
	sandbox = await startSandbox();
	product = sandbox.vendre.productShelf.create({ ...PRODUCT });
	before = structuredClone(product);
	sandbox.specter.addArticle(NO, ARTICLE);
});

afterEach(async () => await sandbox.stop());

describe('a product', () => {
	test('is right as its article becomes it, new or not, and by less than half an öre', () => {
		expect(compareNewProduct(sandbox, NO, CHOICES)).toEqual([]);
		edit({ price: 279.2049, weight: 0.0902 });
		expect(compareProduct(sandbox, NO, before)).toEqual([]);
	});

	test.each<[Partial<ProductRecord>, RegExp]>([
		[{ name: { sv: 'Kåsa', en: 'Cup' } }, /^name is/],
		[{ name: { sv: 'Kåsa & co' } }, /another language/],
		[{ ean1: '' }, /^ean1 is/],
		[{ price: 279.21 }, /^price is/],
		[{ weight: null }, /^weight is/],
		[{ weight: 0.091 }, /^weight is/],
		[{ tax_class_id: 2 }, /^tax_class_id is/],
		[{ manufacturer_model: '' }, /^manufacturer_model is/],
		[{ note: 'Ny' }, /^note has changed/],
		[{ status: true }, /^status has changed/],
		[{ price_in: 98 }, /^price_in has changed/],
	])('is wrong with %j', (fields, problem) => {
		edit(fields);
		expect(compareProduct(sandbox, NO, before)).toEqual([expect.stringMatching(problem)]);
	});

	test.each<[Partial<ProductRecord>, RegExp]>([
		[{ status: true }, /^status is/],
		[{ show: false }, /^show is/],
		[{ price_in: null }, /^price_in is/],
		[{ note: '' }, /^note is/],
		[{ reorder_stock: null }, /^reorder_stock is/],
		[{ category_ids: [] }, /^category_ids is/],
		[{ ean1: '' }, /^ean1 is/],
	])('that is new is wrong with %j', (fields, problem) => {
		edit(fields);
		expect(compareNewProduct(sandbox, NO, CHOICES)).toEqual([expect.stringMatching(problem)]);
	});

	test('follows what Specter left empty: no EAN and no weight, but the price and the rate stay', () => {
		const empty = { barCode: '', productWeight: '', priceExclVAT: '', vatPercent: '', name: '' };
		sandbox.specter.editArticle(NO, empty);
		edit({ ean1: '', weight: null });
		expect(compareProduct(sandbox, NO, before)).toEqual([]);
	});

	test('keeps the maker’s number that Specter was never told', () => {
		sandbox.specter.editArticle(NO, { supplierArticleNo: '' });
		expect(compareProduct(sandbox, NO, before)).toEqual([]);
		edit({ manufacturer_model: '' });
		expect(compareProduct(sandbox, NO, before)).toEqual([
			expect.stringMatching(/^manufacturer_model is/),
		]);
	});

	test('keeps its id when it is renamed, and leaves none behind with the old number', () => {
		sandbox.specter.editArticle(NO, { articleNo: 'NY-2' });
		expect(compareProduct(sandbox, 'NY-2', before)).toEqual(['the shop has no product NY-2']);
		const body = { ...PRODUCT, article_number: 'NY-2' };
		const other = sandbox.vendre.productShelf.create(body);
		expect(compareProduct(sandbox, 'NY-2', before)).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/instead of/),
				'the shop still has a product NY-1',
			]),
		);
		sandbox.vendre.deleteProduct(other.id);
		edit({ article_number: 'NY-2' });
		expect(compareProduct(sandbox, 'NY-2', before)).toEqual([]);
	});

	test('is inactive when its article was deleted, and otherwise as it was', () => {
		edit({ status: true });
		before = structuredClone(product);
		sandbox.specter.deleteArticle(NO);
		expect(compareProduct(sandbox, NO, before)).toEqual([expect.stringMatching(/is active/)]);
		edit({ status: false });
		expect(compareProduct(sandbox, NO, before)).toEqual([]);
		edit({ price: 1 });
		expect(compareProduct(sandbox, NO, before)).toEqual(['price has changed to 1']);
		sandbox.vendre.deleteProduct(product.id);
		expect(compareProduct(sandbox, NO, before)).toEqual(['the shop has no product NY-1']);
	});

	test('that nobody touched is as it was', () => {
		expect(compareUntouched(sandbox, [before])).toEqual([]);
		edit({ quantity: 3 });
		expect(compareUntouched(sandbox, [before])).toEqual([
			'product NY-1: quantity has changed to 3',
		]);
		sandbox.vendre.deleteProduct(product.id);
		expect(compareUntouched(sandbox, [before])).toEqual(['product NY-1: is gone']);
	});
});

describe('stock', () => {
	test.each([
		[17, 17],
		[7.5, 7],
		[-2.5, -3],
		[0, 0],
	])('%d in Specter is %d in the shop', (available, quantity) => {
		sandbox.specter.setStock(NO, available);
		edit({ quantity });
		expect(compareStock(sandbox, NO)).toEqual([]);
		edit({ quantity: quantity + 1 });
		expect(compareStock(sandbox, NO)).toHaveLength(1);
	});

	test('never falls below what the other warehouses hold', () => {
		edit({
			warehouses: [
				{ external_id: 'lager', quantity: 1, location: null },
				{ external_id: 'butik', quantity: 4, location: null },
			],
		});
		sandbox.specter.setStock(NO, -3);
		edit({ quantity: -3 });
		expect(product.quantity).toBe(4);
		expect(compareStock(sandbox, NO)).toEqual([]);
	});

	test('stays where Specter has no number to tell', () => {
		edit({ quantity: 6 });
		sandbox.specter.setStock(NO, null);
		expect(compareStock(sandbox, NO, 6)).toEqual([]);
		edit({ quantity: 0 });
		expect(compareStock(sandbox, NO, 6)).toHaveLength(1);
	});
});

describe('an order', () => {
	let order: OrderRecord;
	let orderNo: number;
	const problems = () => compareOrderStatus(sandbox, orderNo, ROWS, order);

	beforeEach(() => {
		const { vendre, specter } = sandbox;
		order = structuredClone(vendre.placeOrder('person'));
		const [customerId] = specter.customers.keys();
		const header = new Map(
			Object.entries({ customerId: String(customerId), externalOrderNo: String(order.id) }),
		);
		const row = new Map(Object.entries({ articleNo: NO, noOfItems: '1', priceExclVAT: '1' }));
		({ orderNo } = specter.orderBook.submit(header, [row]));
	});

	test('is left alone where the table does not speak of its status', () => {
		sandbox.specter.setOrderStatus(orderNo, 7);
		expect(problems()).toEqual([]);
		sandbox.vendre.orderShelf.save(order.id, { status_id: 2, notify_customer: false });
		expect(problems()).toEqual(['its status is 2 instead of 1']);
	});

	test('gets the status of the first row that fits, and nobody is mailed', () => {
		sandbox.specter.deliverOrder(orderNo);
		expect(problems()).toEqual(['its status is 1 instead of 4']);
		sandbox.vendre.orderShelf.save(order.id, { status_id: 4, notify_customer: false });
		expect(problems()).toEqual([]);
		sandbox.specter.cancelOrder(orderNo);
		sandbox.vendre.orderShelf.save(order.id, { status_id: 5 });
		expect(problems()).toEqual(['the shop mailed the customer 1 times']);
	});

	test('keeps all else', () => {
		sandbox.vendre.orderShelf.save(order.id, { external_id: '7' });
		expect(problems()).toEqual(['external_id has changed to "7"']);
	});
});
