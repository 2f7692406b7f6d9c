import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';
import { asIf } from '../../shared/asIf';
import { differencesWith } from '../../shared/factReports';
import type { Finding, Findings } from '../../shared/facts';
import { sendWithRetry, type HttpOutcome } from '../../shared/http';
import { statusOf } from '../transport/answer';
import type { VendreDialect } from '../transport/dialect';
import type { VendreCredential } from '../transport/request';
import { shopDialect } from '../transport/shop';

/** A shop under examination: the node's context, or one as if its credential were otherwise. */
export interface Shop {
	context: IExecuteFunctions;
	credential: VendreCredential;
	dialect: VendreDialect;
}

/**
 * The shop of the context's credential.
 * @throws {TypeError} for a field Differences that cannot be used
 */
export async function shopUnder(context: IExecuteFunctions): Promise<Shop> {
	const credential = await context.getCredentials<VendreCredential>('vendreApi');
	return { context, credential, dialect: await shopDialect(context) };
}

/**
 * The same shop as if fields of its credential were otherwise. The key stays with n8n, which signs as ever;
 * the node only says by what else.
 */
export async function withCredential(
	{ context }: Shop,
	changes: Partial<Pick<VendreCredential, 'apiPath' | 'authHeader' | 'saveVerb'>> & {
		differences?: string;
	},
): Promise<Shop> {
	return await shopUnder(await asIf(context, 'vendreApi', changes));
}

/** The same shop as if what was found so far stood under Differences. */
export async function withFindings(shop: Shop, findings: Findings): Promise<Shop> {
	const differences = differencesWith(findings, shop.credential.differences);
	return await withCredential(shop, { differences: JSON.stringify(differences) });
}

interface Question {
	path: string;
	qs?: IDataObject;
	method?: IHttpRequestMethods;
	body?: IDataObject;
}

/** What the shop said. */
export interface ShopAnswer {
	/** 0 where no answer came; then the text is the code of the failure. */
	status: number;
	/** The body as JSON; undefined where it is none. */
	json?: unknown;
	text: string;
}

/**
 * Asks the shop something, and takes whatever comes. What the shop says in words is not repeated in a
 * report, since it may name a person.
 */
export async function ask(
	{ context }: Shop,
	{ path, qs, method = 'GET', body }: Question,
): Promise<ShopAnswer> {
	const outcome = await sendWithRetry(
		context,
		'vendreApi',
		{
			method,
			url: path,
			qs,
			...(body && {
				body: JSON.stringify(body),
				headers: { 'content-type': 'application/json' },
			}),
		},
		{ repeatable: true, understands: () => true, statusOf, budgetMs: 20_000 },
	);
	return read(outcome);
}

function read(outcome: HttpOutcome): ShopAnswer {
	if (!outcome.answered) return { status: 0, text: outcome.code };
	const text = outcome.body.toString('utf8');
	try {
		return { status: outcome.status, json: JSON.parse(text) as unknown, text };
	} catch {
		return { status: outcome.status, text };
	}
}

/** "answers with HTTP status 404", for the report. */
export const inWords = ({ status, text }: ShopAnswer) =>
	status === 0 ? `gives no answer (${text})` : `answers with HTTP status ${status}`;

export const isDone = ({ status }: ShopAnswer) => status >= 200 && status < 300;

/** It differs, and what the fact itself says is to be done. */
export const differs = (found: string): Finding => ({ verdict: 'differs', found });

/** "POST, as set" where the credential says so, and "PUT" where nothing was entered. */
export const asSet = (value: string, assumed: string) =>
	value === assumed ? value : `${value}, as set`;
