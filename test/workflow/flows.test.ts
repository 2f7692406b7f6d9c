import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type ProductRecord, type Sandbox } from '../sandbox';
import { inLatin1 } from '../sandbox/data/known';
import { TAX_CLASSES } from '../sandbox/data/shop';
import { runNode, type Systems } from './engine';

let sandbox: Sandbox;

beforeEach(async () => (sandbox = await startSandbox()));
afterEach(async () => await sandbox.stop());

const run = async (
	type: 'specter' | 'vendre' | 'vendreSpecterMapper',
	parameters: IDataObject,
	input: object[],
	systems: Systems = sandbox,
) => {
	const { items, error } = await runNode(systems, type, parameters, input as IDataObject[]);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
};

/** The shop's customers, read and sent as the nodes are joined for it; their numbers are saved. */
async function sendCustomers(ids: number[]): Promise<void> {
	const read = await run(
		'vendre',
		{ resource: 'customer', operation: 'get' },
		ids.map((customer_id) => ({ customer_id })),
	);
	const mapped = await run(
		'vendreSpecterMapper',
		{ resource: 'customer', operation: 'mapToSpecter' },
		read,
	);
	const sent = await run('specter', { resource: 'customer', operation: 'createOrUpdate' }, mapped);
	await run(
		'vendre',
		{ resource: 'customer', operation: 'saveSpecterNumber' },
		sent.map(({ customerId }, index) => ({ customerId, customer_id: ids[index] })),
	);
}

/** The shop's products, read and sent as the nodes are joined for it. */
async function sendProducts(ids: number[], settings: IDataObject = {}): Promise<void> {
	const read = await run(
		'vendre',
		{ resource: 'product', operation: 'get', findBy: 'id', simplify: false },
		ids.map((id) => ({ id })),
	);
	const mapped = await run(
		'vendreSpecterMapper',
		{ resource: 'product', operation: 'mapToSpecter', ...settings },
		read,
	);
	await run('specter', { resource: 'article', operation: 'createOrUpdate' }, mapped);
}

const products = () => [...sandbox.vendre.products.values()];

/** All values that went to Specter, as `name=value`, the numbers of the rows taken off. */
const sentParameters = () =>
	sandbox.specter.calls.flatMap(({ params }) =>
		Object.entries(params).map(([name, value]) => `${name.replace(/_\d+$/, '')}=${value}`),
	);
const sentNames = () => new Set(sentParameters().map((sent) => sent.split('=')[0]));

test('a new customer gets a number in Specter, and is known by it from then on (F2, C1)', async () => {
	const { vendre, specter } = sandbox;
	const { id } = vendre.addCustomer({ email_address: 'ny@example.com', phone_default: '08-1' });
	await sendCustomers([id]);
	const number = Number(vendre.customers.get(id)?.external_id);
	expect(specter.customers.get(number)).toMatchObject({
		emailAddress: 'ny@example.com',
		phoneNo: '08-1',
	});

	const before = specter.customers.size;
	vendre.editCustomer(id, { email_address: 'bytt@example.com', phone_default: '08-2' });
	await sendCustomers([id]);
	expect(specter.customers.size).toBe(before);
	expect(specter.customers.get(number)).toMatchObject({
		emailAddress: 'bytt@example.com',
		phoneNo: '08-2',
	});
});

test('a new product becomes an article, its stock with it where that is chosen (F3, P1–P4, P6, P8)', async () => {
	const { specter } = sandbox;
	const [product] = products().filter(
		({ weight, ean1, quantity }) => weight && ean1 && quantity > 0,
	);
	await sendProducts([product.id], { stockOnCreation: true });
	expect(specter.articles.get(product.article_number)).toMatchObject({
		name: inLatin1(product.name.sv),
		priceExclVAT: product.price.toFixed(2),
		vatPercent: String(TAX_CLASSES[product.tax_class_id]),
		barCode: product.ean1,
		productWeight: product.weight?.toFixed(3),
		stock: [expect.objectContaining({ available: product.quantity })],
	});
});

