import fc from 'fast-check';
import {
	parseArticles,
	parseOrders,
	parseStockText,
	parseStockXml,
} from '../../../nodes/Specter/transport/changeAnswers';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const HEADER = 'specterArticleId;articleNo;noItemsAvailable;batchId';
const BATCH = '0123456789abcdef0123456789abcdef';

const text = (...rows: string[]) => latin1([HEADER, ...rows].map((row) => `${row}\r`).join(''));
const parseText = (body: Buffer) => parseStockText(body, BATCH);
const units = (body: Buffer) =>
	parseText(body)?.changes.map(({ articleNo, noItemsAvailable }) => [articleNo, noItemsAvailable]);

describe('stock as text (S1)', () => {
	test.each([
		['whole', '5', 5],
		['zero', '0', 0],
		['negative', '-3', -3],
		['a fraction', '2.5', 2.5],
		['a decimal comma', '2,5', 2.5],
		['no digit before the comma', '-,5', -0.5],
		['no digit behind the comma', '5,', 5],
		['blanks around it', ' 7 ', 7],
		['blanks in it', '1 234', 1234],
		['an exponent', '1E-05', 0.00001],
	])('%s', (_, written, read) => {
		expect(units(text(`1;A;${written};${BATCH}`))).toEqual([['A', read]]);
	});

	test.each(['noItemsAvailable', '', 'abc', '1.234,5', '--1', '5 st', '1e999', 'NaN', '0x10'])(
		'"%s" is no number, and never 0',
		(written) => {
			const [change] = parseText(text(`1;Å-1;${written};${BATCH}`))?.changes ?? [];
			expect(change).toEqual({
				articleNo: 'Å-1',
				noItemsAvailable: null,
				note: `Specter tells no number for Å-1: "${written}"`,
			});
		},
	);

	test('an article number with semicolons, in Latin-1', () => {
		expect(units(text(`1;KÅSA;2;3;5;${BATCH}`))).toEqual([['KÅSA;2;3', 5]]);
	});

	test.each(['\r', '\n', '\r\n'])('rows that end with %j', (end) => {
		const body = latin1([HEADER, `1;A;1;${BATCH}`, `2;B;2;${BATCH}`].join(end));
		expect(units(body)).toEqual([
			['A', 1],
			['B', 2],
		]);
	});

	test('names and batch in other letters, with blanks', () => {
		const header = 'SpecterArticleID; ArticleNo; NoItemsAvailable; BatchID ';
		expect(units(latin1(`${header}\r1;A;5; ${BATCH.toUpperCase()} \r`))).toEqual([['A', 5]]);
	});

	test('a header alone holds nothing', () => {
		expect(parseText(text())).toEqual({ changes: [], moreToCome: false });
	});

	test('a blank page says so', () => {
		expect(parseText(latin1(' \r\n'))).toMatchObject({ changes: [], blank: true });
	});

	test.each([
		['an answer cut off in the number', text(`1;A;5;${BATCH}`, '2;B;1')],
		['an answer cut off in the batch', text(`1;A;5;${BATCH}`, `2;B;12;${BATCH.slice(0, 9)}`)],
		['a number with semicolons, cut off behind its stock', text('1;KÅSA;5;10')],
		['a row of another batch', text(`1;A;5;${BATCH}`, `2;B;5;${'f'.repeat(32)}`)],
		['rows without a header', latin1(`1;A;5;${BATCH}\r`)],
		['a page of a proxy', latin1('<html><body>Bad gateway</body></html>')],
	])('%s is not understood', (_, body) => {
		expect(parseText(body)).toBeUndefined();
	});

	test('whatever is cut off, no wrong number is read', () => {
		const rows = fc.array(
			fc.tuple(fc.stringMatching(/^[A-Z0-9;-]{1,8}$/), fc.integer({ min: -9999, max: 9999 })),
			{ minLength: 1, maxLength: 5 },
		);
		fc.assert(
			fc.property(rows, fc.nat(), (written, cut) => {
				const whole = text(...written.map(([no, count], id) => `${id};${no};${count};${BATCH}`));
				const read = units(whole.subarray(0, cut % whole.length)) ?? [];
				expect(written.map(([no, count]) => [no, count]).slice(0, read.length)).toEqual(read);
			}),
			{ numRuns: 500 },
		);
	});
});

const stockXml = (...sites: string[]) =>
	latin1(
		`<root><stockChanges>${sites
			.map((articles) => `<stock><articles>${articles}</articles></stock>`)
			.join('')}</stockChanges></root>`,
	);
