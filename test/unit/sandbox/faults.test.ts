import axios, { AxiosError } from 'axios';

import { Random } from '../../sandbox/data/random';
import { FaultPlan, type FaultTarget } from '../../sandbox/faults';
import { startSandbox, type FaultKind, type Sandbox } from '../../sandbox';
import { article, callShop, submitArticles } from './client';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => await sandbox.stop());

const submit = async () => await submitArticles(sandbox.specter, article(1, 'A'));

test.each<[FaultKind, boolean]>([
	['drop-before-commit', false],
	['drop-after-commit', true],
])('%s: no answer, written: %s', async (kind, written) => {
	sandbox.specter.faults.add({ on: 'newArticleSubmit', kind });
	await expect(submit()).rejects.toBeInstanceOf(AxiosError);
	expect(sandbox.specter.articles.has('A')).toBe(written);
	expect(sandbox.specter.calls).toMatchObject([
		{ action: 'newArticleSubmit', status: 0, fault: kind },
	]);
	expect(await submit()).toMatch(/^1;/);
});

test('a status comes with Retry-After and writes nothing', async () => {
	sandbox.vendre.faults.add({
		on: 'GET /orders/\\d+',
		kind: 'status',
		status: 429,
		retryAfter: '2',
		times: 2,
	});
	const { id } = sandbox.vendre.placeOrder('person');
	for (const expected of [429, 429, 200]) {
		const { status, headers } = await callShop(sandbox.vendre, 'GET', `orders/${id}`);
		expect(status).toBe(expected);
		expect(headers['retry-after']).toBe(expected === 429 ? '2' : undefined);
	}
	expect((await callShop(sandbox.vendre, 'GET', 'orders')).status).toBe(200);
});

test('a malformed answer is the beginning of the right one', async () => {
	sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'malformed' });
	const whole = '1;50001;1 created, 0 updated, 0 unchanged';
	const part = await submit();
	expect(part.length).toBeLessThan(whole.length / 2);
	expect(whole.startsWith(part)).toBe(true);
	expect(sandbox.specter.articles.has('A')).toBe(true);
});

test('garbage is an HTML page with status 200', async () => {
	sandbox.specter.faults.add({ on: 'POST /putInfo.asp', kind: 'garbage' });
	expect(await submit()).toContain('<h1>Server error');
});

test('a delay comes before the answer', async () => {
	sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'delay', delayMs: 150 });
	const started = performance.now();
	expect(await submit()).toMatch(/^1;/);
	expect(performance.now() - started).toBeGreaterThan(140);
});

test('faults can be ordered, listed and cleared over HTTP', async () => {
	const at = `${sandbox.specter.url}/_sandbox/faults`;
	const fault = { on: 'newOrderSubmit', kind: 'drop-after-commit', times: null };
	const { data } = await axios.post<unknown>(at, fault, { proxy: false });
	expect(data).toMatchObject([{ on: 'newOrderSubmit', kind: 'drop-after-commit' }]);
	await axios.post(`${at}/clear`, {}, { proxy: false });
	expect(sandbox.specter.faults.list()).toEqual([]);
	await expect(axios.post(at, { on: 'x', kind: 'lose' }, { proxy: false })).rejects.toThrow('400');
});

test.each([
	[{ on: 'newOrderSubmit', kind: 'lose' as const }],
	[{ on: 'webhook new_order', kind: 'status' as const, status: 500 }],
	[{ on: 'newOrderSubmit', kind: 'status' as const }],
	[{ on: 'newOrderSubmit', kind: 'delay' as const }],
	[{ on: 'newOrderSubmit', kind: 'garbage' as const, times: 0 }],
])('a fault that makes no sense is refused: %j', (fault) => {
	expect(() => new FaultPlan().add(fault)).toThrow();
});

test('until resolves on a change and rejects when its time is up', async () => {
	const { specter } = sandbox;
	const seen = specter.until(() => specter.articles.has('A'), 5_000);
	await submit();
	await expect(seen).resolves.toBeUndefined();
	await expect(specter.until(() => specter.articles.has('B'), 20)).rejects.toThrow('within 20 ms');
});

test('silence is carried out, and the connection closes unanswered after a while', async () => {
	sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'silence', delayMs: 60 });
	const started = performance.now();
	await expect(submit()).rejects.toBeInstanceOf(AxiosError);
	expect(performance.now() - started).toBeGreaterThanOrEqual(55);
	expect(sandbox.specter.articles.has('A')).toBe(true);
});

test('a wrong type stands on the right answer', async () => {
	sandbox.vendre.faults.add({ on: 'GET /categories', kind: 'wrong-type' });
	const { headers, data } = await callShop(sandbox.vendre, 'GET', 'categories');
	expect(headers['content-type']).toBe('application/octet-stream');
	expect(data).toMatchObject({ remaining: 0 });
});

test('a system that is down drops every request and does nothing of it, until it is up again', async () => {
	sandbox.specter.faults.isDown = true;
	await expect(submit()).rejects.toBeInstanceOf(AxiosError);
	await expect(submit()).rejects.toBeInstanceOf(AxiosError);
	expect(sandbox.specter.articles.has('A')).toBe(false);
	expect(sandbox.specter.faults.taken.get('drop-before-commit')).toBe(2);
	sandbox.specter.faults.isDown = false;
	expect(await submit()).toMatch(/^1;/);
});

describe('rain', () => {
	const DROPS = 400;
	const SHARE = 0.25;
	const rain = (faults: FaultPlan) =>
		faults.rain({
			random: new Random(7),
			requests: { share: SHARE, faults: [{ kind: 'status', status: 503 }, { kind: 'garbage' }] },
			deliveries: { share: SHARE, faults: [{ kind: 'lose' }] },
		});
	const request = { name: 'newOrderSubmit', method: 'POST', path: '/putInfo.asp' };
	const taken = (faults: FaultPlan, target: FaultTarget) =>
		Array.from({ length: DROPS }, () => faults.take(target)?.kind);

	test('falls on a share of the requests and of the deliveries, each in its own ways', () => {
		const faults = new FaultPlan();
		rain(faults);
		const requests = taken(faults, request).filter((kind) => kind !== undefined);
		const deliveries = taken(faults, { name: 'webhook new_order' }).filter(Boolean);
		expect(new Set(requests)).toEqual(new Set(['status', 'garbage']));
		expect(new Set(deliveries)).toEqual(new Set(['lose']));
		for (const { length } of [requests, deliveries]) {
			expect(Math.abs(length / DROPS - SHARE)).toBeLessThan(0.06);
		}
		const { status = 0, garbage = 0 } = Object.fromEntries(faults.taken);
		expect(status + garbage).toBe(requests.length);
	});

	test('is the same for the same random numbers, lets ordered faults go first, and ends', () => {
		const [one, other] = [new FaultPlan(), new FaultPlan()];
		for (const faults of [one, other]) rain(faults);
		expect(taken(one, request)).toEqual(taken(other, request));
		one.add({ on: 'newOrderSubmit', kind: 'drop-after-commit' });
		expect(one.take(request)?.kind).toBe('drop-after-commit');
		one.clear();
		expect(new Set(taken(one, request))).toEqual(new Set([undefined]));
	});
});
