import { parseXml } from '../../../nodes/Specter/transport/xml';

/** More than is taken, in an answer that is not too large. */
const MANY = 2_000_000;
/** What a loaded machine may take for what an idle one does in a second or two. */
const LONGEST_MS = 8_000;

const attributes = (count: number) => Array.from({ length: count }, (_, index) => `a${index}=""`);

test.each<[string, string]>([
	['elements in elements', '<a>'.repeat(MANY)],
	['elements beside each other', `<r>${'<a/>'.repeat(MANY)}</r>`],
	['attributes', `<r ${attributes(1_100_000).join(' ')}/>`],
	['attributes of one name', `<r ${'a="" '.repeat(MANY)}/>`],
	['entities that nobody knows', `<r>${'&x;'.repeat(MANY)}</r>`],
	['a document type', `<!DOCTYPE r [${'<!ENTITY a "b">'.repeat(MANY / 20)}]><r/>`],
])('a flood of %s is refused in a time that can be borne', (_, text) => {
	const started = performance.now();
	expect(parseXml(text)).toBeUndefined();
	expect(performance.now() - started).toBeLessThan(LONGEST_MS);
});

test('the stock of a hundred thousand articles is read', () => {
	const article = '<article><articleNo>A</articleNo><noItemsAv>1</noItemsAv></article>';
	expect(parseXml(`<r>${article.repeat(100_000)}</r>`)?.children).toHaveLength(100_000);
});

test('entities of XML itself and of characters are taken, and none that leads to a file', () => {
	expect(parseXml('<r>&lt;&#229;&#xE4;&amp;</r>')?.text).toBe('<åä&');
	expect(parseXml('<r>&#0;</r>')).toBeUndefined();
	expect(parseXml('<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>')).toBeUndefined();
	expect(
		parseXml('<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><r/>'),
	).toBeUndefined();
});