const stocked = (articleNo: string, noItemsAv: string) =>
	`<article><articleNo>${articleNo}</articleNo><noItemsAv>${noItemsAv}</noItemsAv></article>`;

describe('stock as XML (S1, S2)', () => {
	test('the main site alone, the first one', () => {
		const body = stockXml(stocked('A', '5,5') + stocked('B', '2'), stocked('A', '99'));
		expect(parseStockXml(body)?.changes).toEqual([
			{ articleNo: 'A', noItemsAvailable: 5.5, otherSites: [99] },
			{ articleNo: 'B', noItemsAvailable: 2, otherSites: [null] },
		]);
	});

	test('the literal noItemsAvailable is no number', () => {
		const [change] = parseStockXml(stockXml(stocked('A', 'noItemsAvailable')))?.changes ?? [];
		expect(change).toMatchObject({ noItemsAvailable: null, note: expect.stringContaining('A') });
	});

	test('an article that is not named', () => {
		const body = stockXml('<article><noItemsAv>x</noItemsAv></article>');
		expect(parseStockXml(body)?.changes).toEqual([
			{ articleNo: '', noItemsAvailable: null, note: expect.stringContaining('the article: "x"') },
		]);
	});

	test('CDATA and entities in a number of an article', () => {
		const body = stockXml(stocked('<![CDATA[R&D <1>]]>', '1') + stocked('R&amp;D', '2'));
		expect(parseStockXml(body)?.changes.map(({ articleNo }) => articleNo)).toEqual([
			'R&D <1>',
			'R&D',
		]);
	});

	test.each([
		['a bare root', '<root/>'],
		['an empty list', '<root><stockChanges/></root>'],
		['an empty site', '<root><stockChanges><stock><articles/></stock></stockChanges></root>'],
		['another root', '<svar><stockChanges/></svar>'],
		['a declaration behind a line break', '\r\n<?xml version="1.0"?><root><stockChanges/></root>'],
	])('%s holds nothing', (_, body) => {
		expect(parseStockXml(latin1(body))).toEqual({ changes: [], moreToCome: false });
	});

	test.each([
		['a blank page', ''],
		['an answer that is cut off', stockXml(stocked('A', '5')).toString('latin1').slice(0, -9)],
		['a page of a proxy', '<html><body>Bad gateway</body></html>'],
		['a bare page', '<html/>'],
		['a root with words', '<root>Timeout</root>'],
		['another list', '<root><orders/></root>'],
		['a document type', '<!DOCTYPE r [<!ENTITY a "b">]><root><stockChanges/></root>'],
		['an unknown entity', '<root><stockChanges>&nbsp;</stockChanges></root>'],
		['elements without end', '<root>'.repeat(100_000)],
	])('%s is not understood', (_, body) => {
		expect(parseStockXml(latin1(body))).toBeUndefined();
	});
});

