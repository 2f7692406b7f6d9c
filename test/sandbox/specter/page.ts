import type { Answer, Received } from '../http';
import { kronor } from '../money';
import { answerAdmin, faultSection, given, textOf, type Act, type Sent } from '../page/admin';
import { page } from '../page/layout';
import { form, hidden, input, markup, section, shownOf, table, type Markup } from '../page/markup';
import type { SpecterAccount, SpecterCall } from './account';
import { MAIN_SITE, type SpecterArticle } from './articles';
import type { SpecterCustomer } from './customers';
import type { SpecterOrder } from './orders';
import type { ChangeQueue } from './queues';

const SHOWN = 100;

/** Texts of an article that can be edited on the page, and how they are called there. */
const EDITED = {
	name: 'name',
	priceExclVAT: 'price 0.00',
	vatPercent: 'VAT %',
	barCode: 'EAN',
	productWeight: 'kg 0.000',
	buyPrice: 'purchase price 0.00',
	notes: 'notes',
	reorderPoint: 'reorder point',
	supplierArticleNo: 'maker’s number',
};

/** The account's page and its JSON twin, below /_sandbox/. */
export function answerPage(account: SpecterAccount, request: Received): Answer {
	return answerAdmin(
		account,
		request,
		() => accountPage(account),
		() => state(account),
		acts(account),
	);
}

function acts(account: SpecterAccount): Act[] {
	return [
		{
			path: 'articles',
			run: (sent) =>
				account.addArticle(textOf(sent, 'articleNo'), {
					...editedTexts(sent),
					stock: [{ site: MAIN_SITE, available: stockOf(sent.available || 0) }],
				}),
		},
		{ path: 'articles/edit', run: (sent) => editArticle(account, sent) },
		{ path: 'articles/delete', run: (sent) => account.deleteArticle(textOf(sent, 'articleNo')) },
		{
			path: 'orders/:id/status',
			run: (sent, id) => account.setOrderStatus(Number(id), Number(textOf(sent, 'statusId'))),
		},
		{
			path: 'orders/:id/deliver',
			run: (sent, id) => account.deliverOrder(Number(id), String(sent.trackingNo ?? '')),
		},
		{ path: 'orders/:id/cancel', run: (_, id) => account.cancelOrder(Number(id)) },
		{ path: 'orders/:id/invoice', run: (_, id) => ({ id: account.invoiceOrder(Number(id)) }) },
		{ path: 'orders/:id/remove', run: (_, id) => account.removeOrder(Number(id)) },
	];
}

function editArticle(account: SpecterAccount, sent: Sent): void {
	const articleNo = textOf(sent, 'articleNo');
	const { newArticleNo, available } = given(sent, ['newArticleNo', 'available']);
	const values = editedTexts(sent);
	if (available !== undefined) account.setStock(articleNo, stockOf(available));
	if (newArticleNo === undefined && Object.keys(values).length === 0) return;
	account.editArticle(articleNo, {
		...values,
		...(newArticleNo !== undefined && { articleNo: String(newArticleNo) }),
	});
}

/** A number, or null where Specter has none to tell: a person writes "unknown". */
function stockOf(available: unknown): number | null {
	if (available === null || available === 'unknown') return null;
	const number = Number(available);
	if (Number.isNaN(number)) throw new Error(`Stock must be a number or "unknown"`);
	return number;
}

function editedTexts(sent: Sent): Record<string, string> {
	const texts = Object.entries(given(sent, Object.keys(EDITED)));
	return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]));
}

function latest<Row>(rows: ReadonlyMap<unknown, Row>): Row[] {
	return [...rows.values()].slice(-SHOWN).reverse();
}

function queueState(queue: Pick<ChangeQueue<unknown>, 'pendingCount' | 'openBatchNo'>) {
	return { pending: queue.pendingCount, openBatch: queue.openBatchNo ?? null };
}

function state(account: SpecterAccount) {
	return {
		url: account.url,
		customers: latest(account.customers),
		customerCount: account.customers.size,
		articles: latest(account.articles),
		articleCount: account.articles.size,
		orders: latest(account.orders).map(({ deliveries, ...order }) => ({
			...order,
			deliveries: deliveries.length,
			total: kronor(account.orderTotal(order.orderNo)),
		})),
		orderCount: account.orders.size,
		queues: {
			stock: queueState(account.stockQueue),
			articles: queueState(account.articleQueue),
			orders: queueState(account.orderQueue),
		},
		callBacks: Object.fromEntries(account.callBacks.urls),
		callBackDeliveries: account.callBacks.deliveries.slice(-SHOWN),
		callTotals: Object.fromEntries(account.callTotals),
		faults: account.faults.list(),
	};
}

