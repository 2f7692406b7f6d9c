import { examine, type Findings } from '../../chaos/check';
import { queueKey } from '../../host/errorQueue';
import { EditedGoods } from '../../chaos/goods';
import { Intended } from '../../chaos/intended';
import { startSandbox, type OrderRecord, type Sandbox, type SpecterArticle } from '../../sandbox';
import { Random } from '../../sandbox/data/random';

const NOTHING: Findings = { lost: [], doubled: [], differing: [], numberless: [], pending: [] };
const CANCELLED_IN_SHOP = 5;

let sandbox: Sandbox;
let intended: Intended;

beforeEach(async () => {
	sandbox = await startSandbox();
	intended = new Intended();
	new EditedGoods(sandbox, new Random(1), intended);
});

afterEach(async () => await sandbox.stop());

/** What is found that should not be, with these records in the error queue. */
function found(...queued: string[]): Partial<Findings> {
	const findings = examine(sandbox, intended, new Set(queued));
	return Object.fromEntries(
		Object.entries(findings).filter(([, sentences]) => sentences.length > 0),
	);
}

/** An order of one piece for 100.00 and 25 % VAT, as the shop has it. */
function placed(): OrderRecord {
	const [product] = sandbox.vendre.products.values();
	const row = { id: 1, product_id: product.id, model: product.article_number, name: 'En' };
	return sandbox.vendre.placeOrder({
		products: [{ ...row, quantity: 1, price: 100, tax: 25 }],
		totals: [{ class: 'ot_total', title: 'Summa', value: 125, tax: 0 }],
	});
}

/** Sends an order to Specter, and answers with Specter's number. */
function send({ id, products: [{ model }] }: OrderRecord, priceExclVAT = '100.00'): string {
	const [customer] = sandbox.specter.customers.values();
	const header = {
		customerId: String(customer.customerId),
		externalOrderNo: String(id),
		ignoreExternalOrderNoControl: '1',
	};
	const row = {
		articleNo: model,
		articleName: 'En',
		noOfItems: '1',
		priceExclVAT,
		vatPercent: '25',
	};
	const { orderNo } = sandbox.specter.orderBook.submit(new Map(Object.entries(header)), [
		new Map(Object.entries(row)),
	]);
	bringStock(model);
	return String(orderNo);
}

function bringStock(articleNo: string): void {
	const product = sandbox.vendre.productShelf.withArticleNo(articleNo);
	const quantity = sandbox.specter.articles.get(articleNo)?.stock[0].available;
	if (product) sandbox.vendre.productShelf.save(product.id, { quantity });
}

function synced(): OrderRecord {
	const order = placed();
	sandbox.vendre.orderShelf.save(order.id, { external_id: send(order) });
	return order;
}

/** An article that both systems have and that is edited by people, and its product. */
function edited(): { article: SpecterArticle; productId: number } {
	const [articleNo] = [...intended.prices.keys()];
	const article = sandbox.specter.articles.get(articleNo);
	const product = sandbox.vendre.productShelf.withArticleNo(articleNo);
	if (!article || !product) throw new Error(`${articleNo} is missing`);
	return { article, productId: product.id };
}

test('two systems in sync have nothing wrong', () => {
	const { id } = synced();
	sandbox.vendre.placeOrder('unfinished');
	const { id: bad } = sandbox.vendre.placeOrder('bad-total');
	expect(found(queueKey('order', bad))).toEqual({});
	expect(examine(sandbox, intended, new Set([queueKey('order', bad)]))).toEqual(NOTHING);
	expect(sandbox.specter.ordersFor(id)).toHaveLength(1);
});

