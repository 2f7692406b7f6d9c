import { NodeApiError, type IDataObject, type IHttpRequestMethods, type INode } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import {
	connectionAdvice,
	failureWords,
	sendWithRetry,
	type HttpOutcome,
	type RequestContext,
} from '../../shared/http';
import { toNodeError } from '../../shared/items';
import { isSaved } from '../sameField';
import { NOT_JSON, parseJson, shopReason, statusOf } from './answer';
import { shopDialect } from './shop';
import { fromShop, toShop } from './translation';

interface VendreRequest {
	method: IHttpRequestMethods;
	/** Path below the API's base, such as `orders/1001`. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject;
}

interface RequestRules {
	itemIndex?: number;
	/** Milliseconds for all tries together, where somebody waits for the answer. */
	budgetMs?: number;
	/** Whether doing it twice has the effect of doing it once; default true. */
	repeatable?: boolean;
}

/**
 * Sends one request to the shop and returns the JSON it answered with, `undefined` for an empty body.
 * Reads and saves of absolute values can be repeated, so passing failures are tried again.
 * @throws {NodeApiError} for a refusal (with the shop's own words and status) or no usable answer
 */
export async function vendreRequest(
	context: RequestContext,
	{ method, path, qs, body }: VendreRequest,
	{ itemIndex, budgetMs, repeatable = true }: RequestRules = {},
): Promise<unknown> {
	const outcome = await sendWithRetry(
		context,
		'vendreApi',
		{
			method,
			url: path,
			qs,
			...(body
				? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
				: {}),
		},
		{
			repeatable,
			understands: (answer) => parseJson(answer) !== NOT_JSON,
			statusOf,
			budgetMs,
		},
	);
	if (outcome.answered && outcome.status >= 200 && outcome.status < 300) {
		const json = parseJson(outcome.body);
		if (json !== NOT_JSON) return json;
	}
	throw requestError(context.getNode(), outcome, `${method} ${path}`, itemIndex);
}

/**
 * Reads one record by its id, in the words of the contract; a `{"data": …}` wrapper is taken off.
 * @throws {NodeApiError} with `httpCode` 404 when the shop has no such record
 */
export async function readRecord(
	context: RequestContext,
	resource: string,
	id: number,
	rules?: RequestRules,
): Promise<IDataObject> {
	const answer = await vendreRequest(context, { method: 'GET', path: `${resource}/${id}` }, rules);
	const record = unwrap(answer);
	if (record) return fromShop(resource, record, await shopDialect(context));
	throw apiError(context.getNode(), {
		message: `Vendre answered GET ${resource}/${id} with no record`,
		description: 'Check the API path in the credential.',
		itemIndex: rules?.itemIndex,
		retryable: true,
	});
}

/** Reads one record by its id; undefined where the shop has no such record. */
export async function readRecordIfAny(
	context: RequestContext,
	resource: string,
	id: number,
	rules?: RequestRules,
): Promise<IDataObject | undefined> {
	try {
		return await readRecord(context, resource, id, rules);
	} catch (error) {
		if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
		throw toNodeError(context.getNode(), error) as NodeApiError;
	}
}

/**
 * Saves some fields of a record; bodies are partial. Where the shop saves with another verb than PUT,
 * the credential turns it into that one.
 * @throws {NodeApiError} when the shop refuses it, or answers with another value than was sent
 */
export async function saveRecord(
	context: RequestContext,
	resource: string,
	id: number,
	fields: IDataObject,
	rules?: RequestRules,
): Promise<void> {
	const dialect = await shopDialect(context);
	const answer = await vendreRequest(
		context,
		{ method: 'PUT', path: `${resource}/${id}`, body: toShop(resource, fields, dialect) },
		rules,
	);
	const saved = fromShop(resource, unwrap(answer) ?? {}, dialect);
	for (const [field, value] of Object.entries(fields)) {
		if (saved[field] === undefined || isSaved(field, value, saved)) continue;
		throw apiError(context.getNode(), {
			message: `Vendre answered that ${resource}/${id} is saved, but ${field} is ${JSON.stringify(saved[field])} and not ${JSON.stringify(value)}`,
			description:
				'Check the save verb in the credential, and whether the API key may change this record.',
			itemIndex: rules?.itemIndex,
		});
	}
}

/** The record in an answer, without a `{"data": …}` wrapper; undefined where there is none. */
export function unwrap(answer: unknown): IDataObject | undefined {
	const record = (answer as { data?: unknown } | undefined)?.data ?? answer;
	return typeof record === 'object' && record !== null && !Array.isArray(record)
		? (record as IDataObject)
		: undefined;
}

/** Statuses that say something of the record sent; any other is about the shop or the credential. */
const REFUSES_THE_RECORD = new Set([400, 404, 409, 410, 413, 422]);

const adviceByStatus: Record<number, string> = {
	401: 'Check the API key and the authorization header in the credential.',
	403: 'The API key may not do this: ask Vendre’s support for the right.',
	404: 'The shop has no such record, or the API path in the credential is wrong.',
	429: 'The shop asks for fewer calls: lower Parallel Requests, or run less often.',
};

function requestError(
	node: INode,
	outcome: HttpOutcome,
	what: string,
	itemIndex?: number,
): NodeApiError {
	const tries = outcome.attempts === 1 ? '' : ` (${outcome.attempts} tries)`;
	if (!outcome.answered) {
		return apiError(node, {
			message: `Vendre ${failureWords(outcome.code)} to ${what}${tries}`,
			description: connectionAdvice(outcome.code),
			itemIndex,
			retryable: true,
		});
	}
	const reason = shopReason(outcome.body);
	return apiError(node, {
		message: `Vendre answered ${what} with HTTP status ${outcome.status}${reason ? `: ${reason}` : ''}${tries}`,
		description:
			adviceByStatus[outcome.status] ??
			(outcome.status >= 300 && outcome.status < 400
				? 'The shop points to another address, which is not followed: enter the shop’s own address in the credential.'
				: 'Check that the Shop URL and API path in the credential lead to the shop’s API.'),
		httpCode: String(outcome.status),
		itemIndex,
		retryable: !REFUSES_THE_RECORD.has(outcome.status),
	});
}
