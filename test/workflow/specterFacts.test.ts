import './withoutPauses';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { operations as specter } from '../../nodes/Specter/actions';
import type { FactReport } from '../../nodes/shared/facts';
import { startSandbox, type Sandbox } from '../sandbox';
import { combine, type Difference } from '../sandbox/differences';
import { SPECTER_DIALECT } from '../sandbox/specter/dialect';
import { SPECTER_DIFFERENCES } from '../sandbox/specter/differences';
import { factsOf } from './factsOfDifference';
import { runOperation } from './lightContext';
import { enterPendingChanges } from './pendingChanges';

const EVERY_PROBE = { writeProbes: ['queues', 'article', 'order'] };

/** As the contract has it where our stand-in is stricter. */
const AS_ASSUMED: Difference = {
	name: 'as the contract assumes',
	contract: 'specter',
	specter: { parameterCase: 'any' },
};

let sandbox: Sandbox;
afterEach(async () => await sandbox.stop());

/** An account with a record for everything that the check looks at. */
async function start(...differences: Difference[]): Promise<void> {
	sandbox = await startSandbox({ products: 3, ...combine([AS_ASSUMED, ...differences]) });
	enterPendingChanges(sandbox.specter);
}

/** As an integrator enters it at first: the keys, and all else as it stands in the form. */
function asEntered(): IDataObject {
	const { credentials, credentialsVersion2 } = sandbox.specter;
	const { sbmId, apiUserKey, integrationKey } = credentials;
	const { apiUserId } = credentialsVersion2;
	const baseUrl = sandbox.specter.url;
	return { baseUrl, apiVersion: '2', sbmId, apiUserKey, integrationKey, apiUserId };
}

const check = async (credential: IDataObject, parameters: IDataObject = EVERY_PROBE) => {
	const run = await runOperation(specter.account.checkFacts, {
		parameters,
		credentials: { specterApi: { ...sandbox.specter.credentials, ...credential } },
	});
	return run.map(({ json }) => json as FactReport);
};

const withSettings = (credential: IDataObject, reports: FactReport[]): IDataObject =>
	Object.assign(
		{ ...credential },
		...reports.flatMap(({ setting }) => (setting ? [{ [setting.field]: setting.value }] : [])),
	) as IDataObject;

const differing = (reports: FactReport[]) =>
	reports.filter(({ verdict }) => verdict === 'differs').map(({ fact }) => fact);

