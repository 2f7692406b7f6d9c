import fc from 'fast-check';
import { articleChange, orderChange, stockChange } from '../../../../nodes/Specter/changes';
import {
	parseArticles,
	parseOrders,
	parseStockText,
	parseStockXml,
	type PendingChanges,
} from '../../../../nodes/Specter/transport/changeAnswers';
import { parseDocumentLink } from '../../../../nodes/Specter/transport/documentLink';
import {
	parseAnswer,
	parseResult,
	refusalReason,
	type SpecterAnswer,
} from '../../../../nodes/Specter/transport/response';
import { everyCase, expectFits } from './cases';
import { mutatedText } from './mutations';

const BATCH = '0123456789abcdef0123456789abcdef';

const inLatin1 = (texts: fc.Arbitrary<string>) =>
	fc.oneof(
		{ weight: 9, arbitrary: texts.map((text) => Buffer.from(text, 'latin1')) },
		{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
	);

/** Done or refused, all in texts; nothing that was not understood is done. */
function expectAnswer(answer: SpecterAnswer | undefined): void {
	if (!answer) return;
	expect(typeof answer.done).toBe('boolean');
	const texts = answer.done ? [answer.id, answer.message] : [answer.code, answer.message];
	expect(texts.map((text) => typeof text)).toEqual(['string', 'string']);
	if (!answer.done) expect(refusalReason(answer)).not.toMatch(/undefined|^ \(/);
}

/** Each record as its schema has it, and with a number or none, never something between. */
function expectRecords(schema: { parse(record: unknown): unknown }) {
	return (pending: PendingChanges | undefined) => {
		for (const change of pending?.changes ?? []) expectFits(schema, change);
	};
}

const XML_ANSWER =
	'<root><APIresponse><result>0</result><code>99</code><message>Batch</message></APIresponse></root>';

test('text answers', () => {
	const texts = mutatedText('1;1001;Customer created', "0;99;Batch 'ab' is open", '1;Done', '1');
	everyCase('text answer', inLatin1(texts), parseResult, expectAnswer);
});

test('XML answers', () => {
	everyCase('XML answer', inLatin1(mutatedText(XML_ANSWER)), parseAnswer, expectAnswer);
});

test('stock as text', () => {
	const rows = `specterArticleId;articleNo;noItemsAvailable;batchId\r7;A;B;-2,5;${BATCH}\r8;Kåsa;3;${BATCH}\r`;
	everyCase(
		'stock text',
		inLatin1(mutatedText(rows)),
		(body) => parseStockText(body, BATCH),
		expectRecords(stockChange),
	);
});

test('stock as XML', () => {
	const site =
		'<stock><articles><article><articleNo>A</articleNo><noItemsAv>2,5</noItemsAv></article></articles></stock>';
	const answer = `<?xml version="1.0"?><root><stockChanges>${site}${site}</stockChanges></root>`;
	everyCase(
		'stock XML',
		inLatin1(mutatedText(answer, '<root/>')),
		(body) => parseStockXml(body),
		expectRecords(stockChange),
	);
});

test('articles', () => {
	const article =
		'<article buyPrice="1,50" priceExclVat="2" barCode="73" productWeight="0,5" vatPercent="25" deleted="0"><articleNo>A</articleNo><name>Kåsa</name><suppliers><supplier supplierNo="1" name="L" buyPrice="1" articleNo="x"/></suppliers></article>';
	const answer = `<root><responseMaxLimit>100</responseMaxLimit><articles>${article}</articles></root>`;
	everyCase(
		'article XML',
		inLatin1(mutatedText(answer)),
		(body) => parseArticles(body),
		expectRecords(articleChange),
	);
});

test('orders', () => {
	const order =
		'<order orderNo="70001" externalOrderNo="1001"><orderstatus deliveryStatus="D" statusId="5"/><deliveries updated="1"><delivery trackingNo="SE1"/></deliveries></order>';
	const answer = `<root><moreInfoToFetch>1</moreInfoToFetch><orders>${order}</orders></root>`;
	everyCase(
		'order XML',
		inLatin1(mutatedText(answer)),
		(body) => parseOrders(body),
		expectRecords(orderChange),
	);
});

test('the link to a document', () => {
	const links = mutatedText(
		'1;https://specter.example/pdf?id=7',
		'0;5;No such invoice',
		'x;y;http://a/b',
	);
	everyCase(
		'document link',
		inLatin1(links),
		parseDocumentLink,
		(answer: ReturnType<typeof parseDocumentLink>) => {
			if (!answer?.done) return;
			expect(new URL(answer.url).protocol).toMatch(/^https?:$/);
		},
	);
});
