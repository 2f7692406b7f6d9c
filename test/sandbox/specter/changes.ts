import type { Answer } from '../http';
import { plain, xml } from './answers';
import type { SpecterArticle } from './articles';
import type { ArticleFieldName, SpecterDialect } from './dialect';
import { cdata, element, escaped } from './elements';
import type { SpecterOrder } from './orders';

/** Stands in XML where Specter has no number to tell. */
const NO_NUMBER = 'noItemsAvailable';

/** The main site among an article's own. */
const MAIN = 0;

/** Stock changes as text: rows that end with CR, the first one names the fields. */
export function stockChangesAsText(
	articles: readonly SpecterArticle[],
	batchNo: string,
	{ textDecimalSeparator }: SpecterDialect,
): Answer {
	const rows = articles.map(({ specterArticleId, articleNo, stock: [{ available }] }) => {
		const number = String(available ?? NO_NUMBER).replace('.', textDecimalSeparator);
		return [specterArticleId, articleNo, number, batchNo].join(';');
	});
	const lines = ['specterArticleId;articleNo;noItemsAvailable;batchId', ...rows];
	return plain(lines.map((line) => `${line}\r`).join(''));
}

/** Stock changes as XML: one `stock` per stock site; the main site alone unless all are asked for. */
export function stockChangesAsXml(
	articles: readonly SpecterArticle[],
	allSites: boolean,
	dialect: SpecterDialect,
): Answer {
	const number = numberFormat(dialect);
	const sites = (allSites ? sitesOf(articles, dialect) : [MAIN]).map((site) => {
		const rows = articles
			.filter(({ stock }) => stock.length > site)
			.map(({ articleNo, stock: { [site]: place } }) =>
				element(
					'article',
					element('articleNo', escaped(articleNo)) +
						element('noItemsAv', place.available === null ? NO_NUMBER : number(place.available)),
				),
			);
		return element('stock', element('articles', rows.join('')));
	});
	return root(dialect, element('stockChanges', sites.join('')));
}

/** The sites of these articles as the account lists them, the ones before the main site always. */
function sitesOf(
	articles: readonly SpecterArticle[],
	{ mainStockSite }: SpecterDialect,
): readonly number[] {
	const count = Math.max(mainStockSite + 1, ...articles.map(({ stock }) => stock.length));
	const others = Array.from({ length: count - 1 }, (_, index) => index + 1);
	return others.toSpliced(mainStockSite, 0, MAIN);
}

/** What the contract calls the fields of an article whose names it assumes. */
const ARTICLE_FIELDS: Record<ArticleFieldName, string> = {
	vatPercent: 'vatPercent',
	supplierArticleNo: 'supplierArticleNo',
	reorderPoint: 'reorderPoint',
	isPackage: 'isPackage',
	deleted: 'deleted',
	oldArticleNo: 'oldArticleNo',
	notes: 'notes',
	suppliers: 'suppliers',
	supplier: 'supplier',
	'supplier.supplierNo': 'supplierNo',
	'supplier.name': 'name',
	'supplier.buyPrice': 'buyPrice',
	'supplier.articleNo': 'articleNo',
};

/** Article changes: new, changed, renamed and deleted articles. */
export function articleChanges(
	articles: readonly SpecterArticle[],
	dialect: SpecterDialect,
): Answer {
	const number = numberFormat(dialect);
	const text = dialect.xmlCdata ? cdata : escaped;
	const names = { ...ARTICLE_FIELDS, ...dialect.articleFieldNames };
	const rows = articles.map((article) => {
		const suppliers = article.suppliers.map(({ supplierNo, name, buyPrice, articleNo }) =>
			element(names.supplier, '', [
				[names['supplier.supplierNo'], supplierNo],
				[names['supplier.name'], name],
				[names['supplier.buyPrice'], number(buyPrice)],
				[names['supplier.articleNo'], articleNo],
			]),
		);
		const children = [
			element('articleNo', escaped(article.articleNo)),
			element('name', text(article.name)),
			element(names.notes, text(article.notes)),
			element(names.suppliers, suppliers.join('')),
		];
		return element('article', children.join(''), [
			['buyPrice', number(article.buyPrice)],
			['priceExclVat', number(article.priceExclVAT)],
			['barCode', article.barCode],
			['productWeight', number(article.productWeight)],
			[names.vatPercent, number(article.vatPercent)],
			[names.supplierArticleNo, article.supplierArticleNo],
			[names.reorderPoint, number(article.reorderPoint)],
			[names.isPackage, article.isPackage ? 1 : 0],
			[names.deleted, article.deleted ? 1 : 0],
			[names.oldArticleNo, article.formerArticleNos.at(-1) ?? ''],
		]);
	});
	const { articlesPerBatch: most } = dialect;
	const limit = dialect.responseMaxLimit === 'limit' ? most : Number(articles.length >= most);
	return root(
		dialect,
		element('responseMaxLimit', String(limit)) + element('articles', rows.join('')),
	);
}

/** Order changes: status and deliveries. */
export function orderChanges(
	orders: readonly SpecterOrder[],
	more: boolean,
	dialect: SpecterDialect,
): Answer {
	const rows = orders.map(({ orderNo, externalOrderNo, deliveryStatus, statusId, deliveries }) => {
		const status = element('orderstatus', '', [
			['deliveryStatus', deliveryStatus],
			['statusId', statusId],
		]);
		const parcels = deliveries.map(({ trackingNo }) =>
			element('delivery', '', [['trackingNo', trackingNo]]),
		);
		const updated = element('deliveries', parcels.join(''), [
			['updated', deliveries.length > 0 ? 1 : 0],
		]);
		return element('order', status + updated, [
			['orderNo', orderNo],
			[dialect.externalOrderNoName, externalOrderNo],
		]);
	});
	return root(
		dialect,
		element('moreInfoToFetch', more ? '1' : '0') + element('orders', rows.join('')),
	);
}

function root(dialect: SpecterDialect, content: string): Answer {
	return xml(element(dialect.xmlRoot, content), dialect);
}

function numberFormat({ xmlDecimalSeparator }: SpecterDialect): (value: string | number) => string {
	return (value) => String(value).replace('.', xmlDecimalSeparator);
}
