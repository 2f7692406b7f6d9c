import './withoutPauses';
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { FactReport } from '../../nodes/shared/facts';
import { operations } from '../../nodes/Vendre/actions';
import { vendreFacts } from '../../nodes/Vendre/transport/facts';
import { startSandbox, type OrderKind, type Sandbox } from '../sandbox';
import { combine, type Difference } from '../sandbox/differences';
import { Random } from '../sandbox/data/random';
import { VENDRE_DIFFERENCES } from '../sandbox/vendre/differences';
import type { WebhookFormat } from '../sandbox/vendre/forms';
import { runNode } from './engine';
import { factsOf } from './factsOfDifference';
import { runOperation } from './lightContext';
import { receivedWebhooks } from './receivedWebhooks';
import { standIn } from './standIn';

const KINDS: OrderKind[] = [
	'person',
	'company',
	'percent-coupon',
	'fixed-coupon',
	'gift-card',
	'payment-fee',
	'shop-rounding',
	'guest',
	'unfinished',
];

let sandbox: Sandbox;

/** The stand-in shop with these differences and an order of each kind that tells something. */
async function start(differences: readonly Difference[] = [], products = 60): Promise<void> {
	sandbox = await startSandbox({ products, ...combine(differences) });
	for (const kind of KINDS) sandbox.vendre.placeOrder(kind, { webhook: false });
}

afterEach(async () => await sandbox.stop());

/** Shop URL and key, as a user begins: everything else is the default. */
const fresh = (): IDataObject => {
	const { shopUrl, apiKey } = sandbox.vendre.credentials;
	return { shopUrl, apiKey };
};

async function check(
	parameters: IDataObject = {},
	vendreApi: IDataObject = fresh(),
): Promise<FactReport[]> {
	const given = { parameters, credentials: { vendreApi } };
	const items = await runOperation(operations.account.checkFacts, given);
	return items.map(({ json }) => json as FactReport);
}

const lastOrder = () => [...sandbox.vendre.orders.keys()].at(-1);
const firstOrder = () => [...sandbox.vendre.orders.values()][0];

const writing = (testArticle: string) => ({
	writeProbes: ['article', 'order'],
	testArticle,
	testOrderId: String(lastOrder()),
});

const received = async (...formats: WebhookFormat[]) =>
	await receivedWebhooks(sandbox, firstOrder(), formats);

/** The same, and webhooks that came in two formats; the last one counts for the format. */
const withWebhooks = async (testArticle: string) => ({
	...writing(testArticle),
	webhooks: JSON.stringify(await received('form-urlencoded', 'json')),
});

const differing = (report: FactReport[]) => report.filter(({ verdict }) => verdict === 'differs');
const names = (report: FactReport[]) => report.map(({ fact }) => fact).sort();

/** The credential with everything entered that a report names. */
function entered(report: FactReport[]): IDataObject {
	const settings = report.flatMap(({ setting }) => setting ?? []);
	return {
		...fresh(),
		...Object.fromEntries(settings.map(({ field, value }) => [field, value])),
	};
}

/** Two runs, as a user makes them: what the first one names is entered before the second. */
async function expectFound(differences: readonly Difference[]): Promise<void> {
	const report = await check(await withWebhooks('CHECK-1'));
	expect(names(report)).toEqual(Object.keys(vendreFacts).sort());
	expect(names(differing(report))).toEqual(differences.flatMap(factsOf).sort());
	const again = await check(await withWebhooks('CHECK-2'), entered(report));
	expect(names(differing(again))).toEqual(
		names(differing(report).filter(({ setting }) => !setting)),
	);
	for (const { fact } of differing(report).filter(({ setting }) => setting)) {
		const now = again.find((each) => each.fact === fact);
		expect(now).toMatchObject({ verdict: 'holds', setting: null, advice: '' });
		expect(now?.found).toContain(', as set');
	}
}

describe('one difference is found, and nothing else; entered, all holds', () => {
	test.each(VENDRE_DIFFERENCES.map((difference) => [difference.name, difference] as const))(
		'%s',
		async (_, difference) => {
			await start([difference]);
			await expectFound([difference]);
		},
	);

	test('the usual shop: nothing differs', async () => {
		await start();
		await expectFound([]);
	});
});

test.each(Array.from({ length: 12 }, (_, seed) => seed))(
	'some differences together, all found in one run (seed %i)',
	async (seed) => {
		const random = new Random(seed);
		const share = random.pick([0.1, 0.3, 0.6, 1]);
		const some = VENDRE_DIFFERENCES.filter(() => random.chance(share));
		await start(some);
		await expectFound(some);
	},
);