function accountPage(account: SpecterAccount): Answer {
	return page({
		title: 'The Specter account of the sandbox',
		subtitle: account.url,
		brand: '#3d6b4f',
		revision: account.revision,
		figures: {
			orders: account.orders.size,
			articles: account.articles.size,
			customers: account.customers.size,
			'API calls': [...account.callTotals.values()].reduce((sum, count) => sum + count, 0),
		},
		sections: [
			orderSection(account),
			articleSection(account),
			customerSection(account),
			queueSection(account),
			faultSection(account.faults, 'newOrderSubmit · callback actionStockChange'),
			callSection(account),
		],
	});
}

function orderSection(account: SpecterAccount): Markup {
	return section(
		'Orders',
		`as they arrived ${shownOf(account.orders.size, SHOWN)}`,
		table<SpecterOrder>(
			latest(account.orders),
			[
				{ title: 'Order', cell: ({ orderNo }) => markup`<b>${orderNo}</b>` },
				{ title: 'Shop’s number', cell: ({ externalOrderNo }) => externalOrderNo },
				{
					title: 'Customer',
					cell: ({ customerId }) => {
						const customer = account.customers.get(customerId);
						return `${customerId} ${customer ? nameOf(customer) : ''}`;
					},
				},
				{
					title: 'Pays by',
					cell: (order) => `${order.payTypeIdentifier} ${order.payTypeReference}`,
				},
				{ title: 'Rows and header', cell: orderDetails },
				{
					title: 'Total',
					cell: ({ orderNo, currency }) => `${kronor(account.orderTotal(orderNo))} ${currency}`,
					isNumber: true,
				},
				{
					title: 'Status',
					cell: (order) =>
						markup`<span class="tag">${order.statusId} ${order.deliveryStatus}</span>`,
				},
				{
					title: '',
					cell: ({ orderNo }) =>
						markup`${form(`orders/${orderNo}/status`, [input('statusId', 'status')], 'Set')}${form(
							`orders/${orderNo}/deliver`,
							[input('trackingNo', 'parcel')],
							'Deliver',
						)}${form(
							`orders/${orderNo}/cancel`,
							[],
							'Cancel',
						)}${form(`orders/${orderNo}/invoice`, [], 'Invoice')}`,
				},
			],
			'No orders yet.',
		),
	);
}

function orderDetails({ rows, ...order }: SpecterOrder): Markup {
	const lines = table(
		rows,
		[
			{ title: 'Article', cell: ({ articleNo }) => articleNo },
			{ title: 'Name', cell: ({ articleName }) => articleName },
			{ title: 'Quantity', cell: ({ noOfItems }) => noOfItems, isNumber: true },
			{ title: 'Excl. VAT', cell: ({ priceExclVAT }) => priceExclVAT, isNumber: true },
			{ title: 'VAT %', cell: ({ vatPercent }) => vatPercent, isNumber: true },
		],
		'',
	);
	const sent = Object.entries(order).filter(
		([, value]) => typeof value === 'string' && value !== '',
	);
	const header = sent.map(([name, value]) => markup`<code>${name}=${String(value)}</code><br>`);
	return markup`<details><summary>${rows.length} rows</summary><div class="inner">${lines}</div><div class="inner">${header}</div></details>`;
}

function articleSection(account: SpecterAccount): Markup {
	const add = form(
		'articles',
		[input('articleNo', 'article number'), input('available', 'stock'), ...textInputs()],
		'Add article',
	);
	const rows = table<SpecterArticle>(
		latest(account.articles),
		[
			{ title: 'Number', cell: ({ articleNo }) => markup`<b>${articleNo}</b>` },
			{ title: 'Name', cell: ({ name }) => name },
			{ title: 'EAN', cell: ({ barCode }) => barCode },
			{ title: 'Excl. VAT', cell: ({ priceExclVAT }) => priceExclVAT, isNumber: true },
			{ title: 'VAT %', cell: ({ vatPercent }) => vatPercent, isNumber: true },
			{ title: 'kg', cell: ({ productWeight }) => productWeight, isNumber: true },
			{ title: 'Notes', cell: ({ notes }) => notes },
			{
				title: 'Stock',
				cell: ({ stock, isStockArticle }) =>
					isStockArticle
						? (stock[0].available ?? 'unknown')
						: markup`<span class="faint">none</span>`,
				isNumber: true,
			},
			{
				title: 'Change',
				cell: articleForms,
			},
		],
		'No articles yet.',
	);
	return section('Articles', shownOf(account.articles.size, SHOWN), markup`${add}${rows}`);
}