test('a changed product changes its article, the number included and the stock not (F4, P7, P8)', async () => {
	const { vendre, specter } = sandbox;
	const [{ id, article_number: former, quantity }] = products().filter((each) => each.quantity > 0);
	await sendProducts([id], { stockOnCreation: true });
	const article = specter.articles.get(former);
	vendre.editProduct(id, { article_number: 'NY-1', price: 77.5, quantity: quantity + 5 });
	await sendProducts([id], { stockOnCreation: true, specterArticleNo: former });
	expect(specter.articles.has(former)).toBe(false);
	expect(specter.articles.get('NY-1')).toMatchObject({
		specterArticleId: article?.specterArticleId,
		priceExclVAT: '77.50',
		stock: [expect.objectContaining({ available: quantity })],
	});
});

describe('variants', () => {
	test('travel as products of their own, the main one too, and nothing joins them (V1, N2)', async () => {
		const { specter } = sandbox;
		const [main] = products().filter(({ is_parent }) => is_parent);
		const family = [main, ...products().filter(({ parent }) => parent === main.id)];
		expect(family.length).toBeGreaterThan(2);
		await sendProducts(family.map(({ id }) => id));
		expect([...specter.articles.keys()]).toEqual(
			family.map(({ article_number }) => article_number),
		);
		for (const { article_number, name, price } of family) {
			expect(specter.articles.get(article_number)).toMatchObject({
				name: inLatin1(name.sv),
				priceExclVAT: price.toFixed(2),
			});
		}

		const related = sentParameters();
		sandbox.specter.clearCalls();
		const alone = { parent: 0, is_parent: false, child_product_ids: [], variants: {} };
		for (const { id } of family) Object.assign(sandbox.vendre.products.get(id) ?? {}, alone);
		await sendProducts(family.map(({ id }) => id));
		expect(sentParameters()).toEqual(related);
	});
});

describe('what is never exchanged', () => {
	/** What Specter may be told of an article (contract specter §4), the signature aside. */
	const ARTICLE = [
		'action',
		'apiUserId',
		'articleNo',
		'barCode',
		'buyPrice',
		'createArticleStock',
		'forceArticleUpdate',
		'key',
		'name',
		'noItemsInStock',
		'priceExclVAT',
		'productWeight',
		'sbmId',
		'vatPercent',
	];
	const everything = { stockOnCreation: true, purchasePrice: true };

	test('prices of lists and offers: the price is the product’s own (N1)', async () => {
		const [product] = products();
		const lists = { price_special: 1.11, price_rek: 2.22, price_lists: [{ id: 1, price: 3.33 }] };
		Object.assign(product, lists);
		await sendProducts([product.id], everything);
		const sent = sentParameters();
		expect(sent).toContain(`priceExclVAT=${product.price.toFixed(2)}`);
		expect(sent.filter((each) => /=(1\.11|2\.22|3\.33)/.test(each))).toEqual([]);
	});

	test('suppliers, and no setting turns them on (N3)', async () => {
		const [product] = products();
		product.suppliers = [{ id: 4, model: 'LEV-77', price: '160.0000', currencies_id: 1 }];
		await sendProducts([product.id], everything);
		expect(sentParameters().filter((each) => /supplier|LEV-77|160\.00/i.test(each))).toEqual([]);

		const given = { articleNo: 'A-1', name: 'A', priceExclVAT: '1', supplierNo: '4' };
		const refused = await runNode(
			sandbox,
			'specter',
			{ resource: 'article', operation: 'createOrUpdate' },
			[{ articles: [given] }],
		);
		expect(refused.error?.message).toContain('supplierNo');
		expect(sandbox.specter.articles.has('A-1')).toBe(false);
	});

	test('anything beyond the fields of an article, whatever the shop’s products hold (N1–N3)', async () => {
		const all: ProductRecord[] = products();
		await sendProducts(
			all.map(({ id }) => id),
			everything,
		);
		expect(sandbox.specter.articles.size).toBe(all.length);
		expect([...sentNames()].sort()).toEqual(ARTICLE);
	});
});
