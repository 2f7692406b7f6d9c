import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import axios from 'axios';

import { SpecterAccount } from '../../sandbox/specter/account';
import {
	article,
	callSpecter,
	COMPANY,
	encodeAll,
	orderRow,
	PERSON,
	send,
	submitArticles,
	submitCustomer,
	submitOrder,
	type Params,
} from './client';

let account: SpecterAccount;

beforeEach(async () => {
	account = new SpecterAccount();
	await account.start();
});

afterEach(async () => await account.stop());

describe('what is refused before anything else', () => {
	const person = async (params: Params) => await submitCustomer(account, { ...PERSON, ...params });

	test.each([
		['a wrong key', { key: '0'.repeat(32) }],
		['an upper-case key', { key: 'A'.repeat(32) }],
		['another sbmId', { sbmId: '4712' }],
		['another apiUserId', { apiUserId: '13' }],
		['no apiUserId with keys of version 2', { apiUserId: '' }],
	])('%s', async (_, params) => {
		expect(await person(params)).toBe('0;1;Wrong sbmId, key or apiUserId');
		expect(account.customers.size).toBe(0);
	});

	test('a key over UTF-8 bytes', async () => {
		const { sbmId, apiUserKey, integrationKey } = account.credentials;
		const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');
		const key = md5(integrationKey + md5(`${apiUserKey}${sbmId}Åsa Öberg`));
		expect(await person({ key })).toMatch(/^0;1;/);
	});

	test('values encoded as UTF-8, with a sentence that says so', async () => {
		const encoded = encodeAll({ action: 'newCustomerSubmit' });
		const answer = await send(account, 'POST', `${encoded}&firstName=${encodeURIComponent('Åsa')}`);
		expect(answer).toMatch(/^0;4;firstName is encoded as UTF-8/);
	});

	test.each([
		['bytes that are no Latin-1 text', 'name=%93citat%94', /no text in ISO-8859-1/],
		['a broken percent sign', 'name=100%', /broken percent sign/],
		['a parameter given twice', 'name=a&name=b', /given twice/],
	])('%s', async (_, encoded, message) => {
		expect(await send(account, 'POST', `action=newCustomerSubmit&${encoded}`)).toMatch(message);
	});

	test('a write by GET and a read by POST', async () => {
		expect(await send(account, 'GET', 'action=newCustomerSubmit')).toMatch(/^0;2;/);
		expect(await send(account, 'POST', 'action=checkAccountSettings')).toMatch(/^0;2;/);
	});

	test('a body that is no urlencoded form, or says UTF-8', async () => {
		for (const type of ['application/json', 'application/x-www-form-urlencoded; charset=utf-8']) {
			const { data } = await axios.post<string>(`${account.url}/putInfo.asp`, 'action=x', {
				headers: { 'Content-Type': type },
				proxy: false,
			});
			expect(data).toMatch(/^0;4;The body must be/);
		}
	});

	test('an unknown parameter, a name spelled otherwise, and a missing one', async () => {
		expect(await person({ nickName: 'Å' })).toBe('0;3;Unknown parameter nickName');
		expect(await person({ FirstName: 'Å' })).toBe('0;3;Unknown parameter FirstName');
		expect(await person({ emailAddress: '' })).toBe('0;3;emailAddress is missing');
	});

	test('refusals come as XML where useXML=2', async () => {
		expect(await person({ emailAddress: '', useXML: 2 })).toContain(
			'<APIresponse><result>0</result><code>3</code><message>emailAddress is missing</message>',
		);
	});
});

test('version 1 of the API has keys of its own and no apiUserId', async () => {
	const { credentialsVersion1 } = account;
	const answer = await callSpecter(
		account,
		'newCustomerSubmit',
		'Åsa Öberg',
		PERSON,
		credentialsVersion1,
	);
	expect(answer).toBe('1;1001;Customer created');
});

