import {
	NodeOperationError,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { LARGEST_ANSWER_MIB, readBody, TOO_LARGE } from './answerBody';
import { giveSignOfLife } from './signsOfLife';

/** Any n8n context that can send a request with a credential. */
export type RequestContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** What came back of one request: an answer of any status, or none at all and why. */
export type HttpOutcome =
	| { answered: true; status: number; headers: IDataObject; body: Buffer; attempts: number }
	| { answered: false; code: string; attempts: number };

/** So long a system may keep silent … */
const SILENCE_MS = 30_000;
/** … and so long an answer may take from the request to its last byte, however it trickles in. */
const WHOLE_ANSWER_MS = 60_000;
const SHORTEST_TIMEOUT_MS = 1_000;
const MAX_ATTEMPTS = 6;
const BACKOFF_START_MS = 500;
/** All tries of one call together, waiting included; a longer Retry-After is left to the next run. */
const RETRY_BUDGET_MS = 90_000;

/** No connection came about, so the request was certainly not carried out. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** How a request may be treated when it goes wrong. */
export interface RetryRules {
	/** Whether doing it twice has the effect of doing it once. */
	repeatable: boolean;
	/** Whether a body of status 200 is in the system's own format and not a garbled or foreign page. */
	understands: (body: Buffer) => boolean;
	/** The status that an answer stands for, where the system may tell another one in the body. */
	statusOf?: (status: number, body: Buffer) => number;
	/** Milliseconds for all tries together, where somebody waits for the answer. */
	budgetMs?: number;
}

/**
 * Sends one request with the credential, and sends it again with growing pauses (Retry-After is
 * honoured) while it gets 429, 5xx, an answer that is not understood, or none. A request that is
 * not `repeatable` is sent again only when it was certainly not carried out: 429, or no connection.
 * Statuses are returned and not thrown, and nothing of the request (which carries secrets) is kept
 * of a failure but its code. An answer that does not end in time is given up, and one that is too large as
 * well, which is not asked for again, because it would be the same. Redirects are not followed: a
 * credential is for its own host only.
 * @throws {TypeError | NodeOperationError} when the credential is missing or cannot be used
 */
export async function sendWithRetry(
	context: RequestContext,
	credentialType: string,
	request: IHttpRequestOptions,
	rules: RetryRules,
): Promise<HttpOutcome> {
	const deadline = Date.now() + (rules.budgetMs ?? RETRY_BUDGET_MS);
	for (let attempt = 1; ; attempt++) {
		giveSignOfLife(context);
		const left = Math.max(SHORTEST_TIMEOUT_MS, deadline - Date.now());
		const outcome = asTold(await sendOnce(context, credentialType, request, attempt, left), rules);
		if (attempt >= MAX_ATTEMPTS || !mayRepeat(outcome, rules)) return outcome;
		const pause = pauseBefore(attempt, outcome);
		if (Date.now() + pause > deadline) return outcome;
		await sleep(pause);
	}
}

async function sendOnce(
	context: RequestContext,
	credentialType: string,
	request: IHttpRequestOptions,
	attempts: number,
	longestMs: number,
): Promise<HttpOutcome> {
	const tooLate = AbortSignal.timeout(Math.min(WHOLE_ANSWER_MS, longestMs));
	try {
		// The options are copied because n8n and the credential change what they are given.
		const response = (await context.helpers.httpRequestWithAuthentication.call(
			withDeadline(context, tooLate),
			credentialType,
			{
				...structuredClone(request),
				timeout: Math.min(SILENCE_MS, longestMs),
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		)) as { statusCode: number; headers: IDataObject; body: AsyncIterable<Buffer> };
		return {
			answered: true,
			status: response.statusCode,
			headers: response.headers,
			body: await readBody(response.body),
			attempts,
		};
	} catch (error) {
		const mistake = mistakeIn(error);
		if (mistake) throw mistake;
		return { answered: false, code: tooLate.aborted ? 'ETIMEDOUT' : failureCode(error), attempts };
	}
}

/**
 * The context with a signal to break the exchange off at the deadline. n8n's helper takes its signal from
 * the context alone, where that of an execution that the user stops stands; axios's own time-out counts
 * silence only.
 */
function withDeadline(context: RequestContext, deadline: AbortSignal): RequestContext {
	const stopped =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const signal = stopped ? AbortSignal.any([stopped, deadline]) : deadline;
	return Object.create(context, {
		getExecutionCancelSignal: { value: () => signal },
	}) as RequestContext;
}

/** Why nothing could be sent at all: no credential, or an address in it that cannot be used. */
function mistakeIn(error: unknown): Error | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const ours = cause instanceof TypeError && !('code' in cause);
		if (ours || cause instanceof NodeOperationError) return cause;
	}
	return undefined;
}

