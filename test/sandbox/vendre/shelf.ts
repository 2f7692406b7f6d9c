import type { VendreDialect } from './dialect';

/** Records by id, with pages that cost no scan. */
export class Shelf<Row extends { id: number }> {
	readonly byId = new Map<number, Row>();

	/** Ascending; may hold ids that are gone until the next page is read. */
	private ids: number[] = [];
	private isSorted = true;
	private lastId = 0;

	get nextId(): number {
		return this.lastId + 1;
	}

	add(row: Row): void {
		if (!this.byId.has(row.id)) {
			if (row.id < this.lastId) this.isSorted = false;
			this.ids.push(row.id);
			this.lastId = Math.max(this.lastId, row.id);
		}
		this.byId.set(row.id, row);
	}

	/** @returns whether there was such a row */
	remove(id: number): boolean {
		return this.byId.delete(id);
	}

	page(
		offset: number,
		size: number,
		order: VendreDialect['listOrder'],
	): { list: Row[]; remaining: number } {
		if (this.ids.length !== this.byId.size) this.ids = this.ids.filter((id) => this.byId.has(id));
		if (!this.isSorted) this.ids.sort((a, b) => a - b);
		this.isSorted = true;
		const end = Math.max(0, this.ids.length - offset);
		const ids =
			order === 'ascending'
				? this.ids.slice(offset, offset + size)
				: this.ids.slice(Math.max(0, end - size), end).reverse();
		const list = ids.map((id) => this.byId.get(id) as Row);
		return { list, remaining: Math.max(0, this.ids.length - offset - list.length) };
	}
}
