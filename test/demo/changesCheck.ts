import type { OrderRecord, ProductRecord, Sandbox, SpecterArticle, SpecterOrder } from '../sandbox';
import { TAX_CLASSES } from '../sandbox/data/shop';
import { inLatin1 } from '../sandbox/data/known';

/** A row of the user's table of order statuses (matrix T1): the first one that fits decides. */
export interface StatusRow {
	when: 'deliveryStatus' | 'statusId';
	is: string;
	/** Id of the shop's status. */
	shopStatus: string;
}

/** What the user chose for products that are new in the shop (matrix A3, A8). */
export interface NewProductChoices {
	status: boolean;
	categoryIds: number[];
}

/** What follows an article in Specter, and what the shop itself keeps beside it. */
const FOLLOWS_ARTICLE: ReadonlyArray<keyof ProductRecord> = [
	'article_number',
	'name',
	'ean1',
	'price',
	'weight',
	'tax_class_id',
	'manufacturer_model',
	'date_modified',
];
const FOLLOWS_STOCK: ReadonlyArray<keyof ProductRecord> = ['quantity', 'warehouses'];
const FOLLOWS_DELETION: ReadonlyArray<keyof ProductRecord> = ['status', 'date_modified'];
const FOLLOWS_STATUS: ReadonlyArray<keyof OrderRecord> = [
	'status_id',
	'status_name',
	'date_modified',
];

/**
 * Compares an article in Specter with its product in the shop, in all that Specter decides (matrix A9,
 * A11–A17); suppliers are taken only where the user asks for it and are compared by nobody here. An article
 * that Specter no longer has was deleted there. What is wrong, a sentence each.
 *
 * @param before the product as it was: all else must still be so, and another number is no other product
 */
export function compareProduct(
	{ vendre, specter }: Sandbox,
	articleNo: string,
	before?: ProductRecord,
): string[] {
	const product = vendre.productShelf.withArticleNo(articleNo);
	if (!product) return [`the shop has no product ${articleNo}`];
	const problems: string[] = [];
	if (before && product.id !== before.id) {
		problems.push(`${articleNo} is product ${product.id} instead of ${before.id}`);
	}
	const former = before && before.article_number !== articleNo ? before.article_number : undefined;
	if (former && !specter.articles.has(former) && vendre.productShelf.withArticleNo(former)) {
		problems.push(`the shop still has a product ${former}`);
	}
	const article = specter.articles.get(articleNo);
	if (!article) {
		if (product.status) problems.push('is active although Specter has deleted it');
		return [...problems, ...changed(before, product, [...FOLLOWS_DELETION, ...FOLLOWS_STOCK])];
	}

	const differs = (field: keyof ProductRecord, wanted: unknown) =>
		problems.push(`${field} is ${JSON.stringify(product[field])} instead of "${wanted}"`);
	const { name, barCode, priceExclVAT, productWeight, vatPercent, supplierArticleNo } = article;
	if (name && inLatin1(product.name.sv) !== name) differs('name', name);
	if (product.ean1 !== barCode) differs('ean1', barCode);
	if (priceExclVAT && !isNear(product.price, priceExclVAT, 2)) differs('price', priceExclVAT);
	if (productWeight ? !isNear(product.weight, productWeight, 3) : product.weight !== null) {
		differs('weight', productWeight);
	}
	if (vatPercent && TAX_CLASSES[product.tax_class_id] !== Number(vatPercent)) {
		differs('tax_class_id', `that of ${vatPercent} %`);
	}
	// Specter was never told the shop's own, which therefore stays where Specter has none.
	const makersNo = supplierArticleNo || before?.manufacturer_model;
	if (makersNo !== undefined && product.manufacturer_model !== makersNo) {
		differs('manufacturer_model', makersNo);
	}
	if (before && !isSame(otherNames(before), otherNames(product))) {
		problems.push('its name in another language has changed');
	}
	return [...problems, ...changed(before, product, [...FOLLOWS_ARTICLE, ...FOLLOWS_STOCK])];
}

/** The products that are not as they were, a sentence each; the same stock may have been saved again. */
export function compareUntouched({ vendre }: Sandbox, before: readonly ProductRecord[]): string[] {
	return before.flatMap((product) => {
		const now = vendre.products.get(product.id);
		const problems = now ? changed(product, now, ['date_modified']) : ['is gone'];
		return problems.map((problem) => `product ${product.article_number}: ${problem}`);
	});
}

