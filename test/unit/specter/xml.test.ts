import {
	childrenNamed,
	elementsNamed,
	parseXml,
	valueOf,
	type XmlElement,
} from '../../../nodes/Specter/transport/xml';

const root = (text: string) => parseXml(text) as XmlElement;

test('names are the same in any case, of elements and of attributes', () => {
	const list = root(
		'<Root><ARTICLE ArticleNo="A"/><article><articleNO>B</articleNO></article></Root>',
	);
	const articles = childrenNamed(list, 'Article');
	expect(articles.map((article) => valueOf(article, 'articleNo'))).toEqual(['A', 'B']);
	expect(elementsNamed(list, 'ROOT')).toEqual([list]);
});

test('a text is all its pieces, without blanks around', () => {
	const element = root('<r><name> Kåsa <![CDATA[& mugg]]><!-- ny -->, &quot;stor&#34; </name></r>');
	expect(valueOf(element, 'name')).toBe('Kåsa & mugg, "stor"');
});

test('an attribute goes before a child, also an empty one; neither is no value', () => {
	expect(valueOf(root('<r name=" A "><name>B</name></r>'), 'name')).toBe('A');
	expect(valueOf(root('<r name=""><name>B</name></r>'), 'name')).toBe('');
	expect(valueOf(root('<r><name/></r>'), 'name')).toBe('');
	expect(valueOf(root('<r><x><name>B</name></x></r>'), 'name')).toBeUndefined();
});

test('elements are nested as deep as an answer may be, and no deeper', () => {
	const nested = (depth: number) => parseXml(`${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`);
	expect(nested(20)).toBeDefined();
	expect(nested(40)).toBeUndefined();
});
