import axios from 'axios';

import type { SpecterAccount } from '../../sandbox/specter/account';
import { SPECTER_DIALECT } from '../../sandbox/specter/dialect';
import {
	article,
	callSpecter,
	encodeAll,
	orderRow,
	PERSON,
	submitArticles,
	submitCustomer,
	submitOrder,
	type Params,
} from './client';
import { account, stopAll } from './systems';

const BATCH = 'b'.repeat(32);

afterEach(stopAll);

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

	test('has XML in UTF-8 without saying so', async () => {
		const specter = await account({ xmlDeclaration: 'none', undeclaredXmlEncoding: 'utf-8' });
		specter.addArticle('KÅSA-1');
		const answer = await fetch(specter, 'getArticleInfoExternalNeedUpdate', { useXML: 2 });
		expect(answer.startsWith('<root>')).toBe(true);
		expect(Buffer.from(answer, 'latin1').toString('utf8')).toContain('KÅSA-1');
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
		const date = today();
		await callSpecter(specter, 'checkAccountSettings', date, { date });
		expect(specter.callBacks.urls.size).toBe(0);
	});

	test('is found below its base path alone', async () => {
		const specter = await account({ basePath: '/ws/' });
		expect(specter.credentials.baseUrl).toBe(`${specter.url}/ws`);
		expect(await submitCustomer(specter, PERSON)).toMatch(/^1;/);
		const options = { proxy: false, validateStatus: () => true } as const;
		expect((await axios.get(`${specter.url}/getInfo.asp`, options)).status).toBe(404);
	});

	test.each([
		['body', 'query', 'body'],
		['query', 'body', 'query'],
	] as const)('reads a write in its %s alone', async (parametersIn, unseen, seen) => {
		const specter = await account({ parametersIn });
		const parameters = encodeAll({ action: 'newOrderSubmit' });
		const write = async (place: 'body' | 'query') =>
			await axios.post<string>(
				`${specter.url}/putInfo.asp${place === 'query' ? `?${parameters}` : ''}`,
				place === 'body' ? parameters : '',
				{ headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, proxy: false },
			);
		expect((await write(unseen)).data).toBe('0;2;putinfo.asp has no function ""');
		expect((await write(seen)).data).toBe('0;1;Wrong sbmId, key or apiUserId');
		const date = today();
		expect(await callSpecter(specter, 'checkAccountSettings', date, { date })).toMatch(/^1;/);
	});

	test.each([
		[1, 2],
		[2, 1],
	] as const)('has keys of version %d alone', async (version, other) => {
		const specter = await account({ apiVersions: [version] });
		const { credentialsVersion1, credentialsVersion2 } = specter;
		const keys = { 1: credentialsVersion1, 2: credentialsVersion2 };
		const check = async (credentials: SpecterAccount['credentials']) => {
			const date = today();
			return await callSpecter(specter, 'checkAccountSettings', date, { date }, credentials);
		};
		expect(specter.credentials).toEqual(keys[version]);
		expect(await check(keys[version])).toMatch(/^1;/);
		expect(await check(keys[other])).toMatch(/^0;1;/);
		const apiUserId = version === 1 ? credentialsVersion2.apiUserId : '';
		expect(await check({ ...keys[version], apiUserId })).toMatch(/^0;1;/);
	});

	test('has its day in another zone', async () => {
		const specter = await account(
			{ timeZone: 'Asia/Tokyo' },
			() => new Date('2026-11-24T18:00:00Z'),
		);
		const check = async (date: string) =>
			await callSpecter(specter, 'checkAccountSettings', date, { date });
		expect(await check('2026-11-25')).toMatch(/^1;/);
		expect(await check('2026-11-24')).toBe('0;3;date must be today, 2026-11-25');
	});

	test('refuses a known order with another code and in other words', async () => {
		const specter = await account({
			codes: { ...SPECTER_DIALECT.codes, duplicateOrder: 207 },
			duplicateOrderMessage: 'Ordern $externalOrderNo finns redan',
		});
		expect(await orderTwice(specter)).toBe('0;207;Ordern 20001 finns redan');
	});

	test('takes a known order twice', async () => {
		const specter = await account({ refusesKnownOrder: false });
		expect(await orderTwice(specter)).toBe('1;70002;Order created');
	});

	test('lists its main stock site second', async () => {
		const specter = await account({ mainStockSite: 1 });
		specter.articleRegister.add('A');
		specter.setStock('A', 7);
		const answer = await stockOf(specter, { getMultipleStocksites: 1 });
		expect(answer.match(/<stock>.*?<\/stock>/g)).toEqual([
			'<stock><articles/></stock>',
			expect.stringContaining('<noItemsAv>7</noItemsAv>'),
		]);
		specter.setStock('A', 2, 'Butiken');
		specter.setStock('A', 3, 'Yttre lagret');
		const places = [
			...(await stockOf(specter, { getMultipleStocksites: 1 })).matchAll(/Av>(\d)</g),
		];
		expect(places.map(([, available]) => available)).toEqual(['2', '7', '3']);
		expect(await stockOf(specter, {})).toMatch(/Av>7<(?!.*Av>\d<)/);
	});

	test('has other names in its article queue, and does not tell everything', async () => {
		const specter = await account({
			articleFieldNames: {
				vatPercent: 'vat',
				deleted: 'removed',
				reorderPoint: null,
				notes: 'comment',
				supplier: 'vendor',
				'supplier.name': 'title',
				'supplier.buyPrice': null,
			},
		});
		const supplier = { supplierNo: '7', name: 'Björk AB', buyPrice: '80.00', articleNo: 'B-1' };
		specter.addArticle('A', { notes: 'Skör', suppliers: [supplier] });
		const answer = await fetch(specter, 'getArticleInfoExternalNeedUpdate', { useXML: 2 });
		expect(answer).toContain(
			' vat="25" supplierArticleNo="" isPackage="0" removed="0" oldArticleNo=""',
		);
		expect(answer).toContain(
			'<comment>Skör</comment><suppliers><vendor supplierNo="7" title="Björk AB" articleNo="B-1"/>',
		);
	});

	test.each([
		['externalOrderId', '<order orderNo="70001" externalOrderId="20001">'],
		[null, '<order orderNo="70001">'],
	])('calls an external order number %s in its order queue', async (externalOrderNoName, start) => {
		const specter = await account({ externalOrderNoName });
		await orderTwice(specter);
		specter.setOrderStatus(70001, 2);
		expect(await fetch(specter, 'getOrdersExternalNeedUpdate', { useXML: 2 })).toContain(start);
	});
});

function today(): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format();
}

/** @returns the answer to the second one */
async function orderTwice(specter: SpecterAccount): Promise<string> {
	await submitCustomer(specter, PERSON);
	await submitArticles(specter, article(1, 'A'));
	const order = async () =>
		await submitOrder(specter, 1001, { externalOrderNo: 20001 }, orderRow(1, 'A'));
	await order();
	return await order();
}

async function fetch(specter: SpecterAccount, action: string, params: Params): Promise<string> {
	return await callSpecter(specter, action, BATCH, { batchNo: BATCH, ...params });
}

async function stockOf(specter: SpecterAccount, params: Params): Promise<string> {
	specter.reportAllStock();
	return await fetch(specter, 'getArticleExternalNeedUpdate', { useXML: 2, ...params });
}
