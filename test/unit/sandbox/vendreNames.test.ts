import type { OrderRecord } from '../../sandbox/vendre/records';
import { callShop } from './client';
import { listen, type Listener } from './listener';
import { shop, stopAll } from './systems';

afterEach(stopAll);

describe('a Vendre whose fields have other names', () => {
	test('answers an order under them, on every level', async () => {
		const orders = {
			external_id: 'erp_id',
			customer_reference: null,
			billing_address: 'invoice_address',
			'billing_address.street': 'street_address',
			'products[].tax': 'vat',
		};
		const vendre = await shop({ fieldNames: { orders } });
		const order = vendre.placeOrder('person');
		const { data } = await callShop(vendre, 'GET', `orders/${order.id}`);
		const { external_id, billing_address, products, ...others } = order;
		const { street, ...address } = billing_address;
		expect(data).toEqual({
			...others,
			customer_reference: undefined,
			erp_id: external_id,
			invoice_address: { ...address, street_address: street },
			products: products.map(({ tax, ...row }) => ({ ...row, vat: tax })),
		});
		const list = await callShop<{ list: object[] }>(vendre, 'GET', 'orders');
		expect(list.data.list).toEqual([data]);
	});

	test('saves a field by its own name, and nothing by the contract’s', async () => {
		const vendre = await shop({ fieldNames: { orders: { external_id: 'erp_id' } } });
		const { id } = vendre.placeOrder('person');
		const before = (await callShop(vendre, 'GET', `orders/${id}`)).data;
		const ineffective = await callShop(vendre, 'PUT', `orders/${id}`, { external_id: '70001' });
		expect(ineffective).toMatchObject({ status: 200, data: before });
		expect(vendre.writes.size).toBe(0);
		const saved = await callShop(vendre, 'PUT', `orders/${id}`, { erp_id: '70001' });
		expect(saved.data.erp_id).toBe('70001');
		expect(vendre.orders.get(id)?.external_id).toBe('70001');
	});

	test('saves what stands inside a field by its own name as well', async () => {
		const customers = { delivery_address: 'shipping', 'delivery_address.city': 'town' };
		const vendre = await shop({ fieldNames: { customers } });
		const [id] = vendre.customers.keys();
		const shipping = { street: 'Rönnstigen 4', town: 'Kiruna', city: 'Luleå' };
		await callShop(vendre, 'PUT', `customers/${id}`, { shipping });
		expect(vendre.customers.get(id)?.delivery_address).toEqual({
			street: 'Rönnstigen 4',
			city: 'Kiruna',
		});
	});

	test('may give a field the name that the contract has for another one', async () => {
		const customers = { fax: 'vat', vat: 'fax' };
		const vendre = await shop({ fieldNames: { customers } });
		const [id] = vendre.customers.keys();
		await callShop(vendre, 'PUT', `customers/${id}`, { vat: 'a', fax: 'b' });
		expect(vendre.customers.get(id)).toMatchObject({ fax: 'a', vat: 'b' });
	});

	test.each([
		['shopExport', 'date_purchased', 'customers_email_address'],
		['storefront', 'created_at', 'email'],
	] as const)('has the accepted aliases: %s', async (aliases, date, email) => {
		const vendre = await shop({ aliases });
		const order = vendre.placeOrder('person');
		const { data } = await callShop<OrderRecord>(vendre, 'GET', `orders/${order.id}`);
		expect(data).toMatchObject({
			orders_status_name: 'Mottagen',
			[date]: order.date_added,
			[email]: order.email_address,
		});
		const [{ model, name }] = order.products;
		expect(data.products[0]).toMatchObject({ article_number: model, product_name: name });
		for (const record of [data, data.products[0]]) {
			for (const field of ['status_name', 'date_added', 'email_address', 'model', 'name']) {
				expect(record).not.toHaveProperty(field);
			}
		}
	});

	test.each([
		['iso', '2026-11-24T10:00:00.000Z'],
		['local', '2026-11-24 11:00:00'],
	] as const)('tells the dates of orders as %s', async (orderDates, text) => {
		const vendre = await shop({ orderDates });
		const seconds = Date.parse('2026-11-24T10:00:00Z') / 1000;
		const { id } = vendre.placeOrder('person');
		Object.assign(vendre.orders.get(id) ?? {}, { date_added: seconds, date_modified: seconds });
		const { data } = await callShop(vendre, 'GET', `orders/${id}`);
		expect(data).toMatchObject({ date_added: text, date_modified: text });
	});
});

describe('its web-hooks', () => {
	let listener: Listener;

	beforeEach(async () => (listener = await listen()));

	afterEach(() => listener.stop());

	test('have the names of its answers', async () => {
		const vendre = await shop({
			aliases: 'shopExport',
			fieldNames: { orders: { external_id: 'erp_id' }, customers: { fax: 'fax_number' } },
		});
		vendre.setWebhook('new_order', listener.url);
		vendre.setWebhook('updated_customer', listener.url);
		const { id, customer_id: customerId } = vendre.placeOrder('person');
		await vendre.webhooksIdle();
		vendre.editCustomer(customerId ?? 0, { fax: '0920-1' });
		await vendre.webhooksIdle();
		const paths = [`orders/${id}`, `customers/${customerId}`];
		for (const [index, path] of paths.entries()) {
			const { data } = await callShop(vendre, 'GET', path);
			expect(JSON.parse(listener.heard[index].body)).toEqual(data);
		}
		expect(listener.heard[1].body).toContain('"fax_number":"0920-1"');
	});

	test('may have another key for the id, and one around the record', async () => {
		const vendre = await shop({ webhookIdKey: 'orders_id', webhookWrapper: 'order' });
		vendre.setWebhook('new_order', listener.url);
		const { id } = vendre.placeOrder('person');
		await vendre.webhooksIdle();
		const { id: read, ...others } = (await callShop(vendre, 'GET', `orders/${id}`)).data;
		expect(read).toBe(id);
		expect(JSON.parse(listener.heard[0].body)).toEqual({ order: { orders_id: id, ...others } });
	});

	test('may write nested names with dots', async () => {
		const vendre = await shop({ formNesting: 'dots' });
		vendre.setWebhook('new_order', listener.url, 'form-urlencoded');
		const { products, billing_address: address } = vendre.placeOrder('person');
		await vendre.webhooksIdle();
		const form = new URLSearchParams(listener.heard[0].body);
		expect(form.get('products.0.model')).toBe(products[0].model);
		expect(form.get('billing_address.city')).toBe(address.city);
	});
});