describe('an account as the contract assumes', () => {
	beforeEach(async () => await start());

	test('differs in nothing, and what can be tested is', async () => {
		const reports = await check({});
		expect(differing(reports)).toEqual([]);
		const open = reports.filter(({ verdict }) => verdict === 'not tested').map(({ fact }) => fact);
		expect(open).toEqual(['undeclaredXml', 'unforcedMatch', 'unnamedCallBacksStay']);
		for (const { found } of reports) expect(found).not.toBe('');
	});

	test('is only read from unless the user chooses more', async () => {
		const reports = await check({}, {});
		const actions = sandbox.specter.calls.map(({ action }) => action);
		expect(new Set(actions)).toEqual(new Set(['checkAccountSettings']));
		expect(differing(reports)).toEqual([]);
		expect(reports.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(3);
	});

	test('has its call-backs afterwards', async () => {
		sandbox.specter.callBacks.register('actionStockChange', 'http://127.0.0.1:9/hook');
		await check({}, {});
		expect(sandbox.specter.callBacks.urls.get('actionStockChange')).toBe('http://127.0.0.1:9/hook');
	});

	test('loses no pending change', async () => {
		await check({});
		const { stockQueue, articleQueue, orderQueue } = sandbox.specter;
		for (const queue of [stockQueue, articleQueue, orderQueue]) {
			expect(queue.pendingCount + queue.openKeys.length).toBeGreaterThan(0);
		}
	});

	test('tells no secret and no data of its records', async () => {
		const text = JSON.stringify(await check({}));
		const { apiUserKey, integrationKey } = sandbox.specter.credentials;
		for (const secret of [apiUserKey, integrationKey, 'Åkes', 'maskindisk', 'Blå mugg']) {
			expect(text).not.toContain(secret);
		}
	});
});

const UNTESTABLE_NOW = ['Specter: a clock in another zone'];

describe.each(
	SPECTER_DIFFERENCES.filter(({ name }) => !UNTESTABLE_NOW.includes(name)).map(
		(difference) => [difference.name, difference] as const,
	),
)('%s', (_, difference) => {
	test('is found, and nothing else; the setting that is named makes it right', async () => {
		await start(difference);
		const reports = await check(asEntered());
		expect(differing(reports)).toEqual(factsOf(difference));
		const again = await check(withSettings(asEntered(), reports));
		const stillThere = reports.filter(({ verdict, setting }) => verdict === 'differs' && !setting);
		expect(differing(again)).toEqual(stillThere.map(({ fact }) => fact));
	});
});

const having = (specter: Difference['specter']): Difference => ({
	name: 'another',
	contract: 'specter',
	specter,
});

const setting = (reports: FactReport[], name: string) =>
	JSON.parse(reports.find(({ fact }) => fact === name)?.setting?.value ?? 'null') as unknown;

describe('a difference that the catalogue has not', () => {
	test('a known order is refused in words that nobody knows, with a code of its own', async () => {
		const duplicateOrderMessage = 'Referensen $externalOrderNo hör till en annan post';
		await start(having({ duplicateOrderMessage }));
		const reports = await check(asEntered());
		expect(differing(reports)).toEqual(['duplicateOrder']);
		expect(setting(reports, 'duplicateOrder')).toEqual({ duplicateOrder: { codes: ['13'] } });
	});

	test('… and with a code that other refusals have as well', async () => {
		const duplicateOrderMessage = 'Referensen $externalOrderNo hör till en annan post';
		const codes = { ...SPECTER_DIALECT.codes, duplicateOrder: SPECTER_DIALECT.codes.article };
		await start(having({ duplicateOrderMessage, codes }));
		const reports = await check(asEntered());
		expect(setting(reports, 'duplicateOrder')).toEqual({
			duplicateOrder: { words: ['hör till en annan post'] },
		});
		expect(differing(await check(withSettings(asEntered(), reports)))).toEqual([]);
	});

	test('a write is read in its query alone', async () => {
		await start(having({ parametersIn: 'query' }));
		const reports = await check(asEntered());
		expect(setting(reports, 'writesIn')).toEqual({ writesIn: 'query' });
		expect(differing(await check(withSettings(asEntered(), reports)))).toEqual([]);
	});

	test('capitals in a parameter matter', async () => {
		await start(having({ parameterCase: 'exact' }));
		expect(differing(await check(asEntered()))).toEqual(['parameterCase']);
	});

	test('another name for the new number of an article is found where no name is refused', async () => {
		await start(
			having({
				unknownParameters: 'ignore',
				parameterNames: { newArticleNo: 'changeArticleNoTo' },
			}),
		);
		const reports = await check(asEntered());
		expect(setting(reports, 'newArticleNo')).toEqual({
			parameters: { 'newArticleSubmit.newArticleNo': 'changeArticleNoTo' },
		});
		expect(sandbox.specter.articles.has('CONNECTION-CHECK')).toBe(true);
	});

	test('the day is that of another zone', async () => {
		const everything = ['nextTick', 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'];
		jest.useFakeTimers({
			now: new Date('2026-03-01T18:00:00Z'),
			doNotFake: [
				...everything,
				'setInterval',
				'clearInterval',
				'performance',
				'queueMicrotask',
			] as never,
		});
		try {
			await start(having({ timeZone: 'Asia/Tokyo' }));
			const reports = await check(asEntered());
			expect(setting(reports, 'timeZone')).toEqual({ timeZone: 'Asia/Tokyo' });
			expect(differing(await check(withSettings(asEntered(), reports)))).toEqual([]);
		} finally {
			jest.useRealTimers();
		}
	});

	test('a name that nobody guesses is left out, and the order is taken without it', async () => {
		await start(having({ parameterNames: { shopEmail: 'x17' } }));
		const reports = await check(asEntered());
		expect(setting(reports, 'order.shopEmail')).toEqual({
			parameters: { 'newOrderSubmit.shopEmail': null },
		});
		expect(differing(await check(withSettings(asEntered(), reports)))).toEqual([]);
	});
});

describe('call-backs that are not named', () => {
	const marks: string[] = [];
	const inbox = createServer(({ url = '' }, response) => {
		const { searchParams } = new URL(url, 'http://127.0.0.1');
		const mark = searchParams.get('mark');
		if (mark) marks.push(mark);
		response.end(searchParams.has('asks') ? JSON.stringify({ marks }) : '1;Done');
	});
	let callBackAddress = '';

	beforeAll(async () => {
		await new Promise<void>((resolve) => inbox.listen(0, '127.0.0.1', resolve));
		callBackAddress = `http://127.0.0.1:${(inbox.address() as AddressInfo).port}/call-back`;
	});
	afterAll(() => inbox.close());
	beforeEach(() => (marks.length = 0));

	const probing = async (credential = asEntered(), address = callBackAddress) => {
		const parameters = { writeProbes: ['callBacks'], callBackAddress: address };
		const reports = await check(credential, parameters);
		const { callBacks } = sandbox.specter;
		expect([...callBacks.urls.values()].filter(Boolean)).toEqual([]);
		return reports;
	};
	const finding = (reports: FactReport[]) =>
		reports.find(({ fact }) => fact === 'unnamedCallBacksStay');

	test('stay', async () => {
		await start();
		expect(finding(await probing())).toMatchObject({ verdict: 'holds', setting: null });
	});

	test('are removed, which the setting that is named makes harmless', async () => {
		await start(having({ unnamedCallBackKeepsUrl: false }));
		const reports = await probing();
		expect(differing(reports)).toEqual(['unnamedCallBacksStay']);
		expect(setting(reports, 'unnamedCallBacksStay')).toEqual({ unnamedCallBacksStay: false });
		const again = await probing(withSettings(asEntered(), reports));
		expect(differing(again)).toEqual([]);
		expect(finding(again)).toMatchObject({ verdict: 'holds', setting: null });
		expect(finding(again)?.found).toContain('as set');
	});

	test('are not tested where no call-back comes at all', async () => {
		await start();
		sandbox.specter.faults.add({ on: 'callback actionStockChange', kind: 'lose', times: 5 });
		expect(finding(await probing())?.verdict).toBe('not tested');
	});
});

test('a wrong key is told once, and nothing is tried that writes', async () => {
	await start();
	await expect(check({ integrationKey: 'wrong' })).rejects.toThrow(/refused the account/);
	expect(sandbox.specter.calls.every(({ action }) => action === 'checkAccountSettings')).toBe(true);
});
