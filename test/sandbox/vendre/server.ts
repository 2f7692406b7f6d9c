import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { answer, json, text, type Answer, type Received } from '../http';
import { ApiError, invalid, notFound } from './apiError';
import { answerUpload, UPLOAD_PATH, uploadedSheet } from './excelUpload';
import { answerPage } from './page';
import type { VendreShop } from './shop';

type Query = Readonly<Record<string, string>>;
type Body = Record<string, unknown>;

/** Serves the admin API and the shop's own page. */
export function requestHandler(shop: VendreShop) {
	return async (request: Received, response: ServerResponse): Promise<void> => {
		if (request.path === UPLOAD_PATH && request.method === 'POST') {
			const sheet = await uploadedSheet(request);
			await answer(response, undefined, () => answerUpload(shop, sheet));
		} else if (request.path.startsWith('/_sandbox')) {
			await answer(response, undefined, () => answerPage(shop, request));
		} else if (request.path.startsWith(`${shop.dialect.apiPath}/`)) {
			await shop.counted(async () => await answerCall(shop, request, response));
		} else {
			await answer(response, undefined, () => text(`There is no ${request.path} here`, 404));
		}
	};
}

async function answerCall(
	shop: VendreShop,
	request: Received,
	response: ServerResponse,
): Promise<void> {
	const at = shop.now();
	const query: Query = Object.fromEntries(new URLSearchParams(request.query));
	const path = request.path.slice(shop.dialect.apiPath.length);
	const { method } = request;
	const fault = shop.faults.take({ method, path: request.path });
	const body = bodyOf(request);
	const status = await answer(response, fault, () => {
		try {
			checkAccess(shop, request);
			return route(shop, method, path, query, body);
		} catch (error) {
			if (error instanceof ApiError) return error.toAnswer();
			throw error;
		}
	});
	shop.record(`${method} ${path.replace(/\/\d+$/, '/{id}')}`, {
		method,
		path: request.path,
		query,
		status,
		at,
		...(body !== undefined && { body }),
		...(fault && { fault: fault.kind }),
	});
}

/** @throws ApiError 401 or 406 */
function checkAccess(shop: VendreShop, { headers }: Received): void {
	const { apiKey } = shop.credentials;
	const bearer = shop.dialect.authHeader === 'bearer';
	const given = bearer ? headers.authorization : headers['x-authorization'];
	const expected = bearer ? `Bearer ${apiKey}` : apiKey;
	if (typeof given !== 'string' || !isSame(given, expected)) {
		throw new ApiError(401, 'Unauthorized', 'The API key is missing or wrong');
	}
	if (!headers.accept?.includes('application/json')) {
		throw new ApiError(406, 'Not acceptable', 'Accept must name application/json');
	}
}

/** @throws ApiError */
function route(
	shop: VendreShop,
	method: string,
	path: string,
	query: Query,
	body: unknown,
): Answer {
	const match = /^\/(products|categories|customers|orders)(?:\/(\d+))?\/?$/.exec(path);
	if (!match) throw notFound(`resource ${path}`);
	const resource = match[1] as 'products' | 'categories' | 'customers' | 'orders';
	if (match[2] === undefined) {
		if (method === 'GET') return json(list(shop, resource, query));
		if (method === 'POST' && resource === 'products') {
			const product = shop.productShelf.create(objectOf(body));
			shop.countWrite(resource, product);
			return one(shop, product, 201);
		}
		throw new ApiError(405, 'Method not allowed', `${method} on ${resource}`);
	}
	const id = Number(match[2]);
	if (method === 'GET') {
		noFilters(query, []);
		return one(shop, read(shop, resource, id));
	}
	if (method !== shop.dialect.saveVerb || resource === 'categories') {
		throw new ApiError(405, 'Method not allowed', `${method} on ${resource}/${id}`);
	}
	const shelves = {
		products: shop.productShelf,
		customers: shop.customerShelf,
		orders: shop.orderShelf,
	};
	const saved = shelves[resource].save(id, objectOf(body));
	shop.countWrite(resource, saved);
	return one(shop, saved);
}

