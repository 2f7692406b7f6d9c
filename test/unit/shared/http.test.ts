import { Readable } from 'node:stream';
import {
	NodeApiError,
	NodeOperationError,
	type IHttpRequestOptions,
	type INode,
	type JsonObject,
} from 'n8n-workflow';
import {
	checkedBaseUrl,
	connectionAdvice,
	failureCode,
	mayHaveBeenCarriedOut,
	onOwnHost,
	sendWithRetry,
	type HttpOutcome,
	type RequestContext,
	type RetryRules,
} from '../../../nodes/shared/http';

const node: INode = {
	id: 'n',
	name: 'Node',
	type: 'n',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A failed connection as n8n hands it on: its own error around that of the client. */
function failure(code: string, message = `connect ${code} 127.0.0.1:1`): Error {
	const cause = Object.assign(new Error(message), { code });
	return new NodeApiError(node, cause as unknown as JsonObject);
}

type Step = Error | { status: number; retryAfter?: string; body?: string };

/** A context whose helper answers with these, one after another; the last one again and again. */
function scripted(...steps: Step[]) {
	const sent: Array<{ at: number; options: IHttpRequestOptions }> = [];
	const httpRequestWithAuthentication = async (_: string, options: IHttpRequestOptions) => {
		const step = steps[Math.min(sent.length, steps.length - 1)];
		sent.push({ at: Date.now(), options: { ...options } });
		options.url = 'changed by n8n';
		if (step instanceof Error) throw step;
		return {
			statusCode: step.status,
			headers: step.retryAfter ? { 'retry-after': step.retryAfter } : {},
			body: Readable.from([Buffer.from(step.body ?? 'ok')]),
		};
	};
	const context = {
		helpers: { httpRequestWithAuthentication },
		getExecutionId: () => 'run',
	} as unknown as RequestContext;
	const pauses = () => sent.slice(1).map(({ at }, index) => at - sent[index].at);
	return { context, sent, pauses };
}

const understands = (body: Buffer) => body.toString() === 'ok';

/** Sends, with the clock wound on instead of waited for. */
async function send(context: RequestContext, rules: Partial<RetryRules> = {}) {
	const request = { method: 'POST', url: 'page', body: { key: 'value' } } as const;
	const outcome = sendWithRetry(context, 'anyApi', request, {
		repeatable: true,
		understands,
		...rules,
	});
	await jest.runAllTimersAsync();
	return await outcome;
}

beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 0, 5, 12), doNotFake: ['nextTick'] }));
afterEach(() => jest.useRealTimers());

describe('what is sent', () => {
	test('the request as it is, for bytes of any status, without following another address', async () => {
		const { context, sent } = scripted({ status: 200 });
		const outcome = await send(context);
		expect(outcome).toEqual({
			answered: true,
			status: 200,
			headers: {},
			body: Buffer.from('ok'),
			attempts: 1,
		});
		expect(sent[0].options).toMatchObject({
			method: 'POST',
			url: 'page',
			body: { key: 'value' },
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: 30_000,
		});
	});

	test('the same again in every try, whatever n8n does to what it is given', async () => {
		const { context, sent } = scripted({ status: 500 }, { status: 500 }, { status: 200 });
		await send(context);
		expect(sent.map(({ options }) => options.url)).toEqual(['page', 'page', 'page']);
	});

	test('no try may last longer than what is left of the budget', async () => {
		const { context, sent } = scripted({ status: 503 }, { status: 200 });
		await send(context, { budgetMs: 8000 });
		expect(sent[0].options.timeout).toBe(8000);
		expect(sent[1].options.timeout).toBe(8000 - (sent[1].at - sent[0].at));
	});

	test('the last try has a second all the same, and never an endless one', async () => {
		const { context, sent } = scripted({ status: 503, retryAfter: '8' }, { status: 200 });
		expect(await send(context, { budgetMs: 8000 })).toMatchObject({ status: 200 });
		expect(sent[1].options.timeout).toBe(1000);
	});
});

describe('what is tried again', () => {
	test.each([500, 502, 503, 504, 429])('status %i, with growing pauses', async (status) => {
		const { context, pauses } = scripted({ status }, { status }, { status }, { status: 200 });
		expect(await send(context)).toMatchObject({ status: 200, attempts: 4 });
		pauses().forEach((pause, index) => {
			expect(pause).toBeGreaterThanOrEqual(500 * 2 ** index * 0.75);
			expect(pause).toBeLessThanOrEqual(500 * 2 ** index * 1.25);
		});
	});

	test.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE', 'ECONNREFUSED', 'ENOTFOUND'])(
		'a connection that fails with %s',
		async (code) => {
			const { context } = scripted(failure(code), { status: 200 });
			expect(await send(context)).toMatchObject({ answered: true, attempts: 2 });
		},
	);

	test('an answer that is not understood', async () => {
		const { context } = scripted({ status: 200, body: '<html>' }, { status: 200 });
		expect(await send(context)).toMatchObject({ body: Buffer.from('ok'), attempts: 2 });
	});

	test.each([200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 409, 422])(
		'not status %i',
		async (status) => {
			const { context, sent } = scripted({ status });
			expect(await send(context)).toMatchObject({ status, attempts: 1 });
			expect(sent).toHaveLength(1);
		},
	);

	test('not what the user cancelled', async () => {
		const { context, sent } = scripted(failure('ERR_CANCELED', 'canceled'));
		await send(context);
		expect(sent).toHaveLength(1);
	});

	test('six times at most; then the last outcome is returned', async () => {
		const { context, sent } = scripted({ status: 500 });
		expect(await send(context)).toMatchObject({ status: 500, attempts: 6 });
		expect(sent).toHaveLength(6);
	});
});

