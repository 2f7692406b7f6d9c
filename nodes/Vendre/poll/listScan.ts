import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { PAGE_SIZE } from '../transport/dialect';
import { newestRows, readPage } from '../transport/lists';

/** Rows read again where a pass goes on that an earlier poll broke off, since rows may be gone by then. */
const OVERLAP_OF_PASS = 50;
/** How many pages are gone back to find where the list goes on. */
const MOST_STEPS_BACK = 20;

/** Some rows of the list, none of them given before, and the offset at which to go on after them. */
export interface ScannedRows {
	rows: IDataObject[];
	/** When the shop was asked for them. */
	readAt: Date;
	next: number;
}

/**
 * The shop's list from an offset to its end, page by page (contract vendre §1). Rows deleted while it is
 * read move the others up, so each page begins with the last row of the one before; where it does not,
 * earlier pages are read again.
 */
export class ListScan {
	/** Ids of the rows that were read. */
	readonly seen = new Set<number>();
	isAtEnd = false;
	/** Whether what was read is the whole list, with no gap that could not be closed. */
	isWhole: boolean;

	private offset: number;
	private stepsBack = 0;

	constructor(
		private readonly context: IPollFunctions,
		private readonly list: string,
		offset: number,
	) {
		this.offset = Math.max(0, offset - OVERLAP_OF_PASS);
		this.isWhole = this.offset === 0;
	}

	/** @throws {NodeApiError} when a page cannot be read */
	async *pages(): AsyncGenerator<ScannedRows> {
		while (!this.isAtEnd) {
			const start = Math.max(0, this.offset - 1);
			const readAt = new Date();
			const { rows, remaining } = await readPage(this.context, this.list, {
				page_size: PAGE_SIZE,
				offset: start,
			});
			const isGap = start > 0 && !this.joinsOn(rows);
			if (isGap && this.stepsBack < MOST_STEPS_BACK) {
				this.stepsBack++;
				this.offset = Math.max(0, start - PAGE_SIZE);
				continue;
			}
			if (isGap) this.isWhole = false;
			// One row further at least, even where a shop gives one row a page.
			this.offset = Math.max(start + rows.length, this.offset + 1);
			this.isAtEnd = rows.length === 0 || remaining <= 0;
			yield { rows: this.notSeen(rows), readAt, next: this.offset };
		}
	}

	private joinsOn([first]: IDataObject[]): boolean {
		if (first === undefined) return false;
		return this.seen.size === 0 || this.seen.has(Number(first.id));
	}

	private notSeen(rows: IDataObject[]): IDataObject[] {
		return rows.filter(({ id }) => {
			const isNew = !this.seen.has(Number(id));
			this.seen.add(Number(id));
			return isNew;
		});
	}
}

/** The newest rows alone, which are read at one go. */
export class NewestScan implements Pick<ListScan, 'seen' | 'isAtEnd' | 'isWhole' | 'pages'> {
	readonly seen = new Set<number>();
	readonly isWhole = false;
	isAtEnd = false;

	constructor(
		private readonly context: IPollFunctions,
		private readonly list: string,
		private readonly count: number,
	) {}

	/** @throws {NodeApiError} when a page cannot be read */
	async *pages(): AsyncGenerator<ScannedRows> {
		const readAt = new Date();
		const rows = await newestRows(this.context, this.list, this.count);
		this.isAtEnd = true;
		yield { rows, readAt, next: 0 };
	}
}