describe('further readings', () => {
	test.each([
		['rows stand in data', { listRows: 'data' }, ['listWrapper'], null],
		['an error is plain text', { errorFormat: 'text' }, ['errorFormat'], null],
		['an error is a page', { errorFormat: 'html' }, ['errorFormat'], null],
		['fewer products in a call', { mostIds: 20 }, ['idsPerCall'], { idsPerCall: 10 }],
		[
			'the article number is asked for as model',
			{ filterNames: { article_number: 'model' } },
			['articleNumberFilter'],
			{ filters: { article_number: 'model' } },
		],
		[
			'no filter at all',
			{ filters: { products: [], customers: [] } },
			['articleNumberFilter', 'idsFilter', 'matchFilter'],
			null,
		],
		['an unfinished order has no status', { unfinishedStatusId: null }, [], null],
		[
			'types of customer are words',
			{ customerTypes: { private: 'person', business: 'company' } },
			['businessCustomerType'],
			{ businessCustomerType: 'company' },
		],
		[
			'a coupon in percent by its sums',
			{ couponTypes: { percent: 'relative' } },
			['percentCoupon'],
			{ percentCoupon: 'relative' },
		],
		[
			'a class that only its line tells',
			{ totalClasses: { ot_gift_card: 'ot_42', ot_rounding: 'ot_43', ot_total: 'ot_44' } },
			['totals.ot_gift_card', 'totals.ot_rounding', 'totals.ot_total'],
			{ totalClasses: { ot_gift_card: 'ot_42', ot_rounding: 'ot_43', ot_total: 'ot_44' } },
		],
	] as Array<[string, Difference['vendre'], string[], IDataObject | null]>)(
		'%s',
		async (name, vendre, facts, entry) => {
			await start([{ name, contract: 'vendre', vendre }]);
			const report = differing(await check());
			expect(names(report)).toEqual(facts);
			for (const { setting } of report) {
				expect(setting && (JSON.parse(setting.value) as unknown)).toEqual(entry);
			}
		},
	);
});

test('what cannot be set says so, and what can names the field and the whole of its value', async () => {
	const of = (...wanted: string[]) =>
		VENDRE_DIFFERENCES.filter(({ name }) => wanted.includes(name.replace('Vendre: ', '')));
	await start(of('one record comes wrapped', 'POST saves', 'weights in gram', 'accepted aliases'));
	const credential = { ...fresh(), differences: '{"totalClasses":{"ot_total":"ot_total"}}' };
	const report = await check(writing('CHECK-1'), credential);
	const about = (fact: string) => report.find((each) => each.fact === fact);
	expect(about('recordWrapper')).toMatchObject({
		verdict: 'differs',
		setting: null,
		advice: expect.stringContaining('Nothing to set') as string,
	});
	expect(about('saveVerb')?.setting).toEqual({
		credential: 'vendreApi',
		field: 'saveVerb',
		value: 'POST',
	});
	expect(JSON.parse(about('weightUnit')?.setting?.value ?? '')).toEqual({
		totalClasses: { ot_total: 'ot_total' },
		weightUnit: 'g',
	});
	expect(about('orders.status_name')?.found).toBe('orders_status_name, which is read as well');
});

describe('the webhooks that came', () => {
	const about = async (webhooks: IDataObject[string], credential?: IDataObject) => {
		const report = await check({ webhooks }, credential);
		return (fact: string) => report.find((each) => each.fact === fact);
	};
	const FACTS = ['webhookFormat', 'formNesting', 'webhookId'];
	const form = {
		event: 'new_order',
		format: 'JSON',
		nesting: 'none',
		idName: 'id',
		otherIdNames: ['customer_id'],
		confirmed: true,
	};

	test.each([[undefined], ['[]'], [''], [[]], [null]])('none (%j): not tested', async (given) => {
		await start();
		const of = await about(given);
		for (const fact of FACTS) {
			expect(of(fact)).toMatchObject({ verdict: 'not tested', probe: 'webhook' });
			expect(of(fact)?.found).toContain('No webhook has come');
		}
	});

	test.each([
		['form-urlencoded', 'form fields'],
		['form-data', 'a multipart form'],
	] as const)('as %s: no JSON, and nothing to set', async (format, words) => {
		await start();
		const of = await about(await received('json', format));
		expect(of('webhookFormat')).toMatchObject({ verdict: 'differs', setting: null });
		expect(of('webhookFormat')?.found).toContain(words);
		expect(of('webhookFormat')?.advice).toContain('Nothing to set');
		expect(of('formNesting')).toMatchObject({ verdict: 'holds' });
		expect(of('webhookId')).toMatchObject({ verdict: 'holds', found: 'id' });
	});

	test('as JSON alone: a form’s names are not tested', async () => {
		await start();
		const of = await about(await received('json'));
		expect(FACTS.map((fact) => of(fact)?.verdict)).toEqual(['holds', 'not tested', 'holds']);
		expect(of('formNesting')?.found).toContain('No webhook came as a form');
	});

	test('of several the last one that tells', async () => {
		await start();
		const unread = { ...form, format: 'another', confirmed: false, idName: null };
		const of = await about([{ ...form, idName: 'no' }, { ...form, idName: 'record_id' }, unread]);
		expect(of('webhookFormat')?.advice).toContain('Choose JSON or form-data');
		expect(of('webhookId')?.setting?.value).toBe('{"webhookId":"record_id"}');
	});

	test('a name that no record bears out is told and not named as a setting', async () => {
		await start();
		const of = await about([{ ...form, confirmed: false }]);
		expect(of('webhookId')).toMatchObject({ verdict: 'not tested', setting: null });
		expect(of('webhookId')?.found).toContain('id, customer_id');
		const without = await about([{ ...form, confirmed: false, idName: null, otherIdNames: [] }]);
		expect(without('webhookId')?.found).toContain('looks like an ID');
	});

	test.each(['{', '{}', '7', '[7]', '[null]', '[{"format":"toString"}]', '[{"format":"JSON"}]'])(
		'%s is no list of them: one clear error',
		async (webhooks) => {
			await start();
			await expect(check({ webhooks })).rejects.toThrow(
				'The parameter Webhooks Received is no list of webhooks',
			);
		},
	);
});

