import { ALL_ORDER_KINDS, isOrderKind, type OrderKind } from '../data/orderKinds';
import type { Answer, Received } from '../http';
import { kronor } from '../money';
import { answerAdmin, faultSection, given, textOf, type Act } from '../page/admin';
import { page } from '../page/layout';
import { form, input, markup, section, select, shownOf, table, type Markup } from '../page/markup';
import { importSection } from './excelUpload';
import type { CustomerRecord, OrderRecord, ProductRecord } from './records';
import type { VendreShop } from './shop';
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhooks';

const SHOWN = 100;
const FORMATS = ['json', 'form-urlencoded', 'form-data'] as const;

/** The shop's page and its JSON twin, below /_sandbox/. */
export function answerPage(shop: VendreShop, request: Received): Answer {
	return answerAdmin(
		shop,
		request,
		() => shopPage(shop),
		() => state(shop),
		acts(shop),
	);
}

function acts(shop: VendreShop): Act[] {
	return [
		{
			path: 'orders',
			run(sent) {
				const kind = kindOf(textOf(sent, 'kind'));
				const count = Number(sent.count || 1);
				const options = { webhook: sent.webhook !== false, repeat: Number(sent.repeat || 1) };
				const placed = Array.from({ length: count }, () => shop.placeOrder(kind, options));
				return placed.map((order) => summary(shop, order));
			},
		},
		{ path: 'orders/:id/finish', run: (_, id) => summary(shop, shop.finishOrder(Number(id))) },
		{
			path: 'orders/:id/webhook',
			run: (sent, id) =>
				shop.sendWebhook(
					sent.event === 'updated_order' ? 'updated_order' : 'new_order',
					Number(id),
				),
		},
		{
			path: 'webhooks',
			run(sent) {
				const format = FORMATS.find((name) => name === sent.format) ?? 'json';
				shop.setWebhook(eventOf(textOf(sent, 'event')), textOf(sent, 'url'), format);
			},
		},
		{
			path: 'products/:id',
			run(sent, id) {
				const { price, quantity, ...texts } = given(sent, ['article_number', 'price', 'quantity']);
				shop.editProduct(Number(id), {
					...texts,
					...(price !== undefined && { price: Number(price) }),
					...(quantity !== undefined && { quantity: Number(quantity) }),
				});
			},
		},
		{ path: 'products/:id/delete', run: (_, id) => shop.deleteProduct(Number(id)) },
		{
			path: 'customers/:id',
			run: (sent, id) =>
				shop.editCustomer(Number(id), given(sent, ['email_address', 'address_street', 'company'])),
		},
		{ path: 'customers/:id/delete', run: (_, id) => shop.deleteCustomer(Number(id)) },
	];
}

function kindOf(name: string): OrderKind {
	if (!isOrderKind(name)) throw new Error(`There is no kind of order "${name}"`);
	return name;
}

function eventOf(name: string): WebhookEvent {
	const event = WEBHOOK_EVENTS.find((known) => known === name);
	if (!event) throw new Error(`There is no event "${name}"`);
	return event;
}

function latest<Row>(rows: ReadonlyMap<unknown, Row>): Row[] {
	return [...rows.values()].slice(-SHOWN).reverse();
}

function latestChanged(products: ReadonlyMap<number, ProductRecord>): ProductRecord[] {
	return [...products.values()]
		.sort((a, b) => b.date_modified - a.date_modified || b.id - a.id)
		.slice(0, SHOWN);
}

function summary(shop: VendreShop, order: OrderRecord) {
	return {
		id: order.id,
		kind: shop.kinds.get(order.id),
		customer: nameOf(order),
		status: order.status_name,
		rows: order.products.length,
		currency: order.currency,
		total: kronor(shop.orderTotal(order.id)),
		external_id: order.external_id,
	};
}

function state(shop: VendreShop) {
	return {
		url: shop.url,
		products: shop.products.size,
		customers: shop.customers.size,
		orders: latest(shop.orders).map((order) => summary(shop, order)),
		orderCount: shop.orders.size,
		kinds: Object.fromEntries(
			Object.entries(ALL_ORDER_KINDS).map(([kind, { label }]) => [kind, label]),
		),
		webhooks: Object.fromEntries(shop.webhooks.urls),
		deliveries: shop.webhooks.deliveries.slice(-SHOWN),
		mails: shop.orderShelf.mails,
		callTotals: Object.fromEntries(shop.callTotals),
		faults: shop.faults.list(),
	};
}

function shopPage(shop: VendreShop): Answer {
	return page({
		title: 'Norrsken – the Vendre shop of the sandbox',
		subtitle: shop.url,
		brand: '#1f5f8b',
		revision: shop.revision,
		figures: {
			orders: shop.orders.size,
			products: shop.products.size,
			customers: shop.customers.size,
			'web-hooks sent': shop.webhooks.deliveries.length,
			'status mails sent': shop.orderShelf.mails.length,
			'API calls': [...shop.callTotals.values()].reduce((sum, count) => sum + count, 0),
		},
		sections: [
			placeSection(),
			orderSection(shop),
			webhookSection(shop),
			productSection(shop),
			importSection(shop),
			customerSection(shop),
			faultSection(shop.faults, 'PUT /orders/\\d+ · webhook new_order'),
			callSection(shop),
		],
	});
}

function placeSection(): Markup {
	const kinds = Object.entries(ALL_ORDER_KINDS).map(([kind, { label }]) => [kind, label] as const);
	return section(
		'Place an order',
		'as a customer does at the checkout',
		form(
			'orders',
			[select('kind', 'Kind of order', kinds), input('count', 'how many (1)')],
			'Place order',
		),
	);
}

