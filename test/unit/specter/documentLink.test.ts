import { parseDocumentLink } from '../../../nodes/Specter/transport/documentLink';

const parse = (text: string) => parseDocumentLink(Buffer.from(text, 'latin1'));
const URL_ = 'https://documents.example/invoice.asp?id=90001';

describe('the address is found', () => {
	test.each([
		['after the result', `1;${URL_}`],
		['after a number', `90001;${URL_}`],
		['after words', `Faktura åäö;${URL_}`],
		['after nothing', `;${URL_}`],
		['after a zero, which is no refusal here', `0;${URL_}`],
		['alone', URL_],
		['in the place of a message', `1;90001;${URL_}`],
		['with blanks and line breaks around', `\r\n1; ${URL_} \r\n`],
		['with nothing behind it', `1;${URL_};`],
		['with a message behind it', `1;${URL_};Link created`],
	])('%s', (_, text) => {
		expect(parse(text)).toEqual({ done: true, url: URL_ });
	});

	test.each([
		'http://documents.example/1.pdf',
		'HTTPS://documents.example/1.pdf',
		'https://documents.example/a;jsessionid=12;v=2?x=1',
		'https://documents.example/?id=5&hash=a%3Bb',
		'https://documents.example/Faktura 90001.pdf',
	])('as it stands: %s', (url) => {
		expect(parse(`1;${url}`)).toEqual({ done: true, url });
	});
});

test('a zero before an address of several parts is no refusal either', () => {
	const url = 'https://documents.example/a;jsessionid=12';
	expect(parse(`0;${url}`)).toEqual({ done: true, url });
});

describe('a refusal is a refusal', () => {
	test.each([
		['0;14;No such invoice', { code: '14', message: 'No such invoice' }],
		[`0;14;See ${URL_}`, { code: '14', message: `See ${URL_}` }],
		[`0;14;${URL_}`, { code: '14', message: URL_ }],
		['0;;', { code: '', message: '' }],
		[
			'<x><APIresponse><result>0</result><code>14</code><message>Nej</message></APIresponse></x>',
			{ code: '14', message: 'Nej' },
		],
	])('%s', (text, refusal) => {
		expect(parse(text)).toEqual({ done: false, ...refusal });
	});
});

test.each([
	['nothing', ''],
	['a result alone', '1;'],
	['done, and no address', '1;90001;Done'],
	['another kind of address', '1;javascript:alert(1)'],
	['a file', '1;ftp://documents.example/1.pdf'],
	['a path', '1;/documents/1.pdf'],
	['an address without a host', '1;https:///1.pdf?'],
	['an address cut off inside the scheme', '1;http'],
	['an address cut off inside the host', '1;https://docum'],
	['a host alone', '1;https://documents.example/'],
	['an address far behind', `1;2;3;${URL_}`],
	['a page', `<html><a href="${URL_}">1;${URL_}</a></html>`],
	['words that mention an address', `Error: see ${URL_}`],
])('%s is no link', (_, text) => {
	expect(parse(text)).toBeUndefined();
});