describe('a request that must not be done twice', () => {
	const once = { repeatable: false };

	test.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE'])(
		'is not repeated after %s: it may have been carried out',
		async (code) => {
			const { context, sent } = scripted(failure(code), { status: 200 });
			expect(await send(context, once)).toEqual({ answered: false, code, attempts: 1 });
			expect(sent).toHaveLength(1);
		},
	);

	test.each([500, 502, 503, 504])('is not repeated after status %i', async (status) => {
		const { context, sent } = scripted({ status }, { status: 200 });
		expect(await send(context, once)).toMatchObject({ status, attempts: 1 });
		expect(sent).toHaveLength(1);
	});

	test('is not repeated after an answer that is not understood', async () => {
		const { context, sent } = scripted({ status: 200, body: '' }, { status: 200 });
		await send(context, once);
		expect(sent).toHaveLength(1);
	});

	test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
		'is repeated after %s: nothing was sent',
		async (code) => {
			const { context } = scripted(failure(code), { status: 200 });
			expect(await send(context, once)).toMatchObject({ status: 200, attempts: 2 });
		},
	);

	test('is repeated after 429, which means that it was not carried out', async () => {
		const { context } = scripted({ status: 429 }, { status: 200 });
		expect(await send(context, once)).toMatchObject({ status: 200, attempts: 2 });
	});
});

test.each([
	['no answer', { answered: false, code: 'ECONNRESET' }, true],
	['an answer too late', { answered: false, code: 'ETIMEDOUT' }, true],
	['a cancelled request', { answered: false, code: 'ERR_CANCELED' }, true],
	['no connection', { answered: false, code: 'ECONNREFUSED' }, false],
	['a foreign page', { answered: true, status: 200 }, true],
	['a broken server', { answered: true, status: 500 }, true],
	['a proxy that got no answer', { answered: true, status: 504 }, true],
	['another address', { answered: true, status: 307 }, false],
	['no such page', { answered: true, status: 404 }, false],
	['too many requests', { answered: true, status: 429 }, false],
])('whether a request was carried out is open after %s (%j): %p', (_, outcome, open) => {
	expect(mayHaveBeenCarriedOut({ attempts: 1, ...outcome } as HttpOutcome)).toBe(open);
});

