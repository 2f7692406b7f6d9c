import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundledPackages } from '../../bundled';

const ROOT = path.resolve(__dirname, '../../..');
const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** File and title of each test that the threat model names. */
const named = [
	...textOf('docs/threat-model.md').matchAll(/\]\(\.\.\/(test\/[^)]+)\): (.+?) \|$/gm),
].map(([, file, title]): [string, string] => [file, title]);

test.each(named)('the test that the threat model names is there: %s: %s', (file, title) => {
	const inCode = title.replace(/'/g, "\\'");
	expect([title, inCode].some((text) => textOf(file).includes(text))).toBe(true);
});

test('the threat model names a test in every row', () => {
	const rows = textOf('docs/threat-model.md').match(/^\| (?!What |---).*$/gm) ?? [];
	expect(rows).toHaveLength(named.length);
	expect(named.length).toBeGreaterThan(20);
});

test('the security page lists the packages whose code ships', async () => {
	const listed = textOf('SECURITY.md').match(/^- \S+ \d\S* \([^)]+\)$/gm) ?? [];
	expect(listed.map((line) => line.slice(2))).toEqual(await bundledPackages());
});

test.each(['SECURITY.md', 'docs/threat-model.md', 'docs/personal-data.md', 'README.md'])(
	'the files that %s leads to are there',
	(page) => {
		const links = [...textOf(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
		const missing = links.filter((link) => !existsSync(path.join(ROOT, path.dirname(page), link)));
		expect(missing).toEqual([]);
	},
);