describe('what a field is called', () => {
	test('no guess: the names that nobody knows are told', async () => {
		await start();
		await sandbox.stop();
		const fieldNames = { orders: { external_id: 'zulu', customer_comment: null } };
		sandbox = await startSandbox({ products: 60, vendreDialect: { fieldNames } });
		sandbox.vendre.placeOrder('person', { webhook: false });
		const report = differing(await check());
		expect(names(report)).toEqual(['orders.customer_comment', 'orders.external_id']);
		for (const { found, setting } of report) {
			expect([found, setting]).toEqual(['No orders have it; what is there besides: zulu', null]);
		}
	});
});

describe('what the check does to the shop', () => {
	test('without a write probe it only reads', async () => {
		await start(VENDRE_DIFFERENCES);
		await check({ testOrderId: String(lastOrder()), testArticle: 'CHECK-1' });
		expect(new Set(sandbox.vendre.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
		expect(sandbox.vendre.writes.size).toBe(0);
	});

	test('write probes leave article, order and customer as they were', async () => {
		await start();
		const { orders, customers, products } = sandbox.vendre;
		const [product] = products.values();
		const whole = () =>
			JSON.stringify(
				[[...orders.values()], [...customers.values()], [...products.values()]],
				withoutDates,
			);
		product.note = 'Ömtålig';
		const before = whole();
		const report = await check(writing(product.article_number));
		expect(whole()).toBe(before);
		expect(sandbox.vendre.writes.get(`products/${product.id}`)).toBe(2);
		expect(report.find(({ fact }) => fact === 'createVerb')).toMatchObject({
			verdict: 'not tested',
			found: 'The shop has the test article: name one that it does not have',
		});
	});

	test('a test article that the shop lacks is made once, inactive', async () => {
		await start();
		await check(writing('CHECK-1'));
		const made = [...sandbox.vendre.products.values()].at(-1);
		expect(made).toMatchObject({ article_number: 'CHECK-1', status: false, note: '' });
		await check(writing('CHECK-1'));
		expect([...sandbox.vendre.products.values()].at(-1)).toBe(made);
	});
});

const withoutDates = (key: string, value: unknown) => (key === 'date_modified' ? 0 : value);

test('a report holds no secret and nothing of anybody', async () => {
	await start(VENDRE_DIFFERENCES);
	const report = JSON.stringify(await check(await withWebhooks('CHECK-1')));
	const { credentials, customers, orders } = sandbox.vendre;
	expect(report).not.toContain(credentials.apiKey);
	const personal = [...customers.values(), ...orders.values()].flatMap((record) => [
		record.name_first,
		record.name_last,
		record.company,
		record.identification_number,
		record.vat,
		record.email_address,
		record.phone_default,
		record.phone_mobile,
		'city' in record ? record.city : undefined,
	]);
	for (const value of personal.filter((each) => each && String(each).length > 2)) {
		expect(report).not.toContain(value);
	}
});

describe('where there is little to see', () => {
	test('a shop with nothing in it: not tested, and no failure', async () => {
		sandbox = await startSandbox({ products: 60 });
		const { vendre } = sandbox;
		for (const id of [...vendre.products.keys()]) vendre.deleteProduct(id);
		for (const id of [...vendre.customers.keys()]) vendre.customerShelf.remove(id);
		const report = await check({ ...writing('CHECK-1'), testOrderId: '7' });
		expect(differing(report)).toEqual([]);
		const known = ['apiPath', 'authHeader', 'errorFormat', 'listWrapper', 'ordersList'];
		expect(names(report.filter(({ verdict }) => verdict === 'holds'))).toEqual(known);
	});

	test('a probe that fails leaves the others alone', async () => {
		await start();
		for (const on of ['GET /API/1/orders', 'GET /API/1/customers']) {
			sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: null });
		}
		const report = await check();
		expect(names(differing(report))).toEqual(['ordersList']);
		const about = (fact: string) => report.find((each) => each.fact === fact)?.verdict;
		expect(['weightUnit', 'customers.fax', 'orders.products', 'idsFilter'].map(about)).toEqual([
			'holds',
			'not tested',
			'not tested',
			'holds',
		]);
	});

	test.each(['null', '[]', '7', '{"list":[null,7,{}],"remaining":0}', '{"list":[{"id":{}}]}'])(
		'answers that make no sense: %s',
		async (body) => {
			await start();
			const shop = await standIn((request) => ({
				body: request.url.includes('page_size=1&') ? '{"list":[],"remaining":0}' : body,
			}));
			const report = await check({}, { ...fresh(), shopUrl: shop.url });
			expect(report).toHaveLength(Object.keys(vendreFacts).length);
		},
	);
});