/** The system's code of a connection that failed, such as ECONNREFUSED, wherever n8n wrapped it. */
export function failureCode(error: unknown): string {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		const { code } = cause as { code?: unknown };
		if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
		const mentioned = /\b(E[A-Z]{4,}|[A-Z_]*CERT[A-Z_]*)\b/.exec(cause.message);
		if (mentioned) return mentioned[1];
	}
	return 'NO_ANSWER';
}

function asTold(outcome: HttpOutcome, { statusOf }: RetryRules): HttpOutcome {
	if (!outcome.answered || !statusOf) return outcome;
	return { ...outcome, status: statusOf(outcome.status, outcome.body) };
}

function mayRepeat(outcome: HttpOutcome, { repeatable, understands }: RetryRules): boolean {
	if (!outcome.answered) {
		if (outcome.code === TOO_LARGE) return false;
		return outcome.code !== 'ERR_CANCELED' && (repeatable || NEVER_SENT.has(outcome.code));
	}
	if (outcome.status === 429) return true;
	const garbled = outcome.status === 200 && !understands(outcome.body);
	return repeatable && (garbled || outcome.status >= 500);
}

/**
 * Whether a request that did not get the answer it should have may have been carried out all the same.
 * A request that is not repeatable is never sent again after such an outcome.
 */
export function mayHaveBeenCarriedOut(outcome: HttpOutcome): boolean {
	if (!outcome.answered) return !NEVER_SENT.has(outcome.code);
	return outcome.status < 300 || outcome.status >= 500;
}

/** Milliseconds to wait after try number `attempt`: Retry-After where given, else doubling ±25 %. */
function pauseBefore(attempt: number, outcome: HttpOutcome): number {
	const asked = outcome.answered ? retryAfterMs(String(outcome.headers['retry-after'] ?? '')) : 0;
	const backoff = BACKOFF_START_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
	return Math.max(asked, backoff);
}

/** Retry-After in milliseconds, from seconds or a date; 0 where it says nothing usable. */
function retryAfterMs(value: string): number {
	if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
	const date = Date.parse(value);
	return Number.isNaN(date) ? 0 : Math.max(0, date - Date.now());
}

/** What came of a request to a system that did not answer as it should, by the code of the failure. */
export function failureWords(code: string): string {
	return code === TOO_LARGE
		? `gave an answer larger than ${LARGEST_ANSWER_MIB} MiB`
		: 'gave no answer';
}

/** What a failed connection means to the user, by the system's code for it. */
export function connectionAdvice(code: string): string {
	if (code === TOO_LARGE) {
		return 'It was not read to its end: check that the address in the credential leads to the system itself.';
	}
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return 'No such host: check the address in the credential.';
	}
	if (code === 'ECONNREFUSED') return 'Nothing listens at the address in the credential.';
	if (/CERT|SELF_SIGNED|TLS|SIGNATURE/.test(code))
		return 'The certificate of the server is not trusted.';
	if (code === 'ETIMEDOUT' || code === 'ECONNABORTED') return 'No answer came in time.';
	return 'The connection broke before an answer came.';
}

/**
 * A base address as the user typed it, without a trailing slash. Only https is accepted, because
 * keys travel with every call; http is for a system on this machine (a test) alone.
 * @throws {TypeError} with a sentence for the user
 */
export function checkedBaseUrl(value: string, label: string): string {
	if (!URL.canParse(value.trim())) {
		throw new TypeError(`${label} is not an address: write it as https://host`);
	}
	const url = new URL(value.trim());
	const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
		throw new TypeError(
			`${label} must begin with https:// (http is accepted for this machine only)`,
		);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new TypeError(`${label} must be the address alone, without user name, "?" or "#"`);
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/**
 * A request whose address, given from `base` on or whole, stands on the credential's own host. n8n's
 * HTTP Request node names it `uri`.
 * @throws {TypeError} for what is no address, for one on another host, which must not see the credential,
 * and for one with a user name, which axios would log in with instead of the credential
 */
export function onOwnHost(request: IHttpRequestOptions, base: string): IHttpRequestOptions {
	const { uri, ...rest } = request as IHttpRequestOptions & { uri?: string };
	const address = uri ?? request.url;
	if (!URL.canParse(address, base)) throw new TypeError('What the request names is not an address');
	const url = new URL(address, base);
	if (url.origin !== new URL(base).origin) {
		throw new TypeError(`The credential is for ${new URL(base).host} and not for ${url.host}`);
	}
	if (url.username || url.password) {
		throw new TypeError('The address must be without user name and password');
	}
	return { ...rest, url: url.href };
}
