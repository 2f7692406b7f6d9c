import { SpecterAccount } from '../../sandbox/specter/account';
import type { SpecterDialect } from '../../sandbox/specter/dialect';
import type { VendreDialect } from '../../sandbox/vendre/dialect';
import { VendreShop } from '../../sandbox/vendre/shop';
import { article, callShop, callSpecter, PERSON, submitArticles, submitCustomer } from './client';

const BATCH = 'b'.repeat(32);
const running: Array<{ stop(): Promise<void> }> = [];

async function account(dialect: Partial<SpecterDialect>): Promise<SpecterAccount> {
	const started = new SpecterAccount(dialect);
	running.push(started);
	await started.start();
	return started;
}

async function shop(dialect: Partial<VendreDialect>): Promise<VendreShop> {
	const started = new VendreShop(dialect);
	running.push(started);
	await started.start();
	return started;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (system) => await system.stop()));
});

describe('a Specter that reads the contract otherwise', () => {
	test('sends back what the shop wrote', async () => {
		const specter = await account({ shopWritesAreQueued: true });
		await submitArticles(specter, article(1, 'A'));
		expect(specter.articleQueue.pendingCount).toBe(1);
	});

	test('keeps an empty batch open, and lets a confirmation be repeated', async () => {
		const specter = await account({ emptyBatchStaysOpen: true, confirmationOfClosedBatch: 'done' });
		const call = async (action: string) =>
			await callSpecter(specter, action, BATCH, { batchNo: BATCH });
		await call('getArticleExternalNeedUpdate');
		expect(specter.stockQueue.openBatchNo).toBe(BATCH);
		expect(await call('updateArticlesFromBatch')).toMatch(/^1;/);
		expect(await call('updateArticlesFromBatch')).toMatch(/^1;/);
	});

	test('gives a new number to an article that it does not know', async () => {
		const specter = await account({ renameOfUnknownArticle: 'create' });
		await submitArticles(specter, article(1, 'A', { newArticleNo: 'B' }));
		expect([...specter.articles.keys()]).toEqual(['B']);
	});

	test('needs no apiUserId, overwrites without force, and has another root', async () => {
		const specter = await account({
			version2WithoutApiUserId: true,
			unforcedMatchKeepsData: false,
			xmlRoot: 'answer',
		});
		const params = { ...PERSON, apiUserId: '' };
		await submitCustomer(specter, params);
		const answer = await submitCustomer(specter, { ...params, city: 'Luleå', useXML: 2 });
		expect(answer).toContain('<answer><APIresponse><result>1</result><code>1001</code>');
		expect(specter.customers.get(1001)?.city).toBe('Luleå');
	});

	test('forgets call-backs that are not named', async () => {
		const specter = await account({ unnamedCallBackKeepsUrl: false });
		specter.callBacks.register('actionStockChange', 'http://a.example/');
		const date = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format();
		await callSpecter(specter, 'checkAccountSettings', date, { date });
		expect(specter.callBacks.urls.size).toBe(0);
	});
});

describe('a Vendre that reads the contract otherwise', () => {
	test('takes a bearer key, saves by POST and wraps one record', async () => {
		const vendre = await shop({ authHeader: 'bearer', saveVerb: 'POST', wrapsOneRecord: true });
		const { id } = vendre.placeOrder('person');
		const headers = { 'X-Authorization': '', Authorization: `Bearer ${vendre.credentials.apiKey}` };
		const saved = { external_id: '70001' };
		const { data } = await callShop(vendre, 'POST', `orders/${id}`, saved, headers);
		expect(data.data).toMatchObject({ id, ...saved });
		expect(vendre.credentials).toMatchObject({ authHeader: 'bearer', saveVerb: 'POST' });
	});

	test('marks unfinished orders and guests by null', async () => {
		const vendre = await shop({ unfinishedStatusId: null, guestCustomerId: null });
		expect(vendre.placeOrder('unfinished').status_id).toBeNull();
		expect(vendre.placeOrder('guest').customer_id).toBeNull();
	});
});
