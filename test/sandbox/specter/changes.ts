import type { Answer } from '../http';
import { escaped, plain, xml } from './answers';
import type { SpecterArticle } from './articles';
import type { SpecterDialect } from './dialect';
import type { SpecterOrder } from './orders';

/** Stands in XML where Specter has no number to tell. */
const NO_NUMBER = 'noItemsAvailable';

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

/** Stock changes as XML: one `stock` per stock site, main site first; the main site alone unless all are asked for. */
export function stockChangesAsXml(
	articles: readonly SpecterArticle[],
	allSites: boolean,
	dialect: SpecterDialect,
): Answer {
	const number = numberFormat(dialect);
	const mostSites = allSites ? Math.max(1, ...articles.map(({ stock }) => stock.length)) : 1;
	const sites = Array.from({ length: mostSites }, (_, site) => {
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

/** Article changes: new, changed, renamed and deleted articles. */
export function articleChanges(
	articles: readonly SpecterArticle[],
	dialect: SpecterDialect,
): Answer {
	const number = numberFormat(dialect);
	const text = dialect.xmlCdata ? cdata : escaped;
	const rows = articles.map((article) => {
		const attributes = {
			buyPrice: number(article.buyPrice),
			priceExclVat: number(article.priceExclVAT),
			barCode: article.barCode,
			productWeight: number(article.productWeight),
			vatPercent: number(article.vatPercent),
			supplierArticleNo: article.supplierArticleNo,
			reorderPoint: number(article.reorderPoint),
			isPackage: article.isPackage ? 1 : 0,
			deleted: article.deleted ? 1 : 0,
			oldArticleNo: article.formerArticleNos.at(-1) ?? '',
		};
		const suppliers = article.suppliers.map(({ supplierNo, name, buyPrice, articleNo }) =>
			element('supplier', '', { supplierNo, name, buyPrice: number(buyPrice), articleNo }),
		);
		const children = [
			element('articleNo', escaped(article.articleNo)),
			element('name', text(article.name)),
			element('notes', text(article.notes)),
			element('suppliers', suppliers.join('')),
		];
		return element('article', children.join(''), attributes);
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
		const status = element('orderstatus', '', { deliveryStatus, statusId });
		const parcels = deliveries.map(({ trackingNo }) => element('delivery', '', { trackingNo }));
		return element(
			'order',
			status + element('deliveries', parcels.join(''), { updated: deliveries.length > 0 ? 1 : 0 }),
			{ orderNo, externalOrderNo },
		);
	});
	return root(
		dialect,
		element('moreInfoToFetch', more ? '1' : '0') + element('orders', rows.join('')),
	);
}

function root(dialect: SpecterDialect, content: string): Answer {
	return xml(element(dialect.xmlRoot, content), dialect);
}

/** A section ends at the first `]]>`, so a text that holds one takes two sections. */
function cdata(value: string): string {
	return value === '' ? '' : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** @param content XML already; attribute values are escaped here */
function element(
	name: string,
	content: string,
	attributes: Record<string, string | number> = {},
): string {
	const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
	return content === ''
		? `<${name}${written.join('')}/>`
		: `<${name}${written.join('')}>${content}</${name}>`;
}

function numberFormat({ xmlDecimalSeparator }: SpecterDialect): (value: string | number) => string {
	return (value) => String(value).replace('.', xmlDecimalSeparator);
}