describe('a shop that is not reached', () => {
	test.each([
		['a wrong key', { apiKey: 'wrong-key-of-mine' }, 'The shop refused the API key'],
		['no server', { shopUrl: 'http://127.0.0.1:9' }, 'Vendre gave no answer'],
		[
			'Differences that are no JSON',
			{ differences: '{' },
			'Differences in the credential is no JSON',
		],
	])('%s: one clear error', async (_, changes, message) => {
		await start();
		const error = await check({}, { ...fresh(), ...changes }).catch((thrown: Error) => thrown);
		expect(error).toBeInstanceOf(Error);
		expect((error as Error).message).toContain(message);
		expect(inspect(error, { depth: 20 })).not.toMatch(/wrong-key-of-mine|sandbox-vendre-key/);
	});

	test('something that is no shop', async () => {
		await start();
		const page = await standIn(() => ({ body: '<html>Hello</html>' }));
		await expect(check({}, { ...fresh(), shopUrl: page.url })).rejects.toThrow(
			'Vendre’s API at none of the paths that were tried',
		);
	});

	test('a path that only the user knows', async () => {
		sandbox = await startSandbox({ products: 2, vendreDialect: { apiPath: '/shop/admin-api' } });
		await expect(check()).rejects.toThrow('none of the paths');
		const report = await check({ furtherPaths: '/nowhere, shop/admin-api/' });
		expect(differing(report)).toMatchObject([
			{ fact: 'apiPath', setting: { field: 'apiPath', value: '/shop/admin-api' } },
		]);
	});
});

describe('in n8n’s engine', () => {
	const run = async (operation: string, vendreApi: IDataObject, more: IDataObject = {}) =>
		await runNode(
			{ ...sandbox, vendre: { credentials: vendreApi as never } },
			'vendre',
			{ resource: 'account', operation, ...more },
			[{}],
		);

	test('Check Facts goes on with the path and the header that it found', async () => {
		const reached = VENDRE_DIFFERENCES.slice(0, 2);
		await start(reached);
		const { items, error } = await run('checkFacts', {
			...fresh(),
			apiPath: '/API/1',
			authHeader: 'X-Authorization',
			saveVerb: 'PUT',
		});
		expect(error).toBeUndefined();
		const report = items.map(({ json }) => json as FactReport);
		expect(names(differing(report))).toEqual(['apiPath', 'authHeader']);
		expect(report.find(({ fact }) => fact === 'orders.totals')?.verdict).toBe('holds');
	});

	test('Check Facts takes the webhooks by an expression, as the template has it', async () => {
		await start();
		const rows = [{}, { form: JSON.stringify((await received('json'))[0]) }];
		const webhooks = `={{ ${JSON.stringify(rows)}.filter(({ form }) => form).map(({ form }) => JSON.parse(form)) }}`;
		const { items } = await run('checkFacts', sandbox.vendre.credentials, { webhooks });
		const report = items.map(({ json }) => json as FactReport);
		expect(report.find(({ fact }) => fact === 'webhookId')).toMatchObject({
			verdict: 'holds',
			probe: 'webhook',
		});
	});

	test('Check', async () => {
		await start();
		const accepted = await run('check', sandbox.vendre.credentials);
		expect(accepted.items[0].json).toMatchObject({ outcome: 'accepted' });
		const refused = await run('check', { ...sandbox.vendre.credentials, apiKey: 'wrong' });
		expect(refused.error?.message).toContain('HTTP status 401');
	});
});