test('answers are ISO-8859-1', async () => {
	expect(await send(account, 'POST', 'action=%C5')).toBe('0;2;putinfo.asp has no function "Å"');
});

describe('newCustomerSubmit', () => {
	test.each([
		['a company without a name', { ...COMPANY, name: ' ' }, 'name is missing'],
		['a person without a surname', { ...PERSON, surName: '' }, 'surName is missing'],
		['a name of 101 characters', { ...COMPANY, name: 'x'.repeat(101) }, 'name is longer than 100'],
		['an unknown language', { ...PERSON, language: 'SV' }, 'language must be one of SE, EN'],
		['a country that does not exist', { ...PERSON, countryCode: 'XX' }, 'countryCode must be'],
		['no e-mail address', { ...PERSON, emailAddress: 'asa' }, 'emailAddress must be'],
		['customerId alone', { ...PERSON, customerId: 7 }, 'belong together'],
		['an unknown number', { ...PERSON, customerId: 7, identifyByCustomerId: 1 }, 'does not exist'],
	])('refuses %s', async (_, params: Params, message) => {
		const answer = await submitCustomer(account, params);
		expect(answer).toMatch(/^0;/);
		expect(answer).toContain(message);
		expect(account.customers.size).toBe(0);
	});

	test('matches e-mail first, then organisation number', async () => {
		await submitCustomer(account, COMPANY);
		await submitCustomer(account, { ...COMPANY, emailAddress: 'other@bygg.example', orgNo: '1' });
		const byEmail = { ...COMPANY, emailAddress: 'OTHER@bygg.example' };
		expect(await submitCustomer(account, byEmail)).toBe('1;1002;Customer exists');
		const byOrgNo = { ...COMPANY, emailAddress: 'new@bygg.example', orgNo: '5599245700' };
		expect(await submitCustomer(account, byOrgNo)).toBe('1;1001;Customer exists');
	});

	test('either control can be ignored, and both', async () => {
		await submitCustomer(account, COMPANY);
		await submitCustomer(account, { ...COMPANY, emailAddress: 'b@bygg.example', orgNo: '2' });
		const mixed = { ...COMPANY, emailAddress: 'b@bygg.example' };
		expect(await submitCustomer(account, { ...mixed, ignoreControlEmail: 1 })).toMatch(/^1;1001;/);
		expect(await submitCustomer(account, { ...mixed, ignoreControlOrgNo: 1 })).toMatch(/^1;1002;/);
		const both = { ...mixed, ignoreControlEmail: 1, ignoreControlOrgNo: 1 };
		expect(await submitCustomer(account, both)).toBe('1;1003;Customer created');
	});

	test('a match keeps its data without force and takes the new with it', async () => {
		await submitCustomer(account, { ...PERSON, city: 'Luleå', phoneNo: '08-465 004 00' });
		await submitCustomer(account, { ...PERSON, city: 'Piteå' });
		expect(account.customers.get(1001)?.city).toBe('Luleå');
		const forced = { ...PERSON, city: 'Piteå', forceCustomerUpdate: 1 };
		expect(await submitCustomer(account, forced)).toBe('1;1001;Customer updated');
		expect(account.customers.get(1001)).toMatchObject({ city: 'Piteå', phoneNo: '08-465 004 00' });
	});

	test('is found by its new e-mail address after a change, no more by the old one', async () => {
		await submitCustomer(account, PERSON);
		const known = { customerId: 1001, identifyByCustomerId: 1, forceCustomerUpdate: 1 };
		await submitCustomer(account, { ...PERSON, ...known, emailAddress: 'new@post.example' });
		expect(await submitCustomer(account, { ...PERSON, emailAddress: 'new@post.example' })).toMatch(
			/^1;1001;/,
		);
		expect(await submitCustomer(account, PERSON)).toBe('1;1002;Customer created');
	});
});

