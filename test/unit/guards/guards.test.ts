import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GUARDS } from '../../guards/guards';
import { guardsPage } from '../../guards/table';

const ROOT = path.resolve(__dirname, '../../..');
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const guards = Object.values(GUARDS).flat();

/** As a title stands in the code of a test, which quotes quotation marks. */
const inCode = (title: string) => title.replace(/'/g, "\\'");

test.each(guards.map((guard) => [guard.promise, guard] as const))(
	'stands once in its file, and its test is there: %s',
	(_, { file, code, testFile, test: title }) => {
		expect(textOf(file).split(code)).toHaveLength(2);
		expect(title).not.toBe('');
		expect([title, inCode(title)].some((text) => textOf(testFile).includes(text))).toBe(true);
	},
);

test('the page in the documentation is of this list', () => {
	expect(textOf('docs/guards.md')).toBe(guardsPage());
});