describe('Retry-After', () => {
	test('in seconds', async () => {
		const { context, pauses } = scripted({ status: 429, retryAfter: '7' }, { status: 200 });
		await send(context);
		expect(pauses()).toEqual([7000]);
	});

	test('as a date', async () => {
		const retryAfter = new Date(Date.now() + 12_000).toUTCString();
		const { context, pauses } = scripted({ status: 503, retryAfter }, { status: 200 });
		await send(context);
		expect(pauses()).toEqual([12_000]);
	});

	test.each(['0', '', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', '-5'])(
		'%j asks for nothing: the usual pause',
		async (retryAfter) => {
			const { context, pauses } = scripted({ status: 429, retryAfter }, { status: 200 });
			await send(context);
			expect(pauses()[0]).toBeGreaterThanOrEqual(375);
			expect(pauses()[0]).toBeLessThanOrEqual(625);
		},
	);

	test('longer than the budget ends the tries at once', async () => {
		const { context, sent } = scripted({ status: 429, retryAfter: '3600' });
		const started = Date.now();
		expect(await send(context)).toMatchObject({ status: 429, attempts: 1 });
		expect(sent).toHaveLength(1);
		expect(Date.now()).toBe(started);
	});
});

test('the budget bounds all tries together', async () => {
	const { context, sent } = scripted({ status: 503, retryAfter: '40' });
	const started = Date.now();
	expect(await send(context)).toMatchObject({ attempts: 3 });
	expect(Date.now() - started).toBe(80_000);
	expect(sent).toHaveLength(3);
	const short = scripted({ status: 503, retryAfter: '3' });
	expect(await send(short.context, { budgetMs: 8000 })).toMatchObject({ attempts: 3 });
});

describe('what is kept of a failure', () => {
	test('its code and nothing that it carries', async () => {
		const secret = 'sandbox-api-user-key';
		const error = Object.assign(failure('ECONNRESET'), {
			config: { headers: { 'X-Authorization': secret }, data: `key=${secret}` },
			description: secret,
		});
		const { context } = scripted(error);
		const outcome = await send(context, { repeatable: false });
		expect(outcome).toEqual({ answered: false, code: 'ECONNRESET', attempts: 1 });
	});

	test('the code is found wherever n8n has put it', () => {
		expect(failureCode(failure('ECONNREFUSED'))).toBe('ECONNREFUSED');
		expect(failureCode(new Error('read ECONNRESET'))).toBe('ECONNRESET');
		expect(failureCode(new Error('x', { cause: failure('ETIMEDOUT') }))).toBe('ETIMEDOUT');
		expect(failureCode(failure('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'))).toBe(
			'DEPTH_ZERO_SELF_SIGNED_CERT',
		);
		expect(failureCode('text')).toBe('NO_ANSWER');
		expect(failureCode(undefined)).toBe('NO_ANSWER');
	});

	test.each([
		['an address that cannot be used', new TypeError('Base URL must begin with https://')],
		['no credential', new NodeOperationError(node, 'Node does not have any credentials set')],
	])('but %s is told as such, and at once', async (_, mistake) => {
		const { context, sent } = scripted(new NodeApiError(node, mistake as unknown as JsonObject));
		const attempt = sendWithRetry(
			context,
			'anyApi',
			{ url: 'page' },
			{
				repeatable: true,
				understands,
			},
		);
		await expect(attempt).rejects.toThrow(mistake.message);
		expect(sent).toHaveLength(1);
	});

	test('an address that Node cannot send to is a failure like others: it holds the signature', async () => {
		const error = Object.assign(new TypeError('Invalid URL: https://x/?key=abc'), {
			code: 'ERR_INVALID_URL',
		});
		const { context } = scripted(new NodeApiError(node, error as unknown as JsonObject));
		expect(await send(context, { repeatable: false })).toEqual({
			answered: false,
			code: 'ERR_INVALID_URL',
			attempts: 1,
		});
	});
});

test.each([
	['ENOTFOUND', 'No such host'],
	['EAI_AGAIN', 'No such host'],
	['ECONNREFUSED', 'Nothing listens'],
	['ETIMEDOUT', 'No answer came in time'],
	['ECONNABORTED', 'No answer came in time'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
	['CERT_HAS_EXPIRED', 'certificate'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
	['ECONNRESET', 'The connection broke'],
	['ANSWER_TOO_LARGE', 'not read to its end'],
])('%s means to the user: %s', (code, words) => {
	expect(connectionAdvice(code)).toContain(words);
});

describe('base addresses', () => {
	test.each([
		['https://api.specter.se/', 'https://api.specter.se'],
		[' https://www.shop.example ', 'https://www.shop.example'],
		['HTTPS://Shop.Example//', 'https://shop.example'],
		['https://shop.example:8443/sub/', 'https://shop.example:8443/sub'],
		['http://127.0.0.1:5901', 'http://127.0.0.1:5901'],
		['http://127.9.9.9', 'http://127.9.9.9'],
		['http://localhost:5901/', 'http://localhost:5901'],
		['http://[::1]:80/', 'http://[::1]'],
		['https://shop.example/?', 'https://shop.example'],
		['https://shop.example/#', 'https://shop.example'],
	])('%s is %s', (given, address) => {
		expect(checkedBaseUrl(given, 'Base URL')).toBe(address);
	});

	test.each([
		['', 'is not an address'],
		['api.specter.se', 'is not an address'],
		['http://api.specter.se', 'must begin with https://'],
		['http://localhost.evil.example', 'must begin with https://'],
		['http://127.0.0.1.evil.example', 'must begin with https://'],
		['http://192.168.1.5', 'must begin with https://'],
		['http://0.0.0.0', 'must begin with https://'],
		['ftp://api.specter.se', 'must begin with https://'],
		['file:///etc/passwd', 'must begin with https://'],
		['javascript:alert(1)', 'must begin with https://'],
		['https://user:pass@host.example', 'must be the address alone'],
		['https://host.example/?a=1', 'must be the address alone'],
		['https://host.example/#a', 'must be the address alone'],
	])('%j is refused: %s', (given, reason) => {
		expect(() => checkedBaseUrl(given, 'Base URL')).toThrow(`Base URL ${reason}`);
	});

	test('a secret in a refused address is not repeated', () => {
		expect(() => checkedBaseUrl('https://user:hemligt@host.example', 'Base URL')).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('hemligt') as string }),
		);
	});
});

describe('the credential’s own host', () => {
	const base = 'https://shop.example/API/1/';

	test('a path stands below the base', () => {
		expect(onOwnHost({ url: 'orders/1' }, base).url).toBe('https://shop.example/API/1/orders/1');
	});

	test.each([
		'https://evil.example/orders',
		'//evil.example/orders',
		'http://shop.example/orders',
		'https://shop.example:444/orders',
		'https://shop.example@evil.example/',
		'\\\\evil.example\\orders',
	])('%s is refused', (url) => {
		expect(() => onOwnHost({ url }, base)).toThrow(/^The credential is for shop\.example/);
	});
});
