import fc from 'fast-check';
import { articleRounds } from '../../../nodes/Specter/transport/articleRounds';

const numbers = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const rows = fc.uniqueArray(
	fc.record({ articleNo: numbers, newArticleNo: fc.option(numbers, { nil: undefined }) }),
	{ selector: ({ articleNo, newArticleNo }) => articleNo + (newArticleNo ?? articleNo) },
);
type Row = { articleNo: string; newArticleNo?: string };
const after = ({ articleNo, newArticleNo }: Row) => newArticleNo ?? articleNo;
const isRename = (row: Row) => after(row) !== row.articleNo;

test('whatever is renamed: every row once, no number twice in a round, freed before it is taken (P7)', () => {
	fc.assert(
		fc.property(rows, (given) => {
			const rounds = articleRounds(given) as Row[][];
			expect(new Set(rounds.flat())).toEqual(new Set(given));
			expect(rounds.flat()).toHaveLength(given.length);

			for (const [at, round] of rounds.entries()) {
				const waiting = rounds.slice(at).flat();
				const takes = (row: Row) =>
					waiting.some((other) => isRename(other) && other.articleNo === after(row));
				if (round.every(takes)) continue; // A circle, which nothing can send.
				expect(round.some(takes)).toBe(false);
				const named = round.flatMap((row) => [...new Set([row.articleNo, after(row)])]);
				expect(new Set(named).size).toBe(named.length);
			}
		}),
	);
});