describe('newArticleSubmit', () => {
	test('creates 100 articles a call and no more', async () => {
		const rows = (count: number) =>
			Array.from({ length: count }, (_, index) => article(index + 1, `ART-${index}`));
		expect(await submitArticles(account, ...rows(100))).toBe(
			'1;50001;100 created, 0 updated, 0 unchanged',
		);
		expect(await submitArticles(account, ...rows(101))).toBe('0;3;More than 100 rows');
		expect(account.articles.size).toBe(100);
	});

	test.each([
		['a price with one decimal', article(2, 'B', { priceExclVAT: '10.5' }), 'two decimals'],
		['a weight with two decimals', article(2, 'B', { productWeight: '0.35' }), 'three decimals'],
		['a decimal comma', article(2, 'B', { priceExclVAT: '10,50' }), 'two decimals'],
		['a row without a name', article(2, 'B', { name: '' }), 'name is missing'],
		['a gap in the numbering', article(3, 'B'), 'Row 2 is missing'],
		['an article twice', article(2, 'A'), 'stands in the call twice'],
		['a supplier without addSupplier', article(2, 'B', { supplierNo: '1' }), 'addSupplier=1'],
		['an unknown field', article(2, 'B', { colour: 'red' }), 'Unknown parameter colour_2'],
	])('refuses the whole call for %s', async (_, bad, message) => {
		const answer = await submitArticles(account, article(1, 'A'), bad);
		expect(answer).toMatch(/^0;/);
		expect(answer).toContain(message);
		expect(account.articles.size).toBe(0);
	});

	test('takes the stock on creation only', async () => {
		const stock = { createArticleStock: 1, noItemsInStock: 7 };
		await submitArticles(account, article(1, 'A', stock));
		const again = { ...stock, noItemsInStock: 99, priceExclVAT: '120.00' };
		await submitArticles(account, { forceArticleUpdate: 1 }, article(1, 'A', again));
		expect(account.articles.get('A')).toMatchObject({
			isStockArticle: true,
			priceExclVAT: '120.00',
			stock: [{ available: 7 }],
		});
	});

	test('leaves a known article as it is without force', async () => {
		await submitArticles(account, article(1, 'A'));
		const answer = await submitArticles(account, article(1, 'A', { name: 'Changed' }));
		expect(answer).toBe('1;50001;0 created, 0 updated, 1 unchanged');
		expect(account.articles.get('A')?.name).toBe('Article A');
	});

	test('keeps the purchase price where Specter has suppliers for the article', async () => {
		account.addArticle('A', {
			buyPrice: '50.00',
			suppliers: [{ supplierNo: '1', name: 'Bruk', buyPrice: '50.00', articleNo: '' }],
		});
		const changed = article(1, 'A', { buyPrice: '60.00' });
		await submitArticles(account, { forceArticleUpdate: 1 }, changed);
		expect(account.articles.get('A')?.buyPrice).toBe('50.00');
	});

	test('gives an article a new number, once', async () => {
		await submitArticles(account, article(1, 'A'), article(2, 'C'));
		const rename = (to: string) => article(1, 'A', { newArticleNo: to });
		expect(await submitArticles(account, { forceArticleUpdate: 1 }, rename('C'))).toContain(
			'article C exists',
		);
		await submitArticles(account, { forceArticleUpdate: 1 }, rename('B'));
		expect([...account.articles.keys()]).toEqual(['C', 'B']);
		expect(account.articles.get('B')).toMatchObject({
			specterArticleId: 50001,
			formerArticleNos: ['A'],
		});
		expect(await submitArticles(account, { forceArticleUpdate: 1 }, rename('B'))).toMatch(/^0;11;/);
	});
});