/** Compares a product that is new in the shop with its article: as any other, and in what only a new one gets (A2–A8). */
export function compareNewProduct(
	sandbox: Sandbox,
	articleNo: string,
	{ status, categoryIds }: NewProductChoices,
): string[] {
	const problems = compareProduct(sandbox, articleNo);
	const product = sandbox.vendre.productShelf.withArticleNo(articleNo);
	const article = sandbox.specter.articles.get(articleNo);
	if (!product || !article) return problems;
	const { isPackage, buyPrice, reorderPoint, notes } = article;
	const numberOf = (text: string) => (isPackage || text === '' ? null : Number(text));
	const wanted: Partial<ProductRecord> = {
		status,
		show: true,
		price_in: numberOf(buyPrice),
		note: notes,
		reorder_stock: numberOf(reorderPoint),
		category_ids: categoryIds,
	};
	for (const field of Object.keys(wanted) as Array<keyof ProductRecord>) {
		if (isSame(product[field], wanted[field])) continue;
		problems.push(`${field} is ${JSON.stringify(product[field])}, not ${wanted[field]}`);
	}
	return problems;
}

/**
 * Compares the stock of an article on Specter's main site with the shop's (matrix S1, S2): a part of a piece
 * cannot be sold, and the shop's total never counts a warehouse below zero.
 *
 * @param before the shop's stock as it was, which stays where Specter has no number to tell
 */
export function compareStock(
	{ vendre, specter }: Sandbox,
	articleNo: string,
	before?: number,
): string[] {
	const product = vendre.productShelf.withArticleNo(articleNo);
	const article = specter.articles.get(articleNo);
	if (!product) return [`the shop has no product ${articleNo}`];
	if (!article) return [`Specter has no article ${articleNo}`];
	const wanted = totalOf(product, article) ?? before ?? product.quantity;
	return product.quantity === wanted
		? []
		: [`the shop has ${product.quantity} in stock instead of ${wanted}`];
}

/** The shop's total once Specter's number stands in it; undefined where Specter has none to tell. */
function totalOf({ warehouses }: ProductRecord, { stock }: SpecterArticle): number | undefined {
	const [{ available }] = stock;
	if (available === null) return undefined;
	const whole = Math.floor(available);
	if (warehouses.length === 0) return whole;
	const elsewhere = warehouses
		.slice(1)
		.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0);
	return Math.max(whole, elsewhere);
}

/**
 * Compares an order's status in Specter with the shop's, by the user's table (matrix T1), and that the shop
 * has mailed nobody about it (T2). An order that the table does not speak of is as it was.
 *
 * @param before the shop's order as it was
 */
export function compareOrderStatus(
	{ vendre, specter }: Sandbox,
	orderNo: number,
	rows: readonly StatusRow[],
	before: OrderRecord,
): string[] {
	const specterOrder = specter.orders.get(orderNo);
	const order = vendre.orders.get(before.id);
	if (!specterOrder) return [`Specter has no order ${orderNo}`];
	if (!order) return [`the shop has no order ${before.id}`];
	const wanted = statusOf(specterOrder, rows) ?? before.status_id;
	const problems = changed(before, order, FOLLOWS_STATUS);
	if (order.status_id !== wanted) {
		problems.push(`its status is ${order.status_id} instead of ${wanted}`);
	}
	const mails = vendre.orderShelf.mails.filter(({ orderId }) => orderId === order.id);
	if (mails.length > 0) problems.push(`the shop mailed the customer ${mails.length} times`);
	return problems;
}

function statusOf(order: SpecterOrder, rows: readonly StatusRow[]): number | undefined {
	const row = rows.find(({ when, is }) => String(order[when]) === is);
	return row && Number(row.shopStatus);
}

/** Whether the shop's number, rounded to so many decimals, is Specter's. */
function isNear(shop: number | null, specter: string, decimals: number): boolean {
	const unit = 10 ** -decimals;
	return shop !== null && Math.abs(shop - Number(specter)) <= unit / 2 + 1e-9;
}

function otherNames({ name }: ProductRecord): Array<[language: string, text: string]> {
	return Object.entries(name)
		.filter(([language]) => language !== 'sv')
		.sort();
}

/** Whether two values are the same JSON: copies of records have other prototypes where jest made them. */
function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

/** The fields that have changed although nothing in Specter speaks of them. */
function changed<Row extends object>(
	before: Row | undefined,
	now: Row,
	mayChange: ReadonlyArray<keyof Row>,
): string[] {
	if (!before) return [];
	return (Object.keys(before) as Array<keyof Row & string>)
		.filter((field) => !mayChange.includes(field))
		.filter((field) => !isSame(before[field], now[field]))
		.map((field) => `${field} has changed to ${JSON.stringify(now[field])}`);
}
