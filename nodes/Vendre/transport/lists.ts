import type { IDataObject } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import type { RequestContext } from '../../shared/http';
import { vendreRequest } from './client';
import { PAGE_SIZE } from './dialect';
import { shopDialect } from './shop';
import { fromShop, isRecord } from './translation';

/** One page of a list: its rows, and how many rows come after it. */
export interface Page {
	rows: IDataObject[];
	remaining: number;
}

/**
 * Reads one page of a list (contract vendre §1), its rows in the words of the contract.
 * @throws {NodeApiError} when the answer is not `{"list": […], "remaining": n}`
 */
export async function readPage(
	context: RequestContext,
	resource: string,
	qs: IDataObject,
): Promise<Page> {
	const answer = await vendreRequest(context, { method: 'GET', path: resource, qs });
	const page = pageIn(answer);
	if (!page) {
		throw apiError(context.getNode(), {
			message: `Vendre answered GET ${resource} with no list`,
			description: 'Check the API path in the credential.',
			retryable: true,
		});
	}
	const dialect = await shopDialect(context);
	// A row that is no record is one without an id, which concerns nobody but itself.
	const rows = page.rows.map((row) => fromShop(resource, isRecord(row) ? row : {}, dialect));
	return { ...page, rows };
}

/** The page in an answer, also where `{"data": …}` stands around the list or in its place. */
export function pageIn(answer: unknown): Page | undefined {
	const outer = (answer ?? {}) as { list?: unknown; data?: unknown; remaining?: unknown };
	const inner = (outer.data ?? {}) as { list?: unknown; remaining?: unknown };
	const rows = [outer.list, inner.list, outer.data].find(Array.isArray);
	if (!rows) return undefined;
	const remaining = Number(outer.remaining ?? inner.remaining) || 0;
	return { rows: rows as IDataObject[], remaining };
}

/** All rows of a list from `offset` on, a page at a time; ends at the last or an empty page. */
export async function* pages(
	context: RequestContext,
	resource: string,
	offset = 0,
): AsyncGenerator<IDataObject[]> {
	const page_size = PAGE_SIZE;
	for (;;) {
		const { rows, remaining } = await readPage(context, resource, { page_size, offset });
		if (rows.length > 0) yield rows;
		if (rows.length === 0 || remaining <= 0) return;
		offset += rows.length;
	}
}

/** The first `limit` rows of a list. */
export async function firstRows(
	context: RequestContext,
	resource: string,
	limit: number,
): Promise<IDataObject[]> {
	const rows: IDataObject[] = [];
	for await (const page of pages(context, resource)) {
		rows.push(...page);
		if (rows.length >= limit) break;
	}
	return rows.slice(0, limit);
}

/**
 * The `count` rows with the highest ids, ascending, without a scan: a one-row call gives the length
 * of the list, and the newest rows stand at its end. Whether they do is checked: where the list comes
 * newest first, they are taken from its beginning. Contract vendre §1.
 */
export async function newestRows(
	context: RequestContext,
	resource: string,
	count: number,
): Promise<IDataObject[]> {
	const first = await readPage(context, resource, { page_size: 1, offset: 0 });
	const total = first.rows.length + first.remaining;
	const tail: IDataObject[] = [];
	for await (const page of pages(context, resource, Math.max(0, total - count))) {
		tail.push(...page);
	}
	const newestFirst = total > count && tail.length > 0 && idOf(first.rows[0]) > idOf(tail[0]);
	const rows = newestFirst ? await firstRows(context, resource, count) : tail;
	return rows.sort((a, b) => idOf(a) - idOf(b)).slice(-count);
}

const idOf = (row: IDataObject) => Number(row.id);
