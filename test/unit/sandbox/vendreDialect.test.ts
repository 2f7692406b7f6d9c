import type { OrderRecord, ProductRecord } from '../../sandbox/vendre/records';
import { callShop } from './client';
import { shop, stopAll } from './systems';

afterEach(stopAll);

describe('a Vendre that reads the contract otherwise', () => {
	test('takes a bearer key, saves by POST and wraps one record', async () => {
		const vendre = await shop({ authHeader: 'bearer', saveVerb: 'POST', wrapsOneRecord: true });
		const { id } = vendre.placeOrder('person');
		const headers = { 'X-Authorization': '', Authorization: `Bearer ${vendre.credentials.apiKey}` };
		const saved = { external_id: '70001' };
		const { data } = await callShop(vendre, 'POST', `orders/${id}`, saved, headers);
		expect(data.data).toMatchObject({ id, ...saved });
		expect(vendre.credentials).toMatchObject({ authHeader: 'bearer', saveVerb: 'POST' });
	});

	test('marks unfinished orders and guests by null', async () => {
		const vendre = await shop({ unfinishedStatusId: null, guestCustomerId: null });
		expect(vendre.placeOrder('unfinished').status_id).toBeNull();
		expect(vendre.placeOrder('guest').customer_id).toBeNull();
	});

	test('has an unfinished order in a status of its own', async () => {
		const vendre = await shop({ unfinishedStatusId: 99 });
		const order = vendre.placeOrder('unfinished');
		expect(order.status_id).toBe(99);
		expect(vendre.isUnfinished(order)).toBe(true);
		expect(vendre.isUnfinished(vendre.finishOrder(order.id))).toBe(false);
	});

	test('is found below its own path, to which its addresses lead', async () => {
		const vendre = await shop({ apiPath: '/api/2' });
		const { status, data } = await callShop<ProductRecord>(vendre, 'GET', 'products/5001');
		expect(status).toBe(200);
		expect(data.actions.product_save_url).toBe(`${vendre.url}/api/2/products/5001`);
		expect(vendre.credentials.apiPath).toBe('/api/2');
		const { status: elsewhere } = await callShop(vendre, 'GET', '../../API/1/products/5001');
		expect(elsewhere).toBe(404);
	});

	test('makes a product by PUT alone', async () => {
		const vendre = await shop({ createVerb: 'PUT' });
		const body = { article_number: 'NY', name: { sv: 'Ny' }, price: 80, tax_class_id: 2 };
		expect((await callShop(vendre, 'POST', 'products', body)).status).toBe(405);
		expect((await callShop(vendre, 'PUT', 'products', body)).status).toBe(201);
	});

	test('lets a list of orders or one customer not be read', async () => {
		const vendre = await shop({ readable: { orders: false, 'customers/{id}': false } });
		const { id } = vendre.placeOrder('person');
		const [customer] = vendre.customers.keys();
		const statusOf = async (path: string) => (await callShop(vendre, 'GET', path)).status;
		expect(await statusOf('orders')).toBe(404);
		expect(await statusOf(`orders/${id}`)).toBe(200);
		expect(await statusOf(`customers/${customer}`)).toBe(404);
		expect(await statusOf('customers')).toBe(200);
	});

	test.each([
		['error', 'application/json', '{"error":"There is no orders/7"}'],
		['text', 'text/plain', 'There is no orders/7'],
		['html', 'text/html', '<html><head><title>404 Not found</title></head></html>'],
	] as const)('says what is wrong as %s', async (errorFormat, type, body) => {
		const vendre = await shop({ errorFormat });
		const { status, data, headers } = await callShop(vendre, 'GET', 'orders/7');
		expect(status).toBe(404);
		expect(headers['content-type']).toContain(type);
		expect(typeof data === 'string' ? data : JSON.stringify(data)).toBe(body);
	});

	test('tells weights in gram, and takes them so', async () => {
		const vendre = await shop({ weightUnit: 'g' });
		const product = [...vendre.products.values()].find(({ weight }) => weight === 2.85);
		const path = `products/${product?.id}`;
		expect((await callShop(vendre, 'GET', path)).data.weight).toBe(2850);
		await callShop(vendre, 'PUT', path, { weight: 1005 });
		expect(product?.weight).toBe(1.005);
		await callShop(vendre, 'PUT', path, { weight: null });
		expect((await callShop(vendre, 'GET', path)).data.weight).toBeNull();
	});

	test('has other types of customer', async () => {
		const vendre = await shop({ customerTypes: { private: 1, business: 'business' } });
		const company = vendre.placeOrder('company');
		const person = vendre.placeOrder('person');
		const order = await callShop(vendre, 'GET', `orders/${company.id}`);
		expect(order.data.customer_type).toBe('business');
		const path = `customers/${person.customer_id}`;
		expect((await callShop(vendre, 'GET', path)).data.type).toBe(1);
		await callShop(vendre, 'PUT', path, { type: 'business' });
		expect(vendre.customers.get(person.customer_id ?? 0)?.type).toBe(1);
		expect((await callShop(vendre, 'PUT', path, { type: 0 })).status).toBe(422);
	});

	test('has other words in coupons and totals', async () => {
		const vendre = await shop({
			couponTypes: { percent: 'percentage' },
			totalClasses: { ot_shipping: 'shipping' },
		});
		const { id, totals } = vendre.placeOrder('percent-coupon');
		const { data } = await callShop<OrderRecord>(vendre, 'GET', `orders/${id}`);
		expect(data.coupon).toEqual({ code: 'VÅR10', type: 'percentage', value: 10 });
		expect(data.totals.map((line) => line.class)).toEqual(
			totals.map((line) => (line.class === 'ot_shipping' ? 'shipping' : line.class)),
		);
		const fixed = vendre.placeOrder('fixed-coupon');
		const other = await callShop<OrderRecord>(vendre, 'GET', `orders/${fixed.id}`);
		expect(other.data.coupon?.type).toBe('fixed');
	});

	test('mails the customer unless its own field says not to', async () => {
		const vendre = await shop({ silentField: 'send_email' });
		const { id } = vendre.placeOrder('person');
		await callShop(vendre, 'PUT', `orders/${id}`, { status_id: 2, send_email: false });
		expect(vendre.orderShelf.mails).toEqual([]);
		await callShop(vendre, 'PUT', `orders/${id}`, { status_id: 4, notify_customer: false });
		expect(vendre.orderShelf.mails).toHaveLength(1);
	});
});

