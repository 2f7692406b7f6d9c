import { invalid, notFound } from './apiError';
import type { Resource, VendreDialect } from './dialect';
import type { VendreShop } from './shop';

export type Query = Readonly<Record<string, string>>;

export interface Page {
	list: object[];
	remaining: number;
}

/** The filters of contract vendre §1. */
type Filter = 'ids' | 'article_number' | 'match';

const FILTERS: Readonly<Record<Resource, readonly Filter[]>> = {
	products: ['ids', 'article_number'],
	categories: [],
	customers: ['match'],
	orders: [],
};

/** A page of all rows, or of those that a filter asks for. @throws ApiError */
export function listOf(shop: VendreShop, resource: Resource, query: Query): Page {
	const { dialect } = shop;
	if (resource === 'orders' && dialect.readable.orders === false) throw notFound('list of orders');
	checkQuery(shop, query, FILTERS[resource]);
	const offset = wholeNumber(query, 'offset', 0, Infinity) ?? 0;
	const size = wholeNumber(query, 'page_size', 1, dialect.mostRows) ?? dialect.defaultRows;
	const { listOrder } = dialect;
	const asked = rowsAskedFor(shop, resource, query);
	if (asked) return pageOf(asked, offset, size, listOrder);
	if (resource === 'categories') return pageOf(shop.categories, offset, size, listOrder);
	return shop.shelves[resource].page(offset, size, listOrder);
}

/**
 * Filters go by the contract's name and by the shop's own; which of them has an effect is another matter.
 *
 * @throws ApiError 422 for a parameter that is none of these
 */
export function checkQuery(
	{ dialect }: VendreShop,
	query: Query,
	filters: readonly Filter[],
): void {
	const own = filters.flatMap((filter) => dialect.filterNames[filter] ?? []);
	for (const name of Object.keys(query)) {
		if (!['page_size', 'offset', ...filters, ...own].includes(name)) {
			throw invalid(`Unknown parameter ${name}`);
		}
	}
}

/** Ascending by id; undefined where no filter that the shop knows was sent. */
function rowsAskedFor(shop: VendreShop, resource: Resource, query: Query): object[] | undefined {
	const { filters, filterNames } = shop.dialect;
	const known: readonly Filter[] = [...filters.products, ...filters.customers];
	const valueOf = (filter: Filter) => query[filterNames[filter] ?? filter];
	const filter = FILTERS[resource].find(
		(name) => known.includes(name) && valueOf(name) !== undefined,
	);
	switch (filter) {
		case 'ids':
			return productsWithIds(shop, valueOf(filter));
		case 'article_number':
			return [shop.productShelf.withArticleNo(valueOf(filter)) ?? []].flat();
		case 'match':
			return shop.customerShelf.withEmail(valueOf(filter));
		default:
			return undefined;
	}
}

function productsWithIds(shop: VendreShop, ids: string): object[] {
	if (!/^\d+(,\d+)*$/.test(ids)) throw invalid('ids must be numbers with commas between them');
	const numbers = [...new Set(ids.split(',').map(Number))].sort((a, b) => a - b);
	const { mostIds } = shop.dialect;
	if (numbers.length > mostIds) throw invalid(`ids: at most ${mostIds}`);
	return numbers.flatMap((id) => shop.products.get(id) ?? []);
}

/** @param rows ascending by id */
function pageOf(
	rows: object[],
	offset: number,
	size: number,
	order: VendreDialect['listOrder'],
): Page {
	const ordered = order === 'ascending' ? rows : rows.toReversed();
	const list = ordered.slice(offset, offset + size);
	return { list, remaining: Math.max(0, rows.length - offset - list.length) };
}

function wholeNumber(query: Query, name: string, least: number, most: number): number | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	const number = Number(value);
	if (!/^\d+$/.test(value) || number < least || number > most) {
		throw invalid(`${name} must be a whole number from ${least} to ${most}`);
	}
	return number;
}
