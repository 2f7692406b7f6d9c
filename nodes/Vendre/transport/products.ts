import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { toNodeError } from '../../shared/items';
import { readRecord } from './client';
import { vendreDialect } from './dialect';
import { pages, readPage } from './lists';

/**
 * The product with exactly this article number, or undefined. The shop's filter is assumed: rows
 * that do not match show that it is not honoured, and the catalogue is scanned instead.
 * Contract vendre §1.
 */
export async function productByArticleNumber(
	context: RequestContext,
	articleNumber: string,
): Promise<IDataObject | undefined> {
	const find = (rows: IDataObject[]) =>
		rows.find((row) => String(row.article_number) === articleNumber);
	const { rows } = await readPage(context, 'products', {
		[vendreDialect.filters.articleNumber]: articleNumber,
		page_size: vendreDialect.pageSize,
	});
	if (find(rows) || rows.length === 0) return find(rows);
	for await (const page of pages(context, 'products')) {
		if (find(page)) return find(page);
	}
	return undefined;
}

/**
 * The products with these ids, by id; a product that the shop no longer has is missing. Asked for 50
 * at a time; where the shop ignores the filter, one by one. Contract vendre §1.
 */
export async function productsByIds(
	context: RequestContext,
	ids: readonly number[],
	limit: number,
): Promise<Map<number, IDataObject>> {
	const products = new Map<number, IDataObject>();
	const wanted = [...new Set(ids)];
	const calls = inParts(wanted, vendreDialect.idsPerCall);
	await mapBounded(calls, limit, async (asked) => {
		const { rows, honoured } = await askByIds(context, asked);
		for (const row of rows) products.set(Number(row.id), row);
		if (honoured) return;
		for (const id of asked) {
			const product = products.get(id) ?? (await productById(context, id));
			if (product) products.set(id, product);
		}
	});
	return products;
}

async function askByIds(context: RequestContext, ids: number[]) {
	const asked = new Set(ids);
	const page = await readPage(context, 'products', {
		[vendreDialect.filters.productIds]: ids.join(','),
		page_size: vendreDialect.pageSize,
	});
	const rows = page.rows.filter((row) => asked.has(Number(row.id)));
	return { rows, honoured: rows.length === page.rows.length };
}

async function productById(context: RequestContext, id: number): Promise<IDataObject | undefined> {
	try {
		return await readRecord(context, 'products', id);
	} catch (error) {
		if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
		throw toNodeError(context.getNode(), error) as NodeApiError;
	}
}