/** Stock, which changes most, at hand; the rest unfolds. */
function articleForms({ articleNo }: SpecterArticle): Markup {
	const which = hidden('articleNo', articleNo);
	const stock = form('articles/edit', [which, input('available', 'stock')], 'Count');
	const rename = form('articles/edit', [which, input('newArticleNo', 'new number')], 'Rename');
	const remove = form('articles/delete', [which], 'Delete');
	const edit = form('articles/edit', [which, ...textInputs()], 'Save');
	return markup`${stock}<details><summary>More</summary><div class="inner">${edit}<br>${rename}${remove}</div></details>`;
}

function textInputs(): Markup[] {
	return Object.entries(EDITED).map(([name, label]) => input(name, label));
}

function customerSection(account: SpecterAccount): Markup {
	return section(
		'Customers',
		shownOf(account.customers.size, SHOWN),
		table<SpecterCustomer>(
			latest(account.customers),
			[
				{ title: 'Number', cell: ({ customerId }) => markup`<b>${customerId}</b>` },
				{ title: 'Type', cell: (customer) => customer.customerOrganizationalForm },
				{ title: 'Name', cell: nameOf },
				{ title: 'Organisation number', cell: ({ orgNo }) => orgNo },
				{ title: 'E-mail', cell: ({ emailAddress }) => emailAddress },
				{
					title: 'Address',
					cell: ({ address, zipCodeEng, city, countryCode }) =>
						[address, zipCodeEng, city, countryCode].filter((part) => part !== '').join(', '),
				},
			],
			'No customers yet.',
		),
	);
}

function queueSection(account: SpecterAccount): Markup {
	const { stockQueue, articleQueue, orderQueue, callBacks } = account;
	const queues = table(
		[
			['Stock', stockQueue] as const,
			['Articles', articleQueue] as const,
			['Orders', orderQueue] as const,
		],
		[
			{ title: 'Queue', cell: ([name]) => name },
			{ title: 'Pending', cell: ([, queue]) => queue.pendingCount, isNumber: true },
			{
				title: 'Open batch',
				cell: ([, queue]) =>
					queue.openBatchNo
						? markup`<code>${queue.openBatchNo}</code> with ${queue.openKeys.length}`
						: '',
			},
		],
		'',
	);
	const registered = table(
		[...callBacks.urls],
		[
			{ title: 'Call-back', cell: ([event]) => event },
			{ title: 'Address', cell: ([, url]) => markup`<code>${url.replace(/\?.*/, '?…')}</code>` },
		],
		'No call-backs are registered.',
	);
	return section('Change queues and call-backs', '', markup`${queues}<br>${registered}`);
}

function callSection(account: SpecterAccount): Markup {
	return section(
		'Calls to the API',
		'the latest 50',
		table<SpecterCall>(
			account.calls.slice(-50).reverse(),
			[
				{ title: 'At', cell: ({ at }) => at.toISOString().slice(11, 23) },
				{ title: 'Function', cell: ({ action }) => action },
				{
					title: 'Parameters',
					cell: ({ params }) => {
						const sent = Object.entries(params).filter(([name]) => name !== 'key');
						const lines = sent.map(([name, value]) => markup`<code>${name}=${value}</code><br>`);
						return markup`<details><summary>${sent.length}</summary><div class="inner">${lines}</div></details>`;
					},
				},
				{ title: 'Answer', cell: ({ answer }) => markup`<code>${answer.slice(0, 300)}</code>` },
				{
					title: 'Outcome',
					cell: ({ status, fault, answer }) => {
						const tone = status === 200 && !answer.startsWith('0;') ? 'good' : 'bad';
						return markup`<span class="tag ${tone}">${status || 'dropped'} ${fault ?? ''}</span>`;
					},
				},
			],
			'No calls yet.',
		),
	);
}

function nameOf({ name, firstName, surName }: SpecterCustomer): string {
	return name || `${firstName} ${surName}`;
}
