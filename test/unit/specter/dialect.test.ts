import { signRequest } from '../../../nodes/Specter/transport/request';
import {
	parseArticles,
	parseOrders,
	parseStockXml,
} from '../../../nodes/Specter/transport/changeAnswers';
import { specterDialectOf } from '../../../nodes/Specter/transport/dialect';
import { saysDuplicateOrder } from '../../../nodes/Specter/transport/duplicateOrder';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8');
const differing = (differences: object) =>
	specterDialectOf({ differences: JSON.stringify(differences) });

describe('the field Differences', () => {
	test.each([[''], ['{}'], [undefined], [{}]])('may be left as it is: %j', (differences) => {
		expect(specterDialectOf({ differences })).toMatchObject({
			timeZone: 'Europe/Stockholm',
			mainStockSite: 0,
		});
	});

	test.each([
		['{"mainStockSite": 1', /no JSON/],
		['{"mainStokSite": 1}', /mainStokSite/],
		['{"mainStockSite": "two"}', /mainStockSite.*number/i],
		['{"timeZone": "Sweden/Lagom"}', /timeZone.*Europe\/Stockholm/],
		['{"parameters": {"faxNo": ""}}', /parameters\.faxNo.*name/],
		['[]', /object/i],
	])('is refused with a sentence that names the entry: %s', (differences, sentence) => {
		expect(() => specterDialectOf({ differences })).toThrow(TypeError);
		expect(() => specterDialectOf({ differences })).toThrow(sentence);
	});
});

describe('an account that differs', () => {
	const credential = {
		baseUrl: 'https://api.specter.se/',
		apiVersion: '2',
		sbmId: '1234',
		apiUserKey: 'DUMMY-USER-KEY',
		integrationKey: 'DUMMY-INTEGRATION-KEY',
	};

	test('is signed by the contract’s names and sent by its own', async () => {
		const { body } = await signRequest(
			{
				...credential,
				differences: '{"parameters": {"newOrderSubmit.customerId": "custNo", "orderDate": null}}',
			},
			{
				url: 'putInfo.asp',
				method: 'POST',
				body: { action: 'newOrderSubmit', customerId: '109', orderDate: '2024-01-31' },
			},
		);
		expect(body).toBe(
			'action=newOrderSubmit&custNo=109&sbmId=1234&key=3755ee1506c346b70f33af51128b2dfd',
		);
	});

	test('may read the parameters of a write in the query', async () => {
		const request = await signRequest(
			{ ...credential, differences: '{"writesIn": "query"}' },
			{ url: 'putInfo.asp', method: 'POST', body: { action: 'newInvoiceSubmit', orderId: 'å' } },
		);
		expect(request.url).toContain('putInfo.asp?action=newInvoiceSubmit&orderId=%E5&');
		expect(request.body).toBeUndefined();
	});

	test('may have other names in its article queue', () => {
		const dialect = differing({
			articleFields: { notes: 'comment', suppliers: 'supplierList', 'supplier.name': 'vendorName' },
		});
		const body = latin1(
			'<root><articles><article><articleNo>A</articleNo><name>Mugg</name><comment>Blå</comment>' +
				'<supplierList><supplier supplierNo="7" vendorName="Åkes"/></supplierList></article></articles></root>',
		);
		expect(parseArticles(body, dialect)?.changes).toEqual([
			expect.objectContaining({
				notes: 'Blå',
				suppliers: [expect.objectContaining({ supplierNo: '7', name: 'Åkes' })],
			}),
		]);
	});

	test('may have another name for the external order number', () => {
		const body = latin1('<root><orders><order orderNo="7" shopOrder="1001"/></orders></root>');
		const dialect = differing({ externalOrderNo: 'shopOrder' });
		expect(parseOrders(body, dialect)?.changes).toEqual([
			expect.objectContaining({ orderNo: '7', externalOrderNo: '1001' }),
		]);
	});

	test('may have its main stock site second; one alone is the main one', () => {
		const site = (units: number) =>
			`<stock><articles><article><articleNo>A</articleNo><noItemsAv>${units}</noItemsAv></article></articles></stock>`;
		const answer = (...sites: string[]) =>
			latin1(`<root><stockChanges>${sites.join('')}</stockChanges></root>`);
		const dialect = differing({ mainStockSite: 1 });
		expect(parseStockXml(answer(site(3), site(8)), dialect)?.changes).toEqual([
			{ articleNo: 'A', noItemsAvailable: 8, otherSites: [3] },
		]);
		expect(parseStockXml(answer(site(3)), dialect)?.changes[0].noItemsAvailable).toBe(3);
	});

	test('may refuse a known order in its own way', () => {
		const refusal = { code: '207', message: 'Referensen används av en annan post' };
		expect(saysDuplicateOrder(refusal, differing({}))).toBe(false);
		for (const duplicateOrder of [{ codes: [207] }, { words: ['REFERENSEN ANVÄNDS'] }]) {
			expect(saysDuplicateOrder(refusal, differing({ duplicateOrder }))).toBe(true);
		}
	});

	test('may write XML in UTF-8 and not say so', () => {
		const xml =
			'<root><articles><article><articleNo>A</articleNo><name>Blå mugg</name></article></articles></root>';
		for (const body of [utf8(xml), latin1(xml)]) {
			expect(parseArticles(body)?.changes[0].name).toBe('Blå mugg');
		}
	});
});