describe('newOrderSubmit', () => {
	beforeEach(async () => {
		await submitCustomer(account, PERSON);
		const stock = { createArticleStock: 1, noItemsInStock: 5 };
		await submitArticles(account, article(1, 'A', stock), article(2, 'FREIGHT'));
	});

	test('creates an order and sums it up to the öre', async () => {
		const answer = await submitOrder(
			account,
			1001,
			{ externalOrderNo: '20001', publishedComment: 'Åsa hämtar' },
			orderRow(1, 'A', { priceExclVAT: '499.06', noOfItems: 7, vatPercent: 6 }),
			orderRow(2, 'FREIGHT', { priceExclVAT: '-0.01', vatPercent: 0 }),
		);
		expect(answer).toBe('1;70001;Order created');
		expect(account.orders.get(70001)).toMatchObject({
			customerId: 1001,
			externalOrderNo: '20001',
			publishedComment: 'Åsa hämtar',
			rows: [{ articleNo: 'A', noOfItems: '7' }, { articleNo: 'FREIGHT' }],
		});
		expect(account.orderTotal(70001)).toBe(370_302);
	});

	test.each([
		['an unknown customer', 9, {}, 'Customer 9 does not exist'],
		['an unknown article', 1001, orderRow(1, 'NONE'), 'article NONE does not exist'],
		['no rows', 1001, {}, 'articleNo_1 is missing'],
		[
			'a price with three decimals',
			1001,
			orderRow(1, 'A', { priceExclVAT: '1.005' }),
			'two decimals',
		],
		['five decimals of items', 1001, orderRow(1, 'A', { noOfItems: '1.00001' }), 'four decimals'],
		['no items', 1001, orderRow(1, 'A', { noOfItems: 0 }), 'noOfItems is 0'],
		['a row without a name', 1001, orderRow(1, 'A', { articleName: '' }), 'articleName is missing'],
		['no date', 1001, { ...orderRow(1, 'A'), orderDate: '2026-02-30' }, 'orderDate must be a date'],
		[
			'a long reference',
			1001,
			{ ...orderRow(1, 'A'), customerOrderReference: 'x'.repeat(51) },
			'longer than 50',
		],
	])('refuses %s and writes nothing', async (_, customerId, params: Params, message) => {
		const answer = await submitOrder(account, customerId, params);
		expect(answer).toMatch(/^0;/);
		expect(answer).toContain(message);
		expect(account.orders.size).toBe(0);
		expect(account.articles.get('A')?.stock[0].available).toBe(5);
	});

	test('refuses a known external number, does not tell the order, and can be told to ignore it', async () => {
		const order = { externalOrderNo: '20001', ...orderRow(1, 'A') };
		await submitOrder(account, 1001, order);
		expect(await submitOrder(account, 1001, order)).toBe(
			'0;13;External order number 20001 already exists',
		);
		const ignoring = { ...order, ignoreExternalOrderNoControl: 1 };
		expect(await submitOrder(account, 1001, ignoring)).toMatch(/^1;70002;/);
		expect(account.ordersFor(20001).map(({ orderNo }) => orderNo)).toEqual([70001, 70002]);
	});

	test('takes from stock, queues the change and fires the stock call-back', async () => {
		const heard: string[] = [];
		const listener = createServer((request, response) => {
			heard.push(`${request.method} ${request.url}`);
			response.end('1;Done');
		}).listen(0, '127.0.0.1');
		await once(listener, 'listening');
		const { port } = listener.address() as AddressInfo;
		account.callBacks.register('actionStockChange', `http://127.0.0.1:${port}/stock?secret=s`);
		await submitOrder(
			account,
			1001,
			orderRow(1, 'A', { noOfItems: '1.5' }),
			orderRow(2, 'FREIGHT'),
		);
		await account.callBacksIdle();
		listener.close();
		expect(heard).toEqual(['GET /stock?secret=s']);
		expect(account.callBacks.deliveries).toMatchObject([{ status: 200, answer: '1;Done' }]);
		expect(account.articles.get('A')?.stock[0].available).toBe(3.5);
		expect(account.stockQueue.pendingCount).toBe(1);
	});

	test('webshopId belongs to version 2', async () => {
		const params = { customerId: 1001, webshopId: 2, ...orderRow(1, 'A') };
		const { credentialsVersion1 } = account;
		expect(
			await callSpecter(account, 'newOrderSubmit', '1001', params, credentialsVersion1),
		).toContain('webshopId belongs to version 2');
		expect(await callSpecter(account, 'newOrderSubmit', '1001', params)).toMatch(/^1;/);
	});

	test('is delivered in parts, invoiced, and its document is a PDF', async () => {
		await submitOrder(account, 1001, orderRow(1, 'A', { noOfItems: 3 }));
		const deliver = async (noOfItems: number) =>
			await callSpecter(account, 'newDeliverySubmit', '70001', {
				orderId: 70001,
				deliveryDate: '2026-11-24',
				useArticleNoRowMapping: 1,
				articleNo_1: 'A',
				noOfItems_1: noOfItems,
			});
		expect(await deliver(2)).toMatch(/^1;70001;/);
		expect(account.orders.get(70001)?.deliveryStatus).toBe('P');
		expect(await deliver(2)).toMatch(/^0;12;/);
		await deliver(1);
		expect(account.orders.get(70001)?.deliveryStatus).toBe('D');

		const invoice = { orderId: 70001, typeInvoice: 'S' };
		expect(await callSpecter(account, 'newInvoiceSubmit', '70001', invoice)).toMatch(/^1;90001;/);
		const link = await callSpecter(account, 'getPDFLink', 'getPDFLink90001', {
			typeDocument: 'invoice',
			documentId: 90001,
		});
		const { data } = await axios.get<string>(link.replace(/^1;/, ''), { proxy: false });
		expect(data).toMatch(/^%PDF/);
	});
});

