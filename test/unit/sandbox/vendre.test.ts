import axios from 'axios';

import type { CustomerRecord, OrderRecord, ProductRecord } from '../../sandbox/vendre/records';
import { VendreShop } from '../../sandbox/vendre/shop';
import { callShop } from './client';
import { listen, type Listener } from './listener';

interface List<Row> {
	list: Row[];
	remaining: number;
}

let shop: VendreShop;
let now: Date;

beforeEach(async () => {
	now = new Date('2026-11-24T10:00:00Z');
	shop = new VendreShop({}, () => now);
	await shop.start();
});

afterEach(async () => await shop.stop());

describe('access', () => {
	test.each([
		['a wrong key', { 'X-Authorization': 'wrong' }],
		['the other header', { 'X-Authorization': '', Authorization: 'Bearer sandbox-vendre-key' }],
	])('%s is refused', async (_, headers) => {
		const { status, data } = await callShop(shop, 'GET', 'products', undefined, headers);
		expect(status).toBe(401);
		expect(data.errors).toMatchObject([{ status: 401, code: 'unauthorized' }]);
	});

	test('Accept must name JSON', async () => {
		const { status } = await callShop(shop, 'GET', 'products', undefined, { Accept: '*/*' });
		expect(status).toBe(406);
	});
});

describe('lists', () => {
	test('come in pages by ascending id', async () => {
		const { data } = await callShop<List<ProductRecord>>(
			shop,
			'GET',
			'products?page_size=50&offset=100',
		);
		expect(data.list).toHaveLength(20);
		expect(data.remaining).toBe(0);
		const one = await callShop<List<ProductRecord>>(shop, 'GET', 'products?page_size=1');
		expect(one.data.remaining).toBe(119);
		expect(one.data.list[0].id).toBeLessThan(data.list[0].id);
	});

	test.each(['products?page_size=251', 'products?offset=-1', 'orders?status=1', 'products?ids=a'])(
		'%s is refused',
		async (path) => {
			expect((await callShop(shop, 'GET', path)).status).toBe(422);
		},
	);

	test('products by ids, at most 50, and by article number', async () => {
		const [first, second] = [...shop.products.values()];
		const byIds = await callShop<List<ProductRecord>>(
			shop,
			'GET',
			`products?ids=${second.id},${first.id},99999`,
		);
		expect(byIds.data.list.map(({ id }) => id)).toEqual([first.id, second.id]);
		const many = Array.from({ length: 51 }, (_, index) => index + 1).join(',');
		expect((await callShop(shop, 'GET', `products?ids=${many}`)).status).toBe(422);
		const articleNo = encodeURIComponent(second.article_number);
		const byNo = await callShop<List<ProductRecord>>(
			shop,
			'GET',
			`products?article_number=${articleNo}`,
		);
		expect(byNo.data.list.map(({ id }) => id)).toEqual([second.id]);
	});

	test('customers by e-mail', async () => {
		const [, customer] = [...shop.customers.values()];
		const email = customer.email_address.toUpperCase();
		const { data } = await callShop<List<CustomerRecord>>(shop, 'GET', `customers?match=${email}`);
		expect(data.list.map(({ id }) => id)).toEqual([customer.id]);
	});

	test('a filter that the shop does not know has no effect', async () => {
		await shop.stop();
		shop = new VendreShop({ filters: { products: [], customers: [] } });
		await shop.start();
		const { data } = await callShop<List<ProductRecord>>(
			shop,
			'GET',
			'products?article_number=NONE',
		);
		expect(data.list).toHaveLength(50);
	});
});

