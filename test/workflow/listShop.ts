import type { IDataObject } from 'n8n-workflow';
import { VENDRE_DIALECT } from '../sandbox/vendre/dialect';
import type { Systems } from './engine';
import { standIn, type StandIn } from './standIn';

type Row = IDataObject & { id: number };

/** How a shop deals with its lists, where the contract leaves it open or something goes wrong. */
export interface ListHabits {
	/** The most rows that it gives a page. Default 250. */
	mostRows?: number;
	/** Whether the rows with the highest ids stand first. */
	newestFirst?: boolean;
}

/** A call for a page or a record, as the path from the resource on and its query. */
export interface ListCall {
	path: string;
	offset: number;
	pageSize: number;
}

/** A shop that has lists and nothing else; a test changes its rows as it likes. */
export class ListShop {
	/** By ascending id. */
	readonly lists: Record<string, Row[]> = { products: [], customers: [], orders: [] };
	calls: ListCall[] = [];
	habits: ListHabits = {};
	/** Asked before each answer; a status is answered instead. */
	before: (call: ListCall) => number | undefined | void = () => undefined;

	private constructor(private readonly base: Systems['vendre']['credentials']) {}

	static async start(): Promise<ListShop> {
		const shop = new ListShop({ ...VENDRE_CREDENTIALS });
		const server: StandIn = await standIn(({ url }) => shop.answer(new URL(url, 'http://shop')));
		shop.base.shopUrl = server.url;
		return shop;
	}

	/** Both systems' credentials; nobody talks to Specter here. */
	get systems(): Systems {
		return { vendre: { credentials: this.base }, specter: { credentials: {} } };
	}

	get host(): string {
		return new URL(this.base.shopUrl as string).host;
	}

	/** The offsets of the pages that were asked for. */
	get offsets(): number[] {
		return this.calls.map(({ offset }) => offset);
	}

	row(list: string, id: number): Row {
		const found = this.lists[list].find((row) => row.id === id);
		if (!found) throw new Error(`The shop has no ${list}/${id}`);
		return found;
	}

	remove(list: string, id: number): void {
		this.lists[list] = this.lists[list].filter((row) => row.id !== id);
	}

	private answer({ pathname, searchParams }: URL) {
		const path = pathname.replace(/^\/API\/1\//, '');
		const call = {
			path,
			offset: Number(searchParams.get('offset')),
			pageSize: Number(searchParams.get('page_size')),
		};
		this.calls.push(call);
		const status = this.before(call);
		if (status) return { status, body: '{"errors":[{"detail":"No"}]}' };
		const [list, id] = path.split('/');
		if (id) {
			const record = this.lists[list].find((row) => row.id === Number(id));
			return record ? { body: JSON.stringify(record) } : { status: 404, body: '{}' };
		}
		const rows = this.habits.newestFirst ? this.lists[list].toReversed() : this.lists[list];
		const size = Math.min(call.pageSize, this.habits.mostRows ?? VENDRE_DIALECT.mostRows);
		const page = rows.slice(call.offset, call.offset + size);
		const remaining = Math.max(0, rows.length - call.offset - page.length);
		return { body: JSON.stringify({ list: page, remaining }) };
	}
}

const VENDRE_CREDENTIALS = {
	shopUrl: '',
	apiKey: 'list-shop-key',
	webhookSecret: '',
	apiPath: '/API/1',
	authHeader: 'X-Authorization',
	saveVerb: 'PUT',
};
