import type { IDataObject } from 'n8n-workflow';
import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { readRecordIfAny } from './client';
import { PAGE_SIZE } from './dialect';
import { readPage } from './lists';
import { shopDialect } from './shop';
import { productIndexOf, type ProductIndex, type Scanned } from './productIndex';
import { askByIds, slim } from './products';

/** Rows read again at the end of the last scan, so that products deleted since then hide no new ones. */
const OVERLAP = 100;

/** The number by which Specter knows a product. */
export const articleNumberOf = (row: IDataObject) => String(row.article_number ?? '').trim();

const isLike = (row: IDataObject, number: string) =>
	articleNumberOf(row).toLowerCase().includes(number.toLowerCase());

/** One look-up: what is still wanted, and where the rows that come in are put. */
interface LookUp {
	context: RequestContext;
	index: ProductIndex;
	limit: number;
	/** Article numbers without an answer so far. */
	open: Set<string>;
	take(rows: IDataObject[]): void;
}

/**
 * The products with exactly these article numbers, by number; one that the shop does not have is
 * missing. Numbers seen before are asked for by id, 50 a call, and an id that has come to carry another
 * number is dropped. The others are asked for one by one, or, where that takes more calls, the whole
 * list is read once. A shop that ignores the filters (contract vendre §1) is always read whole, but not
 * again within ten minutes for a number that it does not have.
 * @param fields what to keep of each product besides id and number; everything where left out
 */
export async function productsByArticleNumbers(
	context: RequestContext,
	articleNumbers: Iterable<string>,
	limit: number,
	fields?: readonly string[],
): Promise<Map<string, IDataObject>> {
	const found = new Map<string, IDataObject>();
	const index = await productIndexOf(context);
	const open = new Set(articleNumbers);
	const take = (rows: IDataObject[]) => {
		for (const row of rows) {
			const articleNumber = articleNumberOf(row);
			if (open.delete(articleNumber)) found.set(articleNumber, slim(row, fields));
		}
	};
	const lookUp = { context, index, limit, open, take };
	// A further round is for numbers whose id was out of date, and for a filter found to be ignored.
	while (open.size > 0) await round(lookUp);
	return found;
}

/** Answers what is open in the cheapest way that is known to work. */
async function round(lookUp: LookUp): Promise<void> {
	const { context, index, open } = lookUp;
	const known = [...open].filter((number) => index.idOf(number) !== undefined);
	const unknown = [...open].filter((number) => index.idOf(number) === undefined);

	if (unknown.length > 1 || (index.ignores.productIds && known.length > 1)) {
		index.length ??= await lengthOfList(context);
	}
	const pages =
		index.length === undefined ? Infinity : Math.max(1, Math.ceil(index.length / PAGE_SIZE));
	const { idsPerCall } = await shopDialect(context);
	const byId = index.ignores.productIds ? known.length : Math.ceil(known.length / idsPerCall);
	const filterFails = index.ignores.articleNumber && unknown.length > 0;
	// The whole list, where it is read for the known ones, tells of products renumbered since the last scan.
	const freshScan = byId > pages ? undefined : index.freshScan;
	if (!filterFails && byId + unknown.length <= pages) {
		await askForKnown(lookUp, known);
		await askForUnknown(lookUp, unknown);
	} else if (freshScan && pages > 1 && (filterFails || unknown.length > pages)) {
		await readOnFromScan(lookUp, unknown, freshScan);
	} else {
		await readWholeList(lookUp);
	}
}

async function lengthOfList(context: RequestContext): Promise<number> {
	const { rows, remaining } = await readPage(context, 'products', { page_size: 1, offset: 0 });
	return rows.length + remaining;
}

/** By their ids; a number that its product no longer carries is forgotten, and so becomes unknown. */
async function askForKnown({ context, index, limit, open, take }: LookUp, numbers: string[]) {
	const receive = (rows: IDataObject[], asked: string[]) => {
		for (const row of rows) index.remember(articleNumberOf(row), Number(row.id));
		take(rows);
		for (const number of asked) if (open.has(number)) index.forget(number);
	};
	const idOf = (number: string) => index.idOf(number) as number;
	if (index.ignores.productIds) {
		await mapBounded(numbers, limit, async (number) => {
			const product = await readRecordIfAny(context, 'products', idOf(number));
			receive(product ? [product] : [], [number]);
		});
		return;
	}
	const { idsPerCall } = await shopDialect(context);
	await mapBounded(inParts(numbers, idsPerCall), limit, async (asked) => {
		if (index.ignores.productIds) return;
		const { rows, honoured } = await askByIds(context, asked.map(idOf));
		if (!honoured) index.ignores.productIds = true;
		receive(rows, honoured ? asked : []);
	});
}

/**
 * By the filter, one call each. A filter may be generous about capitals or take a part for the whole;
 * rows that have nothing of the number, and none that has it, show that it is ignored.
 */
async function askForUnknown({ context, index, limit, open, take }: LookUp, numbers: string[]) {
	const { filters } = await shopDialect(context);
	await mapBounded(numbers, limit, async (number) => {
		if (index.ignores.articleNumber) return;
		const { rows, remaining } = await readPage(context, 'products', {
			[filters.article_number]: number,
			page_size: PAGE_SIZE,
		});
		const product = rows.find((row) => articleNumberOf(row) === number);
		if (product) {
			index.remember(number, Number(product.id));
			take([product]);
		} else if (remaining > 0 || !rows.every((row) => isLike(row, number))) {
			index.ignores.articleNumber = true;
		} else {
			open.delete(number);
		}
	});
}

/**
 * Answers unknown numbers from the last scan and the rows that have come since: one call. Where these
 * do not join on to the scan, it no longer counts.
 */
async function readOnFromScan(
	{ context, index, open, take }: LookUp,
	numbers: string[],
	{ rows: seen, lastId }: Scanned,
) {
	const offset = Math.max(0, seen - OVERLAP);
	const { rows, remaining } = await readPage(context, 'products', { page_size: PAGE_SIZE, offset });
	const joinsOn = rows.some(({ id }) => Number(id) <= lastId) && remaining <= 0;
	if (!joinsOn) return index.dropScan();
	for (const row of rows) {
		if (Number(row.id) > lastId) index.remember(articleNumberOf(row), Number(row.id));
	}
	take(rows);
	for (const number of numbers) if (index.idOf(number) === undefined) open.delete(number);
}

/** The whole list, page by page, which answers everything. */
async function readWholeList({ context, index, open, take }: LookUp) {
	const ids = new Map<string, number>();
	let isAscending = true;
	let lastId = 0;
	let offset = 0;
	let total = 0;
	for (;;) {
		const { rows, remaining } = await readPage(context, 'products', {
			page_size: PAGE_SIZE,
			offset,
		});
		for (const row of rows) {
			const id = Number(row.id);
			const number = articleNumberOf(row);
			if (!ids.has(number)) ids.set(number, id);
			if (id < lastId) isAscending = false;
			lastId = Math.max(lastId, id);
		}
		take(rows);
		const end = offset + rows.length;
		// Where products were deleted meanwhile, rows moved up past this page: those are read again.
		const slipped = Math.max(0, total - end - remaining);
		total = end + remaining;
		if (slipped === 0 && (rows.length === 0 || remaining <= 0)) break;
		if (slipped > 0) isAscending = false;
		offset = slipped > 0 ? Math.max(0, offset - slipped) : end;
	}
	index.length = total;
	index.replace(ids, isAscending ? { rows: total, lastId } : undefined);
	open.clear();
}