describe('a Vendre whose lists are otherwise', () => {
	test.each(['data.list', 'data'] as const)('has their rows in %s', async (listRows) => {
		const vendre = await shop({ listRows });
		const { data } = await callShop(vendre, 'GET', 'products?page_size=1');
		const row = expect.objectContaining({ id: 5001 });
		expect(data).toEqual(
			listRows === 'data'
				? { data: [row], remaining: 119 }
				: { data: { list: [row], remaining: 119 } },
		);
	});

	test('begins them with the newest', async () => {
		const vendre = await shop({ listOrder: 'descending' });
		const all = [...vendre.customers.keys()].toReversed();
		const idsOf = async (path: string) => {
			const { data } = await callShop<{ list: Array<{ id: number }>; remaining: number }>(
				vendre,
				'GET',
				path,
			);
			return { ids: data.list.map(({ id }) => id), remaining: data.remaining };
		};
		expect(await idsOf('customers?page_size=3&offset=2')).toEqual({
			ids: all.slice(2, 5),
			remaining: all.length - 5,
		});
		expect(await idsOf(`customers?page_size=3&offset=${all.length - 1}`)).toEqual({
			ids: all.slice(-1),
			remaining: 0,
		});
		expect(await idsOf(`customers?offset=${all.length}`)).toEqual({ ids: [], remaining: 0 });
		expect((await idsOf('products?ids=5001,5003')).ids).toEqual([5003, 5001]);
		expect((await idsOf('categories')).ids[0]).toBe(150);
	});

	test('has other names for its filters; the contract’s have no effect', async () => {
		const vendre = await shop({ filterNames: { ids: 'products_id', match: 'email' } });
		const [, customer] = vendre.customers.values();
		const countOf = async (path: string) =>
			(await callShop<{ list: object[] }>(vendre, 'GET', path)).data.list.length;
		expect(await countOf('products?products_id=5001,5002')).toBe(2);
		expect(await countOf('products?ids=5001,5002')).toBe(50);
		expect(await countOf(`customers?email=${customer.email_address}`)).toBe(1);
		expect(await countOf(`customers?match=${customer.email_address}`)).toBe(vendre.customers.size);
		expect((await callShop(vendre, 'GET', 'products?email=a')).status).toBe(422);
	});
});