describe('saving', () => {
	test('a product changes in the fields that were sent', async () => {
		const [product] = [...shop.products.values()];
		const before = structuredClone(product);
		const { status, data } = await callShop(shop, 'PUT', `products/${product.id}`, { price: 10.5 });
		expect(status).toBe(200);
		expect(data).toEqual({ ...before, price: 10.5, date_modified: now.getTime() / 1000 });
	});

	test.each([
		[{ colour: 'red' }, 'no field "colour"'],
		[{ id: 7 }, 'no field "id"'],
		[{ price: '10.50' }, 'price must be a number'],
		[{ status: 1 }, 'status must be true or false'],
		[{ tax_class_id: 9 }, 'tax_class_id must be one of'],
		[{ warehouses: [{ external_id: 'moon', quantity: 1 }] }, 'warehouses must be'],
		[{ category_ids: [9] }, 'category_ids must be a list of ids'],
		[{ suppliers: [{ id: 1, model: '', price: 160, currencies_id: 3 }] }, 'suppliers must be'],
		[{ article_number: '' }, 'article_number is empty'],
		[{ article_number: 'KAF-1002' }, 'belongs to product'],
	])('%j is refused', async (body, message) => {
		const [product] = [...shop.products.values()];
		const before = structuredClone(product);
		const { status, data } = await callShop(shop, 'PUT', `products/${product.id}`, body);
		expect(status).toBe(422);
		expect(JSON.stringify(data)).toContain(message.replace(/"/g, '\\"'));
		expect(product).toEqual(before);
	});

	test('the total stays the sum of the warehouses, those below zero counted as nothing', async () => {
		const product = [...shop.products.values()].find(({ warehouses }) => warehouses.length === 2);
		const id = product?.id ?? 0;
		const warehouses = [
			{ external_id: 'lager', quantity: -3, location: null },
			{ external_id: 'butik', quantity: 4, location: null },
		];
		await callShop(shop, 'PUT', `products/${id}`, { warehouses });
		expect(shop.products.get(id)?.quantity).toBe(4);
		await callShop(shop, 'PUT', `products/${id}`, { quantity: 9 });
		expect(shop.products.get(id)).toMatchObject({
			quantity: 9,
			warehouses: [{ quantity: 5 }, { quantity: 4 }],
		});
	});

	test('a total below what the other warehouses hold leaves the main one below zero', async () => {
		const product = [...shop.products.values()].find(({ warehouses }) => warehouses.length === 2);
		const id = product?.id ?? 0;
		const warehouses = [
			{ external_id: 'lager', quantity: 5, location: null },
			{ external_id: 'butik', quantity: 4, location: null },
		];
		await callShop(shop, 'PUT', `products/${id}`, { warehouses });
		const { data } = await callShop(shop, 'PUT', `products/${id}`, { quantity: -3 });
		expect(data).toMatchObject({ quantity: 4, warehouses: [{ quantity: -7 }, { quantity: 4 }] });
	});

	test('a total below zero stays where the product has no warehouses', async () => {
		const product = [...shop.products.values()].find(({ warehouses }) => warehouses.length === 0);
		const { data } = await callShop(shop, 'PUT', `products/${product?.id}`, { quantity: -3 });
		expect(data).toMatchObject({ quantity: -3 });
	});

	test('a product in other categories has their paths', async () => {
		const [{ id }] = [...shop.products.values()];
		const { data } = await callShop(shop, 'PUT', `products/${id}`, { category_ids: [102] });
		expect(data).toMatchObject({ category_paths: ['Kök & servering|Kaffe & te'] });
	});

	test('every write is counted, and none that was refused or only read', async () => {
		const [{ id }] = [...shop.products.values()];
		await callShop(shop, 'GET', `products/${id}`);
		await callShop(shop, 'PUT', `products/${id}`, { colour: 'red' });
		expect(shop.writes.size).toBe(0);
		shop.faults.add({ on: `PUT /API/1/products/${id}`, kind: 'drop-after-commit' });
		await callShop(shop, 'PUT', `products/${id}`, { quantity: 1 }).catch(() => undefined);
		await callShop(shop, 'PUT', `products/${id}`, { quantity: 2 });
		const body = { article_number: 'NY-3', name: { sv: 'Ny' }, price: 80, tax_class_id: 2 };
		const { data } = await callShop(shop, 'POST', 'products', body);
		expect(Object.fromEntries(shop.writes)).toEqual({
			[`products/${id}`]: 2,
			[`products/${String(data.id)}`]: 1,
		});
		shop.clearCalls();
		expect(shop.writes.size).toBe(0);
	});

	test('a renamed product is found by its new number', async () => {
		const [product] = [...shop.products.values()];
		const old = product.article_number;
		await callShop(shop, 'PUT', `products/${product.id}`, { article_number: 'NY-1' });
		expect(shop.productShelf.withArticleNo('NY-1')).toBe(product);
		expect(shop.productShelf.withArticleNo(old)).toBeUndefined();
	});

	test('a new product has all the keys of the others', async () => {
		const [known] = [...shop.products.values()];
		const body = { article_number: 'NY-2', name: { sv: 'Ny', en: '' }, price: 80, tax_class_id: 2 };
		const { status, data } = await callShop(shop, 'POST', 'products', body);
		expect(status).toBe(201);
		expect(Object.keys(data).sort()).toEqual(Object.keys(known).sort());
		expect(data).toMatchObject({ ...body, quantity: 0, date_added: now.getTime() / 1000 });
		expect((await callShop(shop, 'POST', 'products', { ...body })).status).toBe(422);
	});

	test('an order takes a number and a status, and a mail goes out unless it is told not to', async () => {
		const { id } = shop.placeOrder('person');
		now = new Date(now.getTime() + 60_000);
		await callShop(shop, 'PUT', `orders/${id}`, { external_id: '70001' });
		expect(shop.orders.get(id)).toMatchObject({
			external_id: '70001',
			date_modified: now.getTime() / 1000,
		});
		await callShop(shop, 'PUT', `orders/${id}`, { status_id: 4, notify_customer: false });
		expect(shop.orders.get(id)?.status_name).toBe('Skickad');
		expect(shop.orderShelf.mails).toEqual([]);
		await callShop(shop, 'PUT', `orders/${id}`, { status_id: 5 });
		expect(shop.orderShelf.mails).toHaveLength(1);
		expect((await callShop(shop, 'PUT', `orders/${id}`, { status_id: 77 })).status).toBe(422);
	});

	test('an order shows the number that its customer has by now', async () => {
		const { id, customer_id: customerId } = shop.placeOrder('person');
		await callShop(shop, 'PUT', `customers/${customerId}`, { external_id: '1001' });
		const { data } = await callShop<OrderRecord>(shop, 'GET', `orders/${id}`);
		expect(data.customer_external_id).toBe('1001');
	});

	test('only the verb of the shop saves, and only a JSON object', async () => {
		const { id } = shop.placeOrder('person');
		expect((await callShop(shop, 'POST', `orders/${id}`, {})).status).toBe(405);
		expect((await callShop(shop, 'PUT', `orders/${id}`, 'external_id=1')).status).toBe(400);
		expect((await callShop(shop, 'PUT', 'orders/1', {})).status).toBe(404);
	});
});

describe('web-hooks', () => {
	let listener: Listener;

	beforeEach(async () => (listener = await listen()));

	afterEach(() => listener.stop());

	test('carry the record as GET answers it', async () => {
		shop.setWebhook('new_order', listener.url);
		const { id } = shop.placeOrder('mixed-vat');
		await shop.webhooksIdle();
		const { data } = await callShop(shop, 'GET', `orders/${id}`);
		expect(JSON.parse(listener.heard[0].body)).toEqual(data);
	});

	test('urlencoded and multipart have nested names', async () => {
		shop.setWebhook('new_order', listener.url, 'form-urlencoded');
		const first = shop.placeOrder('person');
		await shop.webhooksIdle();
		shop.setWebhook('new_order', listener.url, 'form-data');
		const second = shop.placeOrder('person');
		await shop.webhooksIdle();
		const form = new URLSearchParams(listener.heard[0].body);
		expect(form.get('products[0][model]')).toBe(first.products[0].model);
		expect(form.get('billing_address[city]')).toBe(first.billing_address.city);
		expect(listener.heard[1].type).toMatch(/^multipart\/form-data; boundary=/);
		expect(listener.heard[1].body).toContain(
			`name="products[0][model]"\r\n\r\n${second.products[0].model}\r\n`,
		);
	});

	test('come once for an order, at its finish for an unfinished one, and never for our own saving', async () => {
		shop.setWebhook('new_order', listener.url);
		shop.setWebhook('updated_order', listener.url);
		const unfinished = shop.placeOrder('unfinished');
		const order = shop.placeOrder('person', { repeat: 2 });
		shop.placeOrder('person', { webhook: false });
		await callShop(shop, 'PUT', `orders/${order.id}`, { external_id: '1' });
		shop.editOrder(order.id, { status_id: 2 });
		shop.finishOrder(unfinished.id);
		await shop.webhooksIdle();
		expect(listener.heard.map(({ body }) => (JSON.parse(body) as OrderRecord).id).sort()).toEqual([
			unfinished.id,
			order.id,
			order.id,
		]);
	});

	test('can be lost, repeated and overtaken', async () => {
		shop.setWebhook('new_order', listener.url);
		for (const kind of ['lose', 'repeat', 'reorder'] as const) {
			shop.faults.add({ on: 'webhook new_order', kind });
		}
		const [, repeated, late, early] = [1, 2, 3, 4].map(() => shop.placeOrder('person').id);
		await shop.webhooksIdle();
		const ids = shop.webhooks.deliveries.map(({ recordId }) => recordId);
		expect(ids.sort()).toEqual([repeated, repeated, late, early]);
	});

	test('tell of new, changed and deleted customers', async () => {
		for (const event of ['new_customer', 'updated_customer', 'deleted_customer'] as const) {
			shop.setWebhook(event, listener.url);
		}
		const { id } = shop.addCustomer({ name_first: 'Ny', email_address: 'ny@post.example' });
		shop.editCustomer(id, { name_first: 'Äldre' });
		shop.deleteCustomer(id);
		await shop.webhooksIdle();
		expect(shop.webhooks.deliveries.map(({ event }) => event).sort()).toEqual([
			'deleted_customer',
			'new_customer',
			'updated_customer',
		]);
	});
});

describe('the page', () => {
	test('places orders, for a person and for a program', async () => {
		const form = await axios.post(`${shop.url}/_sandbox/orders`, 'kind=company&count=2', {
			proxy: false,
		});
		expect(form.headers['content-type']).toContain('text/html');
		expect(form.data).toContain('Company with organisation number');
		const { data } = await axios.post<Array<{ id: number }>>(
			`${shop.url}/_sandbox/orders`,
			{ kind: 'person' },
			{ proxy: false },
		);
		expect(shop.orders.size).toBe(3);
		expect(shop.kinds.get(data[0].id)).toBe('person');
	});

	test('shows the products that changed last on top, with their stock and status', async () => {
		const [first] = [...shop.products.values()];
		shop.editProduct(first.id, { quantity: 4711, status: false });
		const { data } = await axios.get<string>(`${shop.url}/_sandbox/`, { proxy: false });
		const products = data.slice(data.indexOf('<h2>Products'));
		const top = products.split('<tbody>')[1].split('</tr>')[0];
		expect(top).toContain(first.article_number);
		expect(top).toContain('4711');
		expect(top).toContain('inactive');
	});

	test('shows what customers typed as text, not as HTML', async () => {
		shop.placeOrder({ company: '<script>alert(1)</script>' });
		const { data } = await axios.get<string>(`${shop.url}/_sandbox/`, { proxy: false });
		expect(data).toContain('&lt;script&gt;alert(1)');
	});
});
