import {
	articleChange,
	orderChange,
	stockChange,
	type ArticleChange,
	type OrderChange,
	type StockChange,
} from '../changes';
import { assumedSpecter, type SpecterDialect } from './dialect';
import { decodeAnswer } from './response';
import { childrenNamed, elementsNamed, parseXml, valueOf, type XmlElement } from './xml';

/** What a fetch gave: the records of the batch, and whether the queue holds more behind it. */
export interface PendingChanges<Change = StockChange | ArticleChange | OrderChange> {
	changes: Change[];
	moreToCome: boolean;
	/** The page was blank, which may as well be a failure between Specter and us. */
	blank?: boolean;
}

/** A record without the fields that Specter did not tell. */
function told(fields: Record<string, unknown>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const TEXT_HEADER = /^specterArticleId;articleNo;noItemsAvailable;batchId$/i;

/**
 * Stock changes as text: rows `specterArticleId;articleNo;noItemsAvailable;batchId` below a row with
 * these names. An article number may hold semicolons, so a row is read from both ends, and the batch
 * number at its end proves that the row is whole.
 * @returns undefined for anything else, also for an answer that is cut off within a row
 */
export function parseStockText(
	body: Buffer,
	batchNo: string,
): PendingChanges<StockChange> | undefined {
	const [header, ...rows] = decodeAnswer(body)
		.split(/[\r\n]+/)
		.filter((row) => row.trim() !== '');
	if (header === undefined) return { changes: [], moreToCome: false, blank: true };
	if (!TEXT_HEADER.test(header.replace(/\s/g, ''))) return undefined;

	const changes: StockChange[] = [];
	for (const row of rows) {
		const fields = /^[^;]*;(.*);([^;]*);([^;]*)$/.exec(row);
		if (fields?.[3].trim().toLowerCase() !== batchNo.toLowerCase()) return undefined;
		changes.push(readStock(fields[1].trim(), fields[2].trim()));
	}
	return { changes, moreToCome: false };
}

/** Stock changes as XML, of the main stock site; what further sites have goes along beside it. */
export function parseStockXml(
	body: Buffer,
	{ mainStockSite }: SpecterDialect = assumedSpecter,
): PendingChanges<StockChange> | undefined {
	const answer = answerWith(body, 'stockChanges');
	if (!answer) return undefined;
	const sites = childrenNamed(answer.list, 'stock').map((site) =>
		childrenNamed(site, 'articles').flatMap((articles) => childrenNamed(articles, 'article')),
	);
	const units = (article: XmlElement) => valueOf(article, 'noItemsAv');
	// An account that counts one site alone has it first, whichever is the main one of several.
	const mainAt = sites.length > mainStockSite ? mainStockSite : 0;
	const main = sites[mainAt] ?? [];
	const others = sites.filter((_, site) => site !== mainAt);
	const elsewhere = others.map(
		(site) => new Map(site.map((article) => [valueOf(article, 'articleNo'), units(article)])),
	);
	const changes = main.map((article) => {
		const articleNo = valueOf(article, 'articleNo');
		const otherSites = elsewhere.map((site) => site.get(articleNo));
		return readStock(articleNo, units(article), otherSites.length > 0 ? otherSites : undefined);
	});
	return { changes, moreToCome: false };
}

function readStock(
	articleNo: string | undefined,
	noItemsAvailable: string | undefined,
	otherSites?: Array<string | undefined>,
): StockChange {
	const change = stockChange.parse(told({ articleNo, noItemsAvailable, otherSites }));
	if (change.noItemsAvailable !== null) return change;
	return {
		...change,
		note: `Specter tells no number for ${change.articleNo || 'the article'}: "${noItemsAvailable ?? ''}"`,
	};
}

/** Article changes; a batch that is full is taken to have more behind it. */
export function parseArticles(
	body: Buffer,
	{ articleFields }: SpecterDialect = assumedSpecter,
): PendingChanges<ArticleChange> | undefined {
	const answer = answerWith(body, 'articles');
	if (!answer) return undefined;
	const changes = childrenNamed(answer.list, 'article').map((article) =>
		readArticle(article, articleFields),
	);
	const limit = Number(valueOf(answer.root, 'responseMaxLimit'));
	return { changes, moreToCome: limit > 0 && changes.length >= limit };
}

/** Fields of an article whose names are assumed, and those of its suppliers. Contract specter §4. */
export const assumedArticleFields = [
	'oldArticleNo',
	'vatPercent',
	'supplierArticleNo',
	'reorderPoint',
	'isPackage',
	'deleted',
	'notes',
] as const;
export const assumedSupplierFields = ['supplierNo', 'name', 'buyPrice', 'articleNo'] as const;

/** @param names what the account calls a field, where it is not as the contract has it */
function readArticle(element: XmlElement, names: Record<string, string>): ArticleChange {
	const called = (field: string) => names[field] ?? field.replace(/^.*\./, '');
	const suppliers = childrenNamed(element, called('suppliers'))[0];
	return articleChange.parse(
		told({
			articleNo: valueOf(element, 'articleNo'),
			name: valueOf(element, 'name'),
			priceExclVAT: valueOf(element, 'priceExclVat'),
			buyPrice: valueOf(element, 'buyPrice'),
			barCode: valueOf(element, 'barCode'),
			productWeight: valueOf(element, 'productWeight'),
			...valuesOf(element, assumedArticleFields, called),
			suppliers:
				suppliers &&
				childrenNamed(suppliers, called('supplier')).map((supplier) =>
					valuesOf(supplier, assumedSupplierFields, (field) => called(`supplier.${field}`)),
				),
		}),
	);
}

function valuesOf(
	element: XmlElement,
	fields: readonly string[],
	called: (field: string) => string,
): Record<string, string | undefined> {
	return Object.fromEntries(fields.map((field) => [field, valueOf(element, called(field))]));
}

/** Order changes: status and deliveries. */
export function parseOrders(
	body: Buffer,
	{ externalOrderNo }: SpecterDialect = assumedSpecter,
): PendingChanges<OrderChange> | undefined {
	const answer = answerWith(body, 'orders');
	if (!answer) return undefined;
	const more = valueOf(answer.root, 'moreInfoToFetch') ?? '';
	const changes = childrenNamed(answer.list, 'order').map((order) => {
		const [status] = childrenNamed(order, 'orderstatus');
		const [deliveries] = childrenNamed(order, 'deliveries');
		return orderChange.parse({
			orderNo: valueOf(order, 'orderNo'),
			externalOrderNo: valueOf(order, externalOrderNo),
			deliveryStatus: status && valueOf(status, 'deliveryStatus'),
			statusId: status && valueOf(status, 'statusId'),
			deliveries: childrenNamed(deliveries, 'delivery').map((delivery) => ({
				trackingNo: valueOf(delivery, 'trackingNo'),
			})),
			deliveriesUpdated: deliveries && valueOf(deliveries, 'updated'),
		});
	});
	return { changes, moreToCome: /^(1|-1|true)$/i.test(more) };
}

/** What a queue's answer tells beside its list (contract specter §4). */
const HEADER = new Set(['responsemaxlimit', 'moreinfotofetch']);

/** Roots that are no queue's, however little is in them. */
const OTHER_ROOTS = new Set(['html', 'apiresponse']);

/** The answer's root and the element with the queue's records; none in it where the root has no list at all. */
function answerWith(
	body: Buffer,
	name: string,
): { root: XmlElement; list: XmlElement } | undefined {
	const root = parseXml(decodeAnswer(body).trim());
	if (!root) return undefined;
	const isBare =
		root.text.trim() === '' &&
		!OTHER_ROOTS.has(root.name) &&
		root.children.every(({ name: part, children }) => HEADER.has(part) && children.length === 0);
	const list = elementsNamed(root, name)[0] ?? (isBare ? root : undefined);
	return list && { root, list };
}
