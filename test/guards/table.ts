import { GUARDS } from './guards';

/** docs/guards.md, whole: the guards and the tests that prove them. */
export function guardsPage(): string {
	const parts = Object.entries(GUARDS).map(([title, guards]) => {
		const rows = guards.map(
			({ promise, file, testFile, test }) =>
				`| ${promise} | [\`${file.split('/').at(-1)}\`](../${file}) | [\`${testFile.split('/').at(-1)}\`](../${testFile}): ${test.replace(/%[sd]/g, '…')} |`,
		);
		return [
			`## ${title}`,
			'',
			'| What it sees to | Where it stands | The test that fails without it |',
			'| --- | --- | --- |',
			...rows,
		].join('\n');
	});
	return `# Guards

What keeps a record from being doubled, lost or spoiled when calls fail, answers are cut off, n8n is killed
or two runs meet. Each guard is proved by taking it out: the named test then fails.

\`npx tsx test/guards/prove.ts\` does that in a copy of the repository, for all of them or, with a word, for
those whose line has it. The list is [\`test/guards/guards.ts\`](../test/guards/guards.ts), and this page is
made from it.

${parts.join('\n\n')}

The storms of [\`test/chaos\`](../test/chaos) go over all of them at once.
`;
}