describe('article changes', () => {
	const article = (attributes: string, children: string) =>
		latin1(
			`<root><responseMaxLimit>2</responseMaxLimit><articles><article ${attributes}>${children}</article></articles></root>`,
		);

	test('all fields, decimals with a point (A2, A5–A7, A9–A17)', () => {
		const body = article(
			'buyPrice="30,5" priceExclVat="100,00" barCode="7350000000017" productWeight=",35" vatPercent="25" supplierArticleNo="M-1" reorderPoint="4" isPackage="0" deleted="1" oldArticleNo="GAMMAL"',
			'<articleNo>NY</articleNo><name><![CDATA[Kåsa & mugg]]></name><notes>Spröd</notes><suppliers><supplier supplierNo="7" name="Smeden" buyPrice="28,00" articleNo="S-1"/></suppliers>',
		);
		expect(parseArticles(body)?.changes).toEqual([
			{
				articleNo: 'NY',
				oldArticleNo: 'GAMMAL',
				name: 'Kåsa & mugg',
				priceExclVAT: '100.00',
				vatPercent: '25',
				buyPrice: '30.5',
				barCode: '7350000000017',
				productWeight: '0.35',
				supplierArticleNo: 'M-1',
				reorderPoint: '4',
				notes: 'Spröd',
				isPackage: false,
				deleted: true,
				suppliers: [{ supplierNo: '7', name: 'Smeden', buyPrice: '28.00', articleNo: 'S-1' }],
			},
		]);
	});

	test('what is not sent is absent, what is sent empty is empty', () => {
		const [change] =
			parseArticles(article('barCode=""', '<articleNo>A</articleNo>'))?.changes ?? [];
		expect(change).toStrictEqual({
			articleNo: 'A',
			barCode: '',
			isPackage: false,
			deleted: false,
		});
	});

	test('a number that cannot be read is handed on as it stands', () => {
		const [change] =
			parseArticles(article('priceExclVat="ring oss"', '<articleNo>A</articleNo>'))?.changes ?? [];
		expect(change.priceExclVAT).toBe('ring oss');
	});

	test.each(['1', '-1', 'true', 'True', 'yes'])('%s is yes', (yes) => {
		const [change] =
			parseArticles(article(`deleted="${yes}"`, '<articleNo>A</articleNo>'))?.changes ?? [];
		expect(change.deleted).toBe(true);
	});

	test.each([
		[1, false],
		[2, true],
		[3, true],
	])('%i articles where 2 are the most: more to come is %s', (count, moreToCome) => {
		const articles = '<article><articleNo>A</articleNo></article>'.repeat(count);
		const body = `<root><responseMaxLimit>2</responseMaxLimit><articles>${articles}</articles></root>`;
		expect(parseArticles(latin1(body))?.moreToCome).toBe(moreToCome);
	});

	test.each(['<responseMaxLimit>0</responseMaxLimit>', ''])(
		'no more to come with the limit %j',
		(limit) => {
			const body = `<root>${limit}<articles><article><articleNo>A</articleNo></article></articles></root>`;
			expect(parseArticles(latin1(body))?.moreToCome).toBe(false);
		},
	);
});

describe('order changes (T1)', () => {
	const orders = (more: string) =>
		latin1(
			`<root><moreInfoToFetch>${more}</moreInfoToFetch><orders><order orderNo="70001" externalOrderNo="20001"><orderstatus deliveryStatus="D" statusId="3"/><deliveries updated="1"><delivery trackingNo="SE123"/><delivery trackingNo="SE124"/></deliveries></order><order orderNo="70002"/></orders></root>`,
		);

	test('status, deliveries and both numbers', () => {
		expect(parseOrders(orders('0'))).toEqual({
			moreToCome: false,
			changes: [
				{
					orderNo: '70001',
					externalOrderNo: '20001',
					deliveryStatus: 'D',
					statusId: '3',
					deliveries: [{ trackingNo: 'SE123' }, { trackingNo: 'SE124' }],
					deliveriesUpdated: true,
				},
				{
					orderNo: '70002',
					externalOrderNo: '',
					deliveryStatus: '',
					statusId: '',
					deliveries: [],
					deliveriesUpdated: false,
				},
			],
		});
	});

	test.each(['1', 'true', '-1'])('%s means that there is more', (more) => {
		expect(parseOrders(orders(more))?.moreToCome).toBe(true);
	});
});

describe('an answer without its list', () => {
	const parsers = { parseStockXml, parseArticles, parseOrders };

	test.each(Object.entries(parsers))(
		'%s: a root with the header alone holds nothing',
		(_, parse) => {
			for (const body of [
				'<root><moreInfoToFetch>0</moreInfoToFetch></root>',
				'<root><responseMaxLimit>100</responseMaxLimit></root>',
				'<?xml version="1.0"?>\r\n<ROOT>\r\n<RESPONSEMAXLIMIT/>\r\n<moreinfotofetch>0</moreinfotofetch>\r\n</ROOT>',
				'<svar><MoreInfoToFetch/></svar>',
			]) {
				expect(parse(latin1(body))).toEqual({ changes: [], moreToCome: false });
			}
		},
	);

	test.each(Object.entries(parsers))(
		'%s: anything beside the header is not understood',
		(_, parse) => {
			const more = '<moreInfoToFetch>0</moreInfoToFetch>';
			for (const body of [
				`<root>${more}`,
				`<root>${more}<orders`,
				`<root>${more}Timeout</root>`,
				`<root>${more}<error/></root>`,
				`<root>${more}<APIresponse/></root>`,
				`<root><APIresponse>${more}</APIresponse></root>`,
				`<APIresponse>${more}</APIresponse>`,
				'<APIresponse/>',
				`<html>${more}</html>`,
				'<root><moreInfoToFetch><b>Timeout</b></moreInfoToFetch></root>',
			]) {
				expect(parse(latin1(body))).toBeUndefined();
			}
		},
	);
});
