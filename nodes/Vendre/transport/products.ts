import type { IDataObject } from 'n8n-workflow';
import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { readRecordIfAny } from './client';
import { PAGE_SIZE } from './dialect';
import { readPage } from './lists';
import { shopDialect } from './shop';

/** A row with no more than id, number and these fields, so that thousands of them take little room. */
export function slim(row: IDataObject, fields?: readonly string[]): IDataObject {
	if (!fields) return row;
	const kept = ['id', 'article_number', ...fields].filter((field) => field in row);
	return Object.fromEntries(kept.map((field) => [field, row[field]]));
}

/**
 * The products with these ids, by id; a product that the shop no longer has is missing. Asked for 50
 * at a time; where the shop ignores the filter, one by one. Contract vendre §1.
 * @param fields what to keep of each product besides id and number; everything where left out
 */
export async function productsByIds(
	context: RequestContext,
	ids: Iterable<number>,
	limit: number,
	fields?: readonly string[],
): Promise<Map<number, IDataObject>> {
	const products = new Map<number, IDataObject>();
	const wanted = [...new Set(ids)];
	const { idsPerCall } = await shopDialect(context);
	const calls = inParts(wanted, idsPerCall);
	await mapBounded(calls, limit, async (asked) => {
		const { rows, honoured } = await askByIds(context, asked);
		for (const row of rows) products.set(Number(row.id), slim(row, fields));
		if (honoured) return;
		for (const id of asked) {
			const product = products.get(id) ?? (await readRecordIfAny(context, 'products', id));
			if (product) products.set(id, slim(product, fields));
		}
	});
	return products;
}

/** One call by ids: the rows that were asked for, and whether no others came. */
export async function askByIds(context: RequestContext, ids: number[]) {
	const asked = new Set(ids);
	const { filters } = await shopDialect(context);
	const page = await readPage(context, 'products', {
		[filters.ids]: ids.join(','),
		page_size: PAGE_SIZE,
	});
	const rows = page.rows.filter((row) => asked.has(Number(row.id)));
	return { rows, honoured: rows.length === page.rows.length };
}