function read(shop: VendreShop, resource: string, id: number): object {
	const record =
		resource === 'products'
			? shop.products.get(id)
			: resource === 'customers'
				? shop.customers.get(id)
				: resource === 'orders'
					? shop.orders.get(id)
					: shop.categories.find((category) => category.id === id);
	if (!record) throw notFound(`${resource}/${id}`);
	return record;
}

/** A page of rows, ascending by id. @throws ApiError */
function list(
	shop: VendreShop,
	resource: string,
	query: Query,
): { list: object[]; remaining: number } {
	const offset = wholeNumber(query, 'offset', 0, Infinity) ?? 0;
	const size =
		wholeNumber(query, 'page_size', 1, shop.dialect.mostRows) ?? shop.dialect.defaultRows;
	switch (resource) {
		case 'products':
			noFilters(query, ['ids', 'article_number']);
			return productsAskedFor(shop, query, offset, size) ?? shop.productShelf.page(offset, size);
		case 'customers': {
			noFilters(query, ['match']);
			const { match } = query;
			return match !== undefined && shop.dialect.filters.customers.includes('match')
				? pageOf(shop.customerShelf.withEmail(match), offset, size)
				: shop.customerShelf.page(offset, size);
		}
		case 'orders':
			noFilters(query, []);
			return shop.orderShelf.page(offset, size);
		default:
			noFilters(query, []);
			return pageOf(shop.categories, offset, size);
	}
}

function productsAskedFor(shop: VendreShop, query: Query, offset: number, size: number) {
	const { ids, article_number: articleNo } = query;
	const known = shop.dialect.filters.products;
	if (ids !== undefined && known.includes('ids')) {
		if (!/^\d+(,\d+)*$/.test(ids)) throw invalid('ids must be numbers with commas between them');
		const numbers = [...new Set(ids.split(',').map(Number))].sort((a, b) => a - b);
		if (numbers.length > shop.dialect.mostIds) {
			throw invalid(`ids: at most ${shop.dialect.mostIds}`);
		}
		const rows = numbers.flatMap((id) => shop.products.get(id) ?? []);
		return pageOf(rows, offset, size);
	}
	if (articleNo !== undefined && known.includes('article_number')) {
		return pageOf([shop.productShelf.withArticleNo(articleNo) ?? []].flat(), offset, size);
	}
	return undefined;
}

function pageOf(rows: object[], offset: number, size: number) {
	const page = rows.slice(offset, offset + size);
	return { list: page, remaining: Math.max(0, rows.length - offset - page.length) };
}

function one(shop: VendreShop, record: object, status = 200): Answer {
	return json(shop.dialect.wrapsOneRecord ? { data: record } : record, status);
}

/** @throws ApiError 422 for a parameter that no page of the contract names */
function noFilters(query: Query, filters: readonly string[]): void {
	for (const name of Object.keys(query)) {
		if (!['page_size', 'offset', ...filters].includes(name)) {
			throw invalid(`Unknown parameter ${name}`);
		}
	}
}

function wholeNumber(query: Query, name: string, least: number, most: number): number | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	const number = Number(value);
	if (!/^\d+$/.test(value) || number < least || number > most) {
		throw invalid(`${name} must be a whole number from ${least} to ${most}`);
	}
	return number;
}

/** The body as it was meant: undefined without one, a text where it is no JSON. */
function bodyOf({ body, headers }: Received): unknown {
	if (body.length === 0) return undefined;
	const sent = body.toString('utf8');
	if (!headers['content-type']?.startsWith('application/json')) return sent;
	try {
		return JSON.parse(sent);
	} catch {
		return sent;
	}
}

/** @throws ApiError 400 */
function objectOf(body: unknown): Body {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(400, 'Bad request', 'The body must be a JSON object');
	}
	return body as Body;
}

function isSame(given: string, expected: string): boolean {
	const digest = (value: string) => createHash('sha256').update(value).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
