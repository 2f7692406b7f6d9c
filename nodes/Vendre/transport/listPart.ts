import type { IDataObject } from 'n8n-workflow';
import type { RequestContext } from '../../shared/http';
import { PAGE_SIZE } from './dialect';
import { readPage, type Page } from './lists';

/** Rows read again where a list is gone on with, so that rows deleted meanwhile hide no others. */
const OVERLAP = 5;

/** How far a list has been read. */
export interface Position {
	offset: number;
	/** The highest id so far; 0 at the beginning. */
	lastId: number;
}

/** A part of a list. */
export interface ListPart {
	rows: IDataObject[];
	/** Where the next part begins. */
	next: Position;
	/** How many rows the list has. */
	total: number;
	isLast: boolean;
}

/**
 * The next `size` rows of a list that is worked through in parts, with other things done in between.
 * Rows deleted meanwhile shift the list: so a part begins some rows earlier, or as far back as it takes
 * to meet a row that was read before, and drops those by their ids. Where a list does not come by
 * ascending id (contract vendre §1), some rows come again.
 * @throws {NodeApiError} when a page cannot be read
 */
export async function listPart(
	context: RequestContext,
	resource: string,
	from: Position,
	size: number,
): Promise<ListPart> {
	const read = async (offset: number, wanted: number) =>
		await readPage(context, resource, {
			page_size: Math.min(PAGE_SIZE, wanted),
			offset,
		});

	let offset = from.lastId > 0 ? Math.max(0, from.offset - OVERLAP) : from.offset;
	let page = await read(offset, size + OVERLAP);
	while (offset > 0 && hasMovedUp(page, from.lastId)) {
		offset = Math.max(0, offset - PAGE_SIZE);
		page = await read(offset, PAGE_SIZE);
	}

	const rows: IDataObject[] = [];
	for (;;) {
		const fresh = isAscending(page)
			? page.rows.filter((row) => idOf(row) > from.lastId)
			: page.rows;
		const taken = fresh.slice(0, size - rows.length);
		rows.push(...taken);
		const total = offset + page.rows.length + page.remaining;
		const leftOver = fresh.length - taken.length;
		const after = offset + page.rows.length - leftOver;
		const isLast = leftOver === 0 && (page.remaining <= 0 || page.rows.length === 0);
		if (isLast || rows.length >= size) {
			const lastId = rows.reduce((highest, row) => Math.max(highest, idOf(row)), from.lastId);
			return { rows, next: { offset: after, lastId }, total, isLast };
		}
		offset = after;
		page = await read(offset, size - rows.length);
	}
}

const idOf = (row: IDataObject) => Number(row.id);

const isAscending = ({ rows }: Page) =>
	rows.every((row, index) => index === 0 || idOf(row) > idOf(rows[index - 1]));

/** Whether so many rows were deleted that the list may go on before this page. */
const hasMovedUp = (page: Page, lastId: number) =>
	page.rows.length === 0 || (isAscending(page) && idOf(page.rows[0]) > lastId);
