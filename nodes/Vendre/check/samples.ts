import type { IDataObject } from 'n8n-workflow';
import { mapBounded } from '../../shared/concurrency';
import { kindOf } from '../../shared/likelyName';
import { pageIn } from '../transport/lists';
import { unwrap } from '../transport/client';
import { ask, isDone, type Shop, type ShopAnswer } from './shop';

/** Rows of a list that are looked at, and how many of the newest orders are read by ID as well. */
const ROWS = 100;
const NEWEST_ORDERS = 30;
const AT_ONCE = 4;

export type List = 'products' | 'customers' | 'orders';

/** What was read of a list, as the shop wrote it. */
export interface Sample {
	/** The answer to a call for rows of the list. */
	list: ShopAnswer;
	/** Rows as they came in it. */
	rows: IDataObject[];
	/** How many the list has in all. */
	total: number;
	/** The answer to a call for one of them; undefined where there was none to ask for. */
	one?: ShopAnswer;
	/** Rows and whole records together, each once. */
	records: IDataObject[];
}

export type Samples = Record<List, Sample>;

/** Reads some of everything: products, customers, and the newest orders. Changes nothing. */
export async function readSamples(shop: Shop, orderId?: number): Promise<Samples> {
	const products = await sampleOf(shop, 'products');
	const customers = await sampleOf(shop, 'customers');
	return { products, customers, orders: await ordersOf(shop, orderId) };
}

async function sampleOf(shop: Shop, list: List): Promise<Sample> {
	const { answer, rows, total } = await pageOf(shop, list, 0, ROWS);
	const [first] = rows;
	const one = first && (await ask(shop, { path: `${list}/${Number(first.id)}` }));
	return { list: answer, rows, total, one, records: joined(rows, [one]) };
}

/** The newest orders, wherever they stand in the list; without a list, those up to the ID given. */
async function ordersOf(shop: Shop, orderId: number | undefined): Promise<Sample> {
	const beginning = await pageOf(shop, 'orders', 0, ROWS);
	const { total } = beginning;
	const end =
		total > ROWS ? await pageOf(shop, 'orders', Math.max(0, total - ROWS), ROWS) : undefined;
	const rows = [...beginning.rows, ...(end?.rows ?? [])];
	const ids = new Set(
		rows
			.map(idOf)
			.sort((a, b) => b - a)
			.slice(0, NEWEST_ORDERS),
	);
	if (orderId) ids.add(orderId);
	if (orderId && rows.length === 0) {
		for (let before = 1; before < NEWEST_ORDERS; before++) ids.add(orderId - before);
	}
	const wanted = [...ids].filter((id) => id > 0);
	const answers = await mapBounded(
		wanted,
		AT_ONCE,
		async (id) => await ask(shop, { path: `orders/${id}` }),
	);
	const one = answers.find(isDone) ?? answers[0];
	return {
		list: beginning.answer,
		rows: beginning.rows,
		total,
		one,
		records: joined(rows, answers),
	};
}

async function pageOf(shop: Shop, list: List, offset: number, page_size: number) {
	const answer = await ask(shop, { path: list, qs: { page_size, offset } });
	const page = isDone(answer) ? pageIn(answer.json) : undefined;
	const rows = (page?.rows ?? []).filter((row) => kindOf(row) === 'record');
	return { answer, rows, total: offset + rows.length + (page?.remaining ?? 0) };
}

/** A whole record takes the place of its row. */
function joined(rows: IDataObject[], answers: Array<ShopAnswer | undefined>): IDataObject[] {
	const whole = answers
		.filter((answer) => answer && isDone(answer))
		.map((answer) => unwrap(answer?.json))
		.filter((record) => record !== undefined);
	const records = new Map([...rows, ...whole].map((record) => [idOf(record), record]));
	return [...records.values()];
}

const idOf = ({ id }: IDataObject) => Number(id);