describe('an order', () => {
	test('that nobody has is lost, and not while the error queue has it', () => {
		const { id } = placed();
		expect(found()).toEqual({ lost: [expect.stringContaining(`order ${id} is neither`)] });
		expect(found(queueKey('order', id))).toEqual({ pending: [`order ${id}`] });
	});

	test('that stands in Specter twice is doubled', () => {
		const order = synced();
		send(order);
		expect(found()).toMatchObject({ doubled: [`order ${order.id} is 2 times in Specter`] });
	});

	test('in Specter that is none of the shop’s is one too many', () => {
		send({ ...placed(), id: 1 });
		expect(found()).toMatchObject({ doubled: [expect.stringContaining('no order of the shop')] });
	});

	test('whose number the shop was not told is lost where the error queue does not name it', () => {
		const order = placed();
		send(order);
		expect(found()).toEqual({
			lost: [expect.stringContaining(`order ${order.id} has no Specter number`)],
			numberless: [order.id],
		});
		expect(found(queueKey('order', order.id))).toEqual({ numberless: [order.id] });
	});

	test.each([
		[
			'a wrong total',
			(order: OrderRecord) => ({ external_id: send(order, '99.00') }),
			/total differs by -1.25/,
		],
		[
			'another order’s number in the shop',
			(order: OrderRecord) => ({ external_id: `${send(order)}0` }),
			/shop has Specter number/,
		],
		[
			'a status of its own in the shop',
			(order: OrderRecord) => ({ external_id: send(order), status_id: 4, notify_customer: false }),
			/status is 4 instead of 1/,
		],
	])('with %s differs', (_, fields, problem) => {
		const order = placed();
		sandbox.vendre.orderShelf.save(order.id, fields(order));
		expect(found()).toEqual({ differing: [expect.stringMatching(problem)] });
	});

	test('that is cancelled in Specter differs until it is in the shop', () => {
		const order = synced();
		sandbox.specter.cancelOrder(Number(order.external_id));
		expect(found()).toEqual({ differing: [expect.stringContaining('instead of 5')] });
		const fields = { status_id: CANCELLED_IN_SHOP, notify_customer: false };
		sandbox.vendre.orderShelf.save(order.id, fields);
		expect(found()).toEqual({});
	});

	test('that cannot be sent must stand in the error queue and not in Specter', () => {
		const order = sandbox.vendre.placeOrder('bad-no-payment-code');
		expect(found()).toEqual({
			lost: [expect.stringContaining(`order ${order.id} cannot be sent`)],
		});
		send(order);
		expect(found(queueKey('order', order.id))).toMatchObject({
			differing: [expect.stringContaining('is in Specter and should not be')],
		});
	});

	test('that the customer has not finished must not be in Specter', () => {
		const order = sandbox.vendre.placeOrder('unfinished');
		expect(found()).toEqual({});
		send(order);
		expect(found()).toMatchObject({
			differing: [`order ${order.id} is in Specter and should not be`],
		});
	});
});

describe('what the error queue has without a reason', () => {
	test.each(['article EGEN-1', 'customer 17', 'order 4711'])('is pending: %s', (key) => {
		expect(found(key)).toEqual({ pending: [key] });
	});
});

test('another stock differs', () => {
	const { articleNo } = edited().article;
	sandbox.specter.setStock(articleNo, 77);
	expect(found()).toEqual({
		differing: [expect.stringContaining(`article ${articleNo}: the shop has 0 in stock`)],
	});
});

describe('an edited product', () => {
	test('that only the shop has changed differs', () => {
		const { article, productId } = edited();
		sandbox.vendre.editProduct(productId, { price: 1 });
		const about = expect.stringContaining(article.articleNo);
		expect(found()).toEqual({ differing: [about, about] });
	});

	test('that both systems have as it was before the edit differs', () => {
		const { articleNo } = edited().article;
		intended.prices.set(articleNo, '1.00');
		expect(found()).toEqual({
			differing: [expect.stringContaining(`${articleNo} was to cost 1.00`)],
		});
	});

	test('that has got another number and stands under both is doubled', () => {
		const { article } = edited();
		const { articleNo: former, priceExclVAT } = article;
		sandbox.specter.editArticle(former, { articleNo: 'EGEN-NY' });
		intended.rename(former, 'EGEN-NY');
		const stillThere = `product ${former} has another number and is still in the shop`;
		expect(found()).toMatchObject({ doubled: [stillThere] });
		const product = sandbox.vendre.productShelf.withArticleNo(former);
		sandbox.vendre.productShelf.create({
			article_number: 'EGEN-NY',
			name: { sv: article.name },
			price: Number(priceExclVAT),
			tax_class_id: product?.tax_class_id,
		});
		expect(found()).toMatchObject({ doubled: [stillThere] });
	});

	test('that one system alone has differs', () => {
		const { article } = edited();
		sandbox.specter.articleRegister.byNo.delete(article.articleNo);
		expect(found().differing).toContainEqual(`product ${article.articleNo} is in the shop alone`);
		sandbox.specter.articleRegister.add('EGEN-X');
		expect(found().differing).toContainEqual('article EGEN-X is in Specter alone');
	});

	test('that Specter has deleted must not be sold', () => {
		const { article, productId } = edited();
		sandbox.specter.deleteArticle(article.articleNo);
		intended.delete(article.articleNo);
		expect(found()).toEqual({
			differing: [`product ${article.articleNo} is active, deleted in Specter`],
		});
		sandbox.vendre.editProduct(productId, { status: false });
		expect(found()).toEqual({});
	});
});

describe('a customer', () => {
	test('who came and is not in Specter differs', () => {
		const { id, address_street: street } = sandbox.vendre.addCustomer({ address_street: 'Ny 1' });
		intended.streets.set(id, street);
		expect(found()).toEqual({ differing: [expect.stringContaining(`customer ${id}: `)] });
	});

	test('who is in Specter twice is doubled', () => {
		const [{ emailAddress }] = sandbox.specter.customers.values();
		sandbox.specter.customerRegister.add({ emailAddress: emailAddress.toUpperCase() });
		expect(found()).toEqual({ doubled: [`customer ${emailAddress} is 2 times in Specter`] });
	});
});
