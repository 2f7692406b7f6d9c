import { readFileSync } from 'node:fs';
import path from 'node:path';
import { specterFacts } from '../../../nodes/Specter/transport/facts';
import { vendreFacts } from '../../../nodes/Vendre/transport/facts';
import type { Facts } from '../../../nodes/shared/facts';

/** How the contracts mark what is assumed within a line: `(A)`, `: A`, `name A`, `is A`, `kg, A`. */
const MARK = /(?<=\(|: |names? |is |, )A(?=[):;,]| as a whole)/g;
/** … and in the last column of a table, for what of the line has no mark of its own. */
const COLUMN = /\| (S \/ )?A \|$/;

const systems: Array<[string, Facts]> = [
	['specter', specterFacts],
	['vendre', vendreFacts],
];

describe.each(systems)('contract %s', (system, facts) => {
	const lines = readFileSync(
		path.join(__dirname, `../../../docs/contracts/${system}.md`),
		'utf8',
	).split('\n');
	const quotes = Object.values(facts).map(({ quote }) => quote);

	const marked = lines.flatMap((line, index) => {
		const marks = [...line.matchAll(MARK)].length || Number(COLUMN.test(line));
		const tellsOfTheMark = /evidence/i.test(line) || line.includes('**A**');
		return marks > 0 && !tellsOfTheMark ? [[index + 1, marks, line] as const] : [];
	});

	test('marks what is assumed', () => {
		expect(marked.length).toBeGreaterThan(10);
	});

	test.each(marked)('has a fact of its own for each mark in line %i (%i)', (_, marks, line) => {
		const cited = new Set(quotes.filter((quote) => line.includes(quote)));
		expect(cited.size).toBeGreaterThanOrEqual(marks);
	});

	test.each(Object.entries(facts))('has the words of the fact %s', (_, { quote, section }) => {
		const at = lines.findIndex((line) => line.includes(quote));
		expect(at).toBeGreaterThanOrEqual(0);
		const heading = lines.slice(0, at + 1).findLast((line) => line.startsWith('## '));
		const number = /^## (\d+)\./.exec(heading ?? '')?.[1];
		expect(section).toBe(number ? `§${number}` : 'introduction');
	});

	test.each(Object.entries(facts))('tells the user of %s', (_, fact) => {
		for (const text of [fact.states, fact.usedBy, fact.setting]) expect(text).not.toBe('');
	});
});
