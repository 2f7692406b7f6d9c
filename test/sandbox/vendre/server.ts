import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';

import { answer, json, text, type Answer, type Received } from '../http';
import { ApiError, notFound } from './apiError';
import type { Resource } from './dialect';
import { answerUpload, UPLOAD_PATH, uploadedSheet } from './excelUpload';
import { checkQuery, listOf, type Page, type Query } from './lists';
import { answerPage } from './page';
import type { VendreShop } from './shop';

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
			if (error instanceof ApiError) return error.toAnswer(shop.dialect);
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
	const resource = match[1] as Resource;
	const { createVerb, saveVerb } = shop.dialect;
	if (match[2] === undefined) {
		if (method === 'GET') return rows(shop, resource, listOf(shop, resource, query));
		if (method === createVerb && resource === 'products') {
			const product = shop.productShelf.create(meantBy(shop, resource, body));
			shop.countWrite(resource, product);
			return one(shop, resource, product, 201);
		}
		throw new ApiError(405, 'Method not allowed', `${method} on ${resource}`);
	}
	const id = Number(match[2]);
	if (method === 'GET') {
		checkQuery(shop, query, []);
		if (resource === 'customers' && shop.dialect.readable['customers/{id}'] === false) {
			throw notFound(`resource ${path}`);
		}
		return one(shop, resource, recordOf(shop, resource, id));
	}
	if (method !== saveVerb || resource === 'categories') {
		throw new ApiError(405, 'Method not allowed', `${method} on ${resource}/${id}`);
	}
	const fields = meantBy(shop, resource, body);
	// Nothing that the shop knows: nothing is written.
	if (Object.keys(fields).length === 0) return one(shop, resource, recordOf(shop, resource, id));
	const saved = shop.shelves[resource].save(id, fields);
	shop.countWrite(resource, saved);
	return one(shop, resource, saved);
}

/** @throws ApiError 404 */
function recordOf(shop: VendreShop, resource: Resource, id: number): object {
	const record =
		resource === 'categories'
			? shop.categories.find((category) => category.id === id)
			: shop.shelves[resource].byId.get(id);
	if (!record) throw notFound(`${resource}/${id}`);
	return record;
}

function rows(shop: VendreShop, resource: Resource, { list, remaining }: Page): Answer {
	const written = list.map((record) => shop.wires[resource].toWire(record));
	switch (shop.dialect.listRows) {
		case 'list':
			return json({ list: written, remaining });
		case 'data.list':
			return json({ data: { list: written, remaining } });
		case 'data':
			return json({ data: written, remaining });
	}
}

function one(shop: VendreShop, resource: Resource, record: object, status = 200): Answer {
	const written = shop.wires[resource].toWire(record);
	return json(shop.dialect.wrapsOneRecord ? { data: written } : written, status);
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

/** The fields that were sent, by the contract's names. @throws ApiError 400 */
function meantBy(shop: VendreShop, resource: Resource, body: unknown): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(400, 'Bad request', 'The body must be a JSON object');
	}
	return shop.wires[resource].fromWire(body as Record<string, unknown>);
}

function isSame(given: string, expected: string): boolean {
	const digest = (value: string) => createHash('sha256').update(value).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
