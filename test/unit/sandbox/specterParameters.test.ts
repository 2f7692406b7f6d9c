import type { SpecterAccount } from '../../sandbox/specter/account';
import {
	article,
	orderRow,
	PERSON,
	submitArticles,
	submitCustomer,
	submitOrder,
	type Params,
} from './client';
import { account, stopAll } from './systems';

afterEach(stopAll);

describe('an account whose parameters have other names', () => {
	const order = async (specter: SpecterAccount, params: Params) => {
		await submitCustomer(specter, PERSON);
		await submitArticles(specter, article(1, 'A'));
		return await submitOrder(specter, 1001, orderRow(1, 'A'), params);
	};

	test('takes a parameter by its own name alone', async () => {
		const specter = await account({ parameterNames: { faxNo: 'telefax' } });
		expect(await submitCustomer(specter, { ...PERSON, faxNo: '1' })).toBe(
			'0;3;Unknown parameter faxNo',
		);
		await submitCustomer(specter, { ...PERSON, telefax: '0920-1' });
		expect(specter.customers.get(1001)?.faxNo).toBe('0920-1');
	});

	test('may have another name in one function only', async () => {
		const parameterNames = { 'newOrderSubmit.firstName': 'givenName' };
		const specter = await account({ parameterNames });
		expect(await order(specter, { givenName: 'Åsa' })).toBe('1;70001;Order created');
		expect(specter.orders.get(70001)?.firstName).toBe('Åsa');
		expect(await submitOrder(specter, 1001, orderRow(1, 'A'), { firstName: 'Åsa' })).toBe(
			'0;3;Unknown parameter firstName',
		);
	});

	test('has that name in every row, and in what it says of it', async () => {
		const parameterNames = { newArticleNo: 'changeTo', name: 'title' };
		const specter = await account({ parameterNames });
		expect(await submitArticles(specter, article(1, 'A'))).toMatch(/Unknown parameter name_1$/);
		expect(await submitArticles(specter, { articleNo_1: 'A' })).toMatch(/Row 1: title is missing$/);
		specter.articleRegister.add('A');
		await submitArticles(specter, {
			forceArticleUpdate: 1,
			articleNo_1: 'A',
			title_1: 'Kåsa',
			priceExclVAT_1: '100.00',
			vatPercent_1: 25,
			changeTo_1: 'B',
		});
		expect([...specter.articles.keys()]).toEqual(['B']);
	});

	test('drops what it does not know, where it is such a server', async () => {
		const specter = await account({
			parameterNames: { orderDate: 'dateOfOrder' },
			unknownParameters: 'ignore',
		});
		expect(await order(specter, { orderDate: '2026-11-24', moon: 1 })).toMatch(/^1;/);
		expect(specter.orders.get(70001)?.orderDate).toBe('');
	});

	test('does not mind their case, where it is such a server', async () => {
		const specter = await account({ parameterCase: 'any' });
		const answer = await submitCustomer(specter, { ...PERSON, CITY: 'Luleå', UseXml: 2 });
		expect(answer).toContain('<result>1</result>');
		expect(specter.customers.get(1001)?.city).toBe('Luleå');
	});
});