describe('checkAccountSettings', () => {
	const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format();
	const check = async (params: Params, date = today()) =>
		await callSpecter(account, 'checkAccountSettings', date, { date, ...params });

	test('takes the date of today in Sweden only', async () => {
		expect(await check({})).toMatch(/^1;/);
		expect(await check({}, '2024-01-31')).toMatch(/^0;3;date must be today/);
	});

	test('registers, keeps what is not named, and removes what is empty', async () => {
		await check({
			actionStockChange: 'http://a.example/1',
			actionOrderChange: 'http://a.example/2',
		});
		await check({ actionArticleChange: 'http://a.example/3', actionOrderChange: '' });
		expect(Object.fromEntries(account.callBacks.urls)).toEqual({
			actionStockChange: 'http://a.example/1',
			actionArticleChange: 'http://a.example/3',
		});
		expect(await check({ actionStockChange: 'a.example' })).toMatch(
			/actionStockChange must be a URL/,
		);
	});
});

describe('the page', () => {
	const act = async (path: string, body: string) =>
		await axios.post(`${account.url}/_sandbox/${path}`, body, {
			proxy: false,
			validateStatus: () => true,
		});

	test('adds, edits, counts, renames and deletes an article', async () => {
		await act('articles', 'articleNo=A&available=3&name=K%C3%A5sa&priceExclVAT=80.00&barCode=');
		await act(
			'articles/edit',
			'articleNo=A&name=&barCode=7310865004703&productWeight=0.090&vatPercent=12&notes=Ny',
		);
		expect(account.articles.get('A')).toMatchObject({
			name: 'Kåsa',
			barCode: '7310865004703',
			productWeight: '0.090',
			vatPercent: '12',
			notes: 'Ny',
			stock: [{ available: 3 }],
		});
		await act('articles/edit', 'articleNo=A&available=unknown');
		expect(account.articles.get('A')?.stock[0].available).toBeNull();
		expect((await act('articles/edit', 'articleNo=A&available=many')).status).toBe(400);
		await act('articles/edit', 'articleNo=A&newArticleNo=B');
		expect([...account.articles.keys()]).toEqual(['B']);
		await act('articles/delete', 'articleNo=B');
		expect(account.articles.size).toBe(0);
		expect(account.articleQueue.pendingCount).toBe(1);
	});
});
