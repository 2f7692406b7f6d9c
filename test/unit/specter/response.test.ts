import {
	decodeAnswer,
	parseAnswer,
	parseResult,
	refusalReason,
} from '../../../nodes/Specter/transport/response';

const parse = (text: string, encoding: BufferEncoding = 'latin1') =>
	parseAnswer(Buffer.from(text, encoding));

describe('text answers', () => {
	test.each([
		['1;1001;Customer created', { done: true, id: '1001', message: 'Customer created' }],
		['1;1001;', { done: true, id: '1001', message: '' }],
		['1;1001;a;b;;c', { done: true, id: '1001', message: 'a;b;;c' }],
		['\r\n 1;1001;Rad 1\r\nRad 2\r\n', { done: true, id: '1001', message: 'Rad 1\r\nRad 2' }],
		["0;99;Batch 'ab' is open", { done: false, code: '99', message: "Batch 'ab' is open" }],
		['0;;', { done: false, code: '', message: '' }],
		['1;1001;Åsa är här', { done: true, id: '1001', message: 'Åsa är här' }],
	])('%j', (text, answer) => {
		expect(parse(text)).toEqual(answer);
	});

	test.each([
		['nothing', ''],
		['blanks', ' \r\n'],
		['the result alone', '1'],
		['an answer cut off inside the number', '1;700'],
		['a refusal cut off inside the code', '0;1'],
		['another result', '2;5;What'],
		['a longer result', '10;5;What'],
		['rows of a queue', 'specterArticleId;articleNo;noItemsAvailable;batchId'],
		['a page', '<html><body><h1>Server error in application</h1></body></html>'],
		['a page that is well-formed and talks of success', '<html><result>1</result></html>'],
		['JSON', '{"result":1}'],
		['an ASP error', "Microsoft VBScript runtime error '800a01a8'"],
	])('%s is not understood', (_, text) => {
		expect(parse(text)).toBeUndefined();
	});
});