function orderSection(shop: VendreShop): Markup {
	return section(
		'Orders',
		shownOf(shop.orders.size, SHOWN),
		table<OrderRecord>(
			latest(shop.orders),
			[
				{ title: 'Order', cell: ({ id }) => markup`<b>${id}</b>` },
				{ title: 'Kind', cell: ({ id }) => shop.kinds.get(id) ?? '' },
				{ title: 'Customer', cell: nameOf },
				{
					title: 'Status',
					cell: (order) =>
						shop.isUnfinished(order)
							? markup`<span class="tag bad">unfinished</span>`
							: markup`<span class="tag">${order.status_name}</span>`,
				},
				{ title: 'Rows', cell: ({ products }) => products.length, isNumber: true },
				{
					title: 'Total',
					cell: ({ id, currency }) => `${kronor(shop.orderTotal(id))} ${currency}`,
					isNumber: true,
				},
				{
					title: 'Specter number',
					cell: ({ external_id }) =>
						external_id === ''
							? markup`<span class="faint">not yet</span>`
							: markup`<span class="tag good">${external_id}</span>`,
				},
				{
					title: '',
					cell: (order) =>
						shop.isUnfinished(order)
							? form(`orders/${order.id}/finish`, [], 'Finish')
							: form(`orders/${order.id}/webhook`, [], 'Web-hook again'),
				},
			],
			'No orders yet.',
		),
	);
}

function webhookSection(shop: VendreShop): Markup {
	return section(
		'Web-hooks',
		'one address an event; an empty one removes it',
		markup`${form(
			'webhooks',
			[
				select(
					'event',
					'Event',
					WEBHOOK_EVENTS.map((event) => [event, event]),
				),
				input('url', 'https://…'),
				select(
					'format',
					'Format',
					FORMATS.map((format) => [format, format]),
				),
			],
			'Save',
		)}${table(
			[...shop.webhooks.urls],
			[
				{ title: 'Event', cell: ([event]) => event },
				{ title: 'Format', cell: ([, { format }]) => format },
				{ title: 'Address', cell: ([, { url }]) => markup`<code>${withoutSecret(url)}</code>` },
			],
			'No web-hooks are set.',
		)}`,
	);
}

function productSection(shop: VendreShop): Markup {
	return section(
		'Products',
		`the ${SHOWN} that changed last, newest first`,
		table<ProductRecord>(
			latestChanged(shop.products),
			[
				{ title: 'Id', cell: ({ id }) => id },
				{ title: 'Article number', cell: (product) => markup`<b>${product.article_number}</b>` },
				{ title: 'Name', cell: ({ name }) => name.sv },
				{ title: 'EAN', cell: ({ ean1 }) => ean1 },
				{ title: 'Excl. VAT', cell: ({ price }) => price, isNumber: true },
				{ title: 'Tax class', cell: (product) => product.tax_class_id, isNumber: true },
				{ title: 'kg', cell: ({ weight }) => weight ?? '', isNumber: true },
				{ title: 'Stock', cell: ({ quantity }) => quantity, isNumber: true },
				{ title: 'Status', cell: statusOfProduct },
				{ title: 'Kind', cell: kindOfProduct },
				{
					title: 'Change',
					cell: ({ id }) =>
						form(
							`products/${id}`,
							[input('price', 'price'), input('article_number', 'number')],
							'Save',
						),
				},
			],
			'No products.',
		),
	);
}

function customerSection(shop: VendreShop): Markup {
	return section(
		'Customers',
		shownOf(shop.customers.size, SHOWN),
		table<CustomerRecord>(
			latest(shop.customers),
			[
				{ title: 'Id', cell: ({ id }) => id },
				{ title: 'Name', cell: nameOf },
				{ title: 'E-mail', cell: (customer) => customer.email_address },
				{ title: 'Number', cell: (customer) => customer.identification_number },
				{
					title: 'Place',
					cell: (customer) => `${customer.address_city}, ${customer.address_country_code_alpha2}`,
				},
				{ title: 'Specter number', cell: (customer) => customer.external_id },
			],
			'No customers.',
		),
	);
}

function callSection(shop: VendreShop): Markup {
	return section(
		'Calls to the API',
		'the latest 50',
		table(
			shop.calls.slice(-50).reverse(),
			[
				{ title: 'At', cell: ({ at }) => at.toISOString().slice(11, 23) },
				{
					title: 'Call',
					cell: ({ method, path, query }) =>
						markup`<code>${method} ${path}?${new URLSearchParams(query).toString()}</code>`,
				},
				{ title: 'Status', cell: ({ status, fault }) => `${status || 'dropped'} ${fault ?? ''}` },
				{ title: 'Body', cell: ({ body }) => markup`<code>${JSON.stringify(body) ?? ''}</code>` },
			],
			'No calls yet.',
		),
	);
}

function nameOf({ company, name_first, name_last }: OrderRecord | CustomerRecord): string {
	return company || `${name_first} ${name_last}`;
}

function statusOfProduct({ status, show }: ProductRecord): Markup {
	if (!status) return markup`<span class="tag bad">inactive</span>`;
	return markup`<span class="tag good">${show ? 'active' : 'active, not listed'}</span>`;
}

function kindOfProduct({ is_parent, parent, package_size }: ProductRecord): string {
	if (is_parent) return 'main product';
	if (parent !== 0) return `variant of ${parent}`;
	return package_size === null ? '' : `package of ${package_size}`;
}

function withoutSecret(url: string): string {
	return url.replace(/([?&]secret=)[^&]*/, '$1…');
}
