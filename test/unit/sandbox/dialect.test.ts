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

	test.each([
		['latin1', '<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<root>', 'latin1'],
		['utf-8', '<?xml version="1.0" encoding="UTF-8"?>\r\n<root>', 'utf8'],
		['none', '<root>', 'latin1'],
	] as const)('declares XML otherwise: %s', async (xmlDeclaration, start, encoding) => {
		const specter = await account({ xmlDeclaration });
		specter.addArticle('KÅSA-1');
		const params = { batchNo: BATCH, useXML: 2 };
		const answer = await callSpecter(specter, 'getArticleInfoExternalNeedUpdate', BATCH, params);
		const decoded = Buffer.from(answer, 'latin1').toString(encoding);
		expect(decoded.startsWith(start)).toBe(true);
		expect(decoded).toContain('<articleNo>KÅSA-1</articleNo>');
	});

	test('puts names and notes into CDATA sections', async () => {
		const specter = await account({ xmlCdata: true });
		specter.addArticle('A', { name: 'Kåsa & <co>', notes: 'a]]>b' });
		const params = { batchNo: BATCH, useXML: 2 };
		const answer = await callSpecter(specter, 'getArticleInfoExternalNeedUpdate', BATCH, params);
		expect(answer).toContain('<name><![CDATA[Kåsa & <co>]]></name>');
		expect(answer).toContain('<notes><![CDATA[a]]]]><![CDATA[>b]]></notes>');
	});

	test('has a decimal comma in text as well', async () => {
		const specter = await account({ textDecimalSeparator: ',' });
		specter.articleRegister.add('A');
		specter.setStock('A', -4.5);
		const params = { batchNo: BATCH };
		expect(await callSpecter(specter, 'getArticleExternalNeedUpdate', BATCH, params)).toContain(
			`;A;-4,5;${BATCH}`,
		);
	});

	test('tells the stock of a new article, in a queue of its own', async () => {
		const specter = await account({ newArticleStockIsQueued: true });
		specter.addArticle('WITHOUT');
		expect(specter.stockQueue.pendingCount).toBe(0);
		specter.addArticle('WITH', { stock: [{ site: 'Huvudlager', available: 3 }] });
		expect(specter.stockQueue.pendingCount).toBe(1);
		expect(specter.articleQueue.pendingCount).toBe(2);
	});

	test('says only whether the limit of a batch was reached', async () => {
		const specter = await account({ responseMaxLimit: 'reached', articlesPerBatch: 2 });
		for (const articleNo of ['A', 'B', 'C']) specter.addArticle(articleNo);
		const fetchWith = async (batchNo: string) =>
			await callSpecter(specter, 'getArticleInfoExternalNeedUpdate', batchNo, {
				batchNo,
				useXML: 2,
			});
		expect(await fetchWith(BATCH)).toContain('<responseMaxLimit>1</responseMaxLimit>');
		await callSpecter(specter, 'updateArticleInfosFromBatch', BATCH, { batchNo: BATCH });
		expect(await fetchWith('c'.repeat(32))).toContain('<responseMaxLimit>0</responseMaxLimit>');
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
