import type { CallBackEvent, ProductRecord, Sandbox, SpecterArticle } from '../sandbox';
import {
	compareNewProduct,
	compareOrderStatus,
	compareProduct,
	compareStock,
	type StatusRow,
} from './changesCheck';

/** What somebody does in Specter, and how it must stand in the shop afterwards. */
export interface Change {
	what: string;
	/** The number of the article or the order. */
	record: string;
	/** How Specter tells of it. */
	event: CallBackEvent;
	make(): void;
	/** What is wrong, a sentence each. */
	problems(): string[];
	/** What it is about, as the shop has it. */
	inShop(): string;
}

/** The table of order statuses, as a user of the sandbox's shop fills it in. */
export const STATUS_ROWS: StatusRow[] = [
	{ when: 'statusId', is: '5', shopStatus: '5' },
	{ when: 'deliveryStatus', is: 'D', shopStatus: '4' },
];

/** As the template has it: somebody completes a new product before it is shown. */
const NEW_PRODUCTS = { status: false, categoryIds: [] };

const NEW_ARTICLE = 'FRI-2001';

/** A status of Specter's that the table does not speak of. */
const UNMAPPED_STATUS = 7;

type Fits = (product: ProductRecord) => boolean;

const inOneStock: Fits = ({ warehouses }) => warehouses.length === 0;
const inWarehouses: Fits = ({ warehouses }) => warehouses.length > 0;

/** Changes of all kinds to articles and orders that both systems have, each to one of its own. */
export function planChanges(sandbox: Sandbox): Change[] {
	const take = taker(sandbox);
	const counted = (what: string, available: number | null, fits?: Fits) =>
		stockChange(sandbox, what, available, take(fits));
	const edited = (what: string, values: Partial<SpecterArticle>, field: keyof ProductRecord) =>
		articleChange(sandbox, what, values, field, take());
	return [
		counted('sold out', 0, inOneStock),
		counted('counted: 17', 17),
		counted('three too few: -3', -3, inOneStock),
		counted('three too few, in warehouses', -3, inWarehouses),
		counted('a fraction: 7.5', 7.5, inOneStock),
		counted('a fraction below zero: -2.5', -2.5, inOneStock),
		counted('no number to tell', null),
		edited('another price', { priceExclVAT: '123.45' }, 'price'),
		edited('another name', { name: 'Åkerbärssylt & grädde <liten>' }, 'name'),
		edited('another EAN', { barCode: '7310865004703' }, 'ean1'),
		edited('another weight', { productWeight: '1.275' }, 'weight'),
		edited('another VAT rate', { vatPercent: '12' }, 'tax_class_id'),
		edited('the maker’s number', { supplierArticleNo: 'M-4711' }, 'manufacturer_model'),
		edited('another number', { articleNo: 'BYTT-1' }, 'article_number'),
		deletion(sandbox, take()),
		newArticle(sandbox),
		...orderChanges(sandbox),
	];
}

/** A change of stock whose call-back gets lost; the article may have changed before. */
export function planLostChange(sandbox: Sandbox): Change {
	const change = stockChange(sandbox, 'counted: 4, nobody told', 4, taker(sandbox)(inOneStock));
	return {
		...change,
		make() {
			sandbox.specter.faults.add({ on: `callback ${change.event}`, kind: 'lose' });
			change.make();
		},
	};
}

interface Taken {
	article: SpecterArticle;
	/** The product as it was. */
	before: ProductRecord;
}

/** Hands out articles that the shop sells, each of them once. */
function taker({ vendre, specter }: Sandbox): (fits?: Fits) => Taken {
	const left = new Set(specter.articles.values());
	return (fits = () => true) => {
		for (const article of left) {
			const product = vendre.productShelf.withArticleNo(article.articleNo);
			if (!product?.status || !fits(product)) continue;
			left.delete(article);
			return { article, before: structuredClone(product) };
		}
		throw new Error('There are too few articles for the planned changes');
	};
}