describe('XML answers', () => {
	const body =
		'<APIresponse><result>1</result><code>70001</code><message>Klar</message></APIresponse>';
	const done = { done: true, id: '70001', message: 'Klar' };

	test.each([
		['in a root of any name', `<Specter><x a="1">${body}</x></Specter>`],
		['as the root itself', body],
		['with a declaration', `<?xml version="1.0" encoding="ISO-8859-1"?>\r\n<root>${body}</root>`],
		['with a byte-order mark', `\ufeff<?xml version="1.0" encoding="utf-8"?><root>${body}</root>`],
		['after blanks and with a comment', `\r\n <root><!-- 0;1;no -->${body}</root>`],
		[
			'with blanks, line breaks and CDATA',
			'<root><APIresponse>\n <result> 1 </result>\n <code>\n70001</code><message><![CDATA[Klar]]></message>\n</APIresponse></root>',
		],
		[
			'with other elements beside',
			`<root><message>Other</message><result>0</result>${body}<code>5</code></root>`,
		],
	])('%s', (_, text) => {
		expect(parse(text, 'utf8')).toEqual(done);
	});

	test('a message is decoded by its declaration, as ISO-8859-1 where there is none', () => {
		const xml = (declaration: string) =>
			`${declaration}<r><APIresponse><result>0</result><code>7</code><message>Ö &amp; &#229;</message></APIresponse></r>`;
		const answer = { done: false, code: '7', message: 'Ö & å' };
		expect(parse(xml(''), 'latin1')).toEqual(answer);
		expect(parse(xml('<?xml version="1.0"?>'), 'latin1')).toEqual(answer);
		expect(parse(xml('<?xml version="1.0" encoding="iso-8859-1"?>'), 'latin1')).toEqual(answer);
		expect(parse(xml('<?xml version="1.0" encoding="UTF-8"?>'), 'utf8')).toEqual(answer);
		expect(parse(xml("<?xml version='1.0' encoding='utf-8'?>"), 'utf8')).toEqual(answer);
		expect(parse(xml('<?xml version="1.0" encoding="utf8"?>'), 'utf8')).toEqual(answer);
	});

	describe('decoded by the encoding that they declare', () => {
		const message = (encoding: string, bytes: number[]) => {
			const [before, behind] =
				`<?xml version="1.0" encoding="${encoding}"?><r><APIresponse><result>0</result><code>7</code><message>|</message></APIresponse></r>`.split(
					'|',
				);
			return parseAnswer(
				Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(behind)]),
			)?.message;
		};

		test.each([
			['windows-1252', [0x80, 0x96, 0x92, 0x9f, 0xe5], '€–’Ÿå'],
			['Windows-1252', [0x8a, 0x8e, 0x99], 'ŠŽ™'],
			['cp1252', [0x80], '€'],
			['iso-8859-15', [0xa4, 0xe5], '€å'],
			['windows-1250', [0xe8, 0xb9], 'čą'],
			['ISO-8859-1', [0x80, 0x96, 0xe5], '\x80\x96å'],
			['latin1', [0x80, 0xe5], '\x80å'],
			['us-ascii', [0xe5], 'å'],
			['utf-16', [0xe5, 0xe4], 'åä'],
			['no-such-encoding', [0xe5], 'å'],
		])('%s', (encoding, bytes, text) => {
			expect(message(encoding, bytes)).toBe(text);
		});
	});

	test('an answer cut off anywhere is never understood', () => {
		const whole = `<?xml version="1.0" encoding="ISO-8859-1"?><root>${body}</root>`;
		for (let length = 0; length < whole.length; length++) {
			expect(parse(whole.slice(0, length))).toBeUndefined();
		}
		expect(parse(whole)).toEqual(done);
	});

	test.each([
		['a document type', `<!DOCTYPE root><root>${body}</root>`],
		[
			'entities of its own',
			`<!DOCTYPE r [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><r>${body.replace('>1<', '>&b;<')}</r>`,
		],
		[
			'an entity of a file',
			`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><r>&x;${body}</r>`,
		],
		['an unknown entity', `<r>${body.replace('Klar', '&secret;')}</r>`],
		['no result', '<r><APIresponse><code>1</code></APIresponse></r>'],
		['another result', '<r><APIresponse><result>-1</result></APIresponse></r>'],
		['two answers', `<r>${body}${body}</r>`],
		['a result deeper down', '<r><APIresponse><x><result>1</result></x></APIresponse></r>'],
	])('%s is not understood', (_, text) => {
		expect(parse(text)).toBeUndefined();
	});

	test('a bomb of entities costs no time', () => {
		const entities = Array.from(
			{ length: 40 },
			(_, level) => `<!ENTITY e${level + 1} "&e${level};&e${level};">`,
		).join('');
		const started = Date.now();
		expect(parse(`<!DOCTYPE r [<!ENTITY e0 "x">${entities}]><r>&e40;</r>`)).toBeUndefined();
		expect(Date.now() - started).toBeLessThan(1000);
	});
});

test('answers are decoded without a byte-order mark in either encoding', () => {
	expect(decodeAnswer(Buffer.from('\ufeff1;5;å', 'utf8'))).toMatch(/^1;5;/);
	expect(decodeAnswer(Buffer.from('1;5;å', 'latin1'))).toBe('1;5;å');
});

describe('an answer of which the result alone counts', () => {
	const result = (text: string) => parseResult(Buffer.from(text, 'latin1'));

	test.each([
		['1', { done: true, id: '', message: '' }],
		['1;', { done: true, id: '', message: '' }],
		['1;Done', { done: true, id: '', message: 'Done' }],
		['1;Klar\r\när allt', { done: true, id: '', message: 'Klar\r\när allt' }],
		['1;5;Done', { done: true, id: '5', message: 'Done' }],
		['0;98;Not open', { done: false, code: '98', message: 'Not open' }],
	])('%j', (text, answer) => {
		expect(result(text)).toEqual(answer);
	});

	test.each(['', '0', '0;98', '10', '10;5;What', '1 Done', 'Done', '<html>1;Done</html>'])(
		'%j is not understood',
		(text) => {
			expect(result(text)).toBeUndefined();
		},
	);
});

test('a refusal without words or code says so', () => {
	expect(refusalReason({ code: '7', message: 'Fel nyckel' })).toBe('Fel nyckel (code 7)');
	expect(refusalReason({ code: '', message: '' })).toBe('no reason given (code none)');
});
