import type { IDataObject } from 'n8n-workflow';
import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { assumedVendre } from '../transport/dialect';
import { pageIn } from '../transport/lists';
import type { Samples } from './samples';
import { ask, asSet, differs, isDone, type Shop } from './shop';

/** Names that shops and their relatives give to these filters. */
const OTHER_NAMES = {
	ids: ['id', 'product_ids', 'product_id', 'products_ids', 'products_id', 'id_list', 'filter[id]'],
	article_number: ['model', 'products_model', 'article_no', 'articleNumber', 'number', 'sku', 'q'],
	match: ['email', 'email_address', 'customers_email_address', 'search', 'query', 'q'],
} as const;

/** A filter, and how to tell that it was heeded. */
interface Question {
	list: 'products' | 'customers';
	value: string;
	/** How many rows are to come. */
	count: number;
	isAskedFor(row: IDataObject): boolean;
}

/** Whether the shop heeds its filters: one that it ignores has other rows come. Changes nothing. */
export async function probeFilters(shop: Shop, samples: Samples): Promise<Findings> {
	return {
		...(await probeIds(shop, samples)),
		articleNumberFilter: await probeArticleNumber(shop, samples),
		matchFilter: await probeMatch(shop, samples),
	};
}

async function probeIds(shop: Shop, { products }: Samples): Promise<Findings> {
	const ids = products.rows.map(({ id }) => Number(id));
	if (products.total < 3) return { idsFilter: notTested('The shop has too few products to tell') };
	const set = shop.dialect.filters.ids;
	const name = await heeded(shop, set, 'ids', question(ids.slice(0, 2)));
	if (name === undefined) {
		const advice = 'Nothing to set: products are read one by one instead, which takes longer.';
		return { idsFilter: { ...differs(`The shop ignores ${set}`), advice } };
	}
	return {
		idsFilter: foundName(name, set, 'ids'),
		idsPerCall: await probeIdsPerCall(shop, name, ids),
	};
}

const question = (ids: number[]): Question => ({
	list: 'products',
	value: ids.join(','),
	count: ids.length,
	isAskedFor: ({ id }) => ids.includes(Number(id)),
});

/** How many can be asked for at once: as many as set, or the most that goes through. */
async function probeIdsPerCall(shop: Shop, name: string, ids: number[]): Promise<Finding> {
	const { idsPerCall } = shop.dialect;
	const most = ids.slice(0, idsPerCall);
	if (await isHeeded(shop, name, question(most))) {
		if (most.length === idsPerCall) return holds(`${idsPerCall} products came in one call`);
		return notTested(`The shop has too few products to ask for ${idsPerCall}`);
	}
	for (const count of [25, 10, 5, 2].filter((fewer) => fewer < most.length)) {
		if (!(await isHeeded(shop, name, question(ids.slice(0, count))))) continue;
		const found = `${count} products come in one call, and ${most.length} do not`;
		return { verdict: 'differs', found, entry: { idsPerCall: count } };
	}
	return notTested('The answers differed from call to call');
}

async function probeArticleNumber(shop: Shop, { products }: Samples): Promise<Finding> {
	const number = products.rows.map((row) => String(row.article_number ?? '')).find(Boolean);
	if (!number || products.total < 2) return notTested('The shop has too few products to tell');
	const set = shop.dialect.filters.article_number;
	const name = await heeded(shop, set, 'article_number', {
		list: 'products',
		value: number,
		count: 1,
		isAskedFor: ({ article_number }) => String(article_number) === number,
	});
	if (name !== undefined) return foundName(name, set, 'article_number');
	const advice =
		'Nothing to set: the list is read whole and kept in mind instead, which takes longer.';
	return { ...differs(`The shop ignores ${set}`), advice };
}

async function probeMatch(shop: Shop, { customers }: Samples): Promise<Finding> {
	const email = customers.rows.map((row) => String(row.email_address ?? '')).find(Boolean);
	if (!email || customers.total < 2) return notTested('The shop has too few customers to tell');
	const isAskedFor = (row: IDataObject) =>
		String(row.email_address).toLowerCase() === email.toLowerCase();
	const count = customers.rows.filter(isAskedFor).length;
	const name = await heeded(shop, 'match', 'match', {
		list: 'customers',
		value: email,
		count,
		isAskedFor,
	});
	if (name === 'match') return holds('match');
	return differs(name ? `It is called ${name}` : 'The shop ignores match');
}

/** The name by which the shop heeds a filter, the one that is set first. */
async function heeded(
	shop: Shop,
	set: string,
	filter: keyof typeof OTHER_NAMES,
	asked: Question,
): Promise<string | undefined> {
	for (const name of new Set([set, filter, ...OTHER_NAMES[filter]])) {
		if (await isHeeded(shop, name, asked)) return name;
	}
	return undefined;
}

async function isHeeded(
	shop: Shop,
	name: string,
	{ list, value, count, isAskedFor }: Question,
): Promise<boolean> {
	const answer = await ask(shop, { path: list, qs: { [name]: value, page_size: 250 } });
	const { rows } = (isDone(answer) && pageIn(answer.json)) || { rows: [] };
	return rows.length >= count && rows.every(isAskedFor);
}

function foundName(name: string, set: string, filter: 'ids' | 'article_number'): Finding {
	if (name === set) return holds(asSet(name, assumedVendre.filters[filter]));
	return {
		verdict: 'differs',
		found: `The shop heeds ${name} and not ${set}`,
		entry: { filters: { [filter]: name } },
	};
}