function stockChange(
	sandbox: Sandbox,
	what: string,
	available: number | null,
	{ article: { articleNo }, before }: Taken,
): Change {
	return {
		what: `Stock: ${what}`,
		record: articleNo,
		event: 'actionStockChange',
		make: () => sandbox.specter.setStock(articleNo, available),
		problems: () => compareStock(sandbox, articleNo, before.quantity),
		inShop: () => shown(sandbox, before.id, 'quantity'),
	};
}

function articleChange(
	sandbox: Sandbox,
	what: string,
	values: Partial<SpecterArticle>,
	field: keyof ProductRecord,
	{ article, before }: Taken,
): Change {
	const { articleNo } = article;
	return {
		what: `Article: ${what}`,
		record: articleNo,
		event: 'actionArticleChange',
		make: () => sandbox.specter.editArticle(articleNo, values),
		problems: () => compareProduct(sandbox, article.articleNo, before),
		inShop: () => shown(sandbox, before.id, field),
	};
}

function deletion(sandbox: Sandbox, { article: { articleNo }, before }: Taken): Change {
	return {
		what: 'Article: deleted',
		record: articleNo,
		event: 'actionArticleChange',
		make: () => sandbox.specter.deleteArticle(articleNo),
		problems: () => compareProduct(sandbox, articleNo, before),
		inShop: () => (sandbox.vendre.products.get(before.id)?.status ? 'active' : 'inactive'),
	};
}

/** Somebody enters an article and counts what lies on the shelf. */
function newArticle(sandbox: Sandbox): Change {
	const { vendre, specter } = sandbox;
	const product = () => vendre.productShelf.withArticleNo(NEW_ARTICLE);
	return {
		what: 'Article: new, 12 in stock',
		record: NEW_ARTICLE,
		event: 'actionArticleChange',
		make() {
			specter.addArticle(NEW_ARTICLE, {
				name: 'Hängmatta Mossa',
				priceExclVAT: '399.20',
				buyPrice: '180.00',
				barCode: '7310865004710',
				productWeight: '0.900',
				reorderPoint: '5',
				notes: 'Säljs från påsk',
				supplierArticleNo: 'HM-1',
			});
			specter.setStock(NEW_ARTICLE, 12);
		},
		problems: () => [
			...compareNewProduct(sandbox, NEW_ARTICLE, NEW_PRODUCTS),
			...compareStock(sandbox, NEW_ARTICLE),
		],
		inShop: () => `${product()?.name.sv}, ${product()?.quantity}`,
	};
}

/** One order is delivered, one cancelled, and one gets a status that the shop has no word for. */
function orderChanges(sandbox: Sandbox): Change[] {
	const { vendre, specter } = sandbox;
	const acts: Array<[what: string, act: (orderNo: number) => void]> = [
		['delivered', (orderNo) => specter.deliverOrder(orderNo, 'SE123456789')],
		['cancelled', (orderNo) => specter.cancelOrder(orderNo)],
		['a status of Specter’s own', (orderNo) => specter.setOrderStatus(orderNo, UNMAPPED_STATUS)],
	];
	const orders = [...specter.orders.values()];
	return acts.map(([what, act], index) => {
		const { orderNo, externalOrderNo } = orders[index];
		const order = vendre.orders.get(Number(externalOrderNo));
		if (!order) throw new Error(`The shop has no order ${externalOrderNo}`);
		const before = structuredClone(order);
		return {
			what: `Order: ${what}`,
			record: externalOrderNo,
			event: 'actionOrderChange',
			make: () => act(orderNo),
			problems: () => compareOrderStatus(sandbox, orderNo, STATUS_ROWS, before),
			inShop: () => vendre.orders.get(order.id)?.status_name ?? '–',
		};
	});
}

function shown({ vendre }: Sandbox, productId: number, field: keyof ProductRecord): string {
	const value = vendre.products.get(productId)?.[field] ?? '–';
	return typeof value === 'object' ? (value as { sv: string }).sv : String(value);
}
