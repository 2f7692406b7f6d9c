import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The sync matrix: every id and what it stands for. The one list of them in this repository. */
const MATRIX: Readonly<Record<string, string>> = {
	F1: 'new order to Specter',
	F2: 'new customer to Specter',
	F3: 'new product to Specter',
	F4: 'updated product to Specter',
	F5: 'stock from Specter',
	F6: 'order status from Specter',
	F7: 'product update from Specter',
	C1: 'customer number',
	C2: 'type, company or person',
	C3: 'street',
	C4: 'postcode',
	C5: 'city',
	C6: 'country code',
	C7: 'language code',
	C8: 'organisation number',
	C9: 'delivery street',
	C10: 'delivery postcode',
	C11: 'delivery city',
	C12: 'delivery country',
	C13: 'e-mail',
	C14: 'phone',
	C15: 'fax',
	C16: 'mobile',
	P1: 'name',
	P2: 'price excl. VAT',
	P3: 'VAT percentage',
	P4: 'EAN',
	P5: 'purchase price',
	P6: 'weight',
	P7: 'changed article number',
	P8: 'stock on creation only',
	A1: 'new product: stock 0',
	A2: 'new product: article number',
	A3: 'new product: status',
	A4: 'new product: shown in listing',
	A5: 'new product: purchase price',
	A6: 'new product: notes',
	A7: 'new product: reorder point',
	A8: 'new product: category',
	A9: 'deleted article, inactive product',
	A10: 'suppliers',
	A11: 'name',
	A12: 'EAN',
	A13: 'price',
	A14: 'weight',
	A15: 'VAT class',
	A16: 'manufacturer’s article number',
	A17: 'article number changed in Specter',
	V1: 'variants as products of their own',
	V2: 'the sheet that joins variants',
	O1: 'customer first',
	O2: 'then every product',
	O3: 'then the order',
	O4: 'Specter’s number saved in the shop',
	O5: 'customer type',
	O6: 'first name',
	O7: 'last name',
	O8: 'company name',
	O9: 'organisation number',
	O10: 'language',
	O11: 'currency',
	O12: 'date',
	O13: 'customer number',
	O14: 'public comment',
	O15: 'internal comment',
	O16: 'delivery address',
	O17: 'customer’s comment',
	O18: 'payment method',
	O19: 'shipping method',
	O20: 'payment reference',
	O21: 'order confirmation mail',
	O22: 'customer reference',
	O23: 'shop’s e-mail',
	O24: 'external order number',
	O25: 'web-shop id',
	O26: 'row: quantity',
	O27: 'row: article number',
	O28: 'row: name',
	O29: 'row: VAT percentage',
	O30: 'row: price excl. VAT',
	O31: 'percentage coupon',
	O32: 'fixed coupon',
	S1: 'number in stock',
	S2: 'main warehouse only',
	T1: 'status by the user’s mapping',
	T2: 'customer not mailed by the shop',
	N1: 'never: price lists',
	N2: 'never: which variants belong together',
	N3: 'never: suppliers to Specter',
};

const TESTS = path.resolve(__dirname, '..');
const ID = /[A-Z]\d+/;
/** What names rows in a title: `(S1)`, `(C1–C16, O1)`. Other brackets are words. */
const NAMED = new RegExp(`\\((${ID.source}(?:(?:–|, )${ID.source})*)\\)`, 'g');

/** The ids that a title names, a range with all between its ends. */
function idsIn(title: string): string[] {
	return [...title.matchAll(NAMED)]
		.flatMap(([, ids]) => ids.split(', '))
		.flatMap((part) => {
			const [first, last = first] = part.split('–');
			const [from, to] = [first, last].map((id) => Number(id.slice(1)));
			if (first[0] !== last[0] || from > to) throw new TypeError(`${part} is no range of ids`);
			return Array.from({ length: to - from + 1 }, (_, index) => `${first[0]}${from + index}`);
		});
}

interface Title {
	text: string;
	/** Whether it is that of a test that runs and expects something, and not of a group. */
	proves: boolean;
}

/** `test` of `test(…)`, `test.each(…)(…)` and the like, with what was put behind it. */
function calledName(node: ts.Expression): string[] {
	if (ts.isIdentifier(node)) return [node.text];
	if (ts.isPropertyAccessExpression(node)) return [...calledName(node.expression), node.name.text];
	if (ts.isCallExpression(node)) return calledName(node.expression);
	return [];
}

function expectsSomething(node: ts.Node): boolean {
	if (ts.isIdentifier(node) && /^expect/.test(node.text)) return true;
	return ts.forEachChild(node, (child) => expectsSomething(child) || undefined) ?? false;
}

/** The titles of all tests and groups in a test file. */
function titlesIn(file: string, source: string): Title[] {
	const titles: Title[] = [];
	const visit = (node: ts.Node): void => {
		ts.forEachChild(node, visit);
		if (!ts.isCallExpression(node)) return;
		const [kind, ...behind] = calledName(node.expression);
		const [title, body] = node.arguments;
		if (!['describe', 'it', 'test'].includes(kind) || !body || !ts.isFunctionLike(body)) return;
		const runs = behind.every((word) => word === 'each');
		const text = ts.isStringLiteralLike(title) ? title.text : title.getText();
		titles.push({ text, proves: kind !== 'describe' && runs && expectsSomething(body) });
	};
	visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
	return titles;
}

const titles = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
	.flatMap((file) => titlesIn(file, readFileSync(path.join(TESTS, file), 'utf8')));

test.each(Object.entries(MATRIX))('%s, %s, is named by a test of it', (id) => {
	const proofs = titles.filter(({ text, proves }) => proves && idsIn(text).includes(id));
	expect(proofs).not.toEqual([]);
});

test('no title names an id that is not in the matrix', () => {
	const unknown = titles.flatMap(({ text }) =>
		idsIn(text)
			.filter((id) => !(id in MATRIX))
			.map((id) => `${id} in "${text}"`),
	);
	expect(unknown).toEqual([]);
});

test('the matrix has its rows in unbroken series', () => {
	const last = { F: 7, C: 16, P: 8, A: 17, V: 2, O: 32, S: 2, T: 2, N: 3 };
	const wanted = Object.entries(last).flatMap(([letter, count]) =>
		Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
	);
	expect(Object.keys(MATRIX)).toEqual(wanted);
});

describe('what counts as naming an id', () => {
	const provedBy = (source: string) =>
		titlesIn('example.ts', source)
			.filter(({ proves }) => proves)
			.flatMap(({ text }) => idsIn(text));

	test.each([
		['test("one (C1, O4–O6)", () => { expect(1); })', ['C1', 'O4', 'O5', 'O6']],
		['it.each([1])("%p (S1)", async () => { await expectNoSecrets(run); })', ['S1']],
		['test(`${count} rows (O26)`, () => { expect(1); })', ['O26']],
		['describe("all (S1)", () => { test("one (S2)", () => { expect(1); }); })', ['S2']],
	])('%s', (source, ids) => {
		expect(provedBy(source)).toEqual(ids);
	});

	test.each([
		'// test("one (C1)", () => { expect(1); })',
		'test.skip("one (C1)", () => { expect(1); })',
		'test.todo("one (C1)")',
		'test("one (C1)", () => {})',
		'test("one C1", () => { expect(1); })',
		'test("one (see C1)", () => { expect(1); })',
		'const title = "one (C1)";',
	])('not %s', (source) => {
		expect(provedBy(source)).toEqual([]);
	});
});
