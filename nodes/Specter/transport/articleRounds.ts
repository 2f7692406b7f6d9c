import type { SpecterArticle } from '../records';

/** The number that the article of a row has when it has landed. */
export function numberAfter({ articleNo, newArticleNo }: SpecterArticle): string {
	return newArticleNo || articleNo;
}

export function isRename(row: SpecterArticle): boolean {
	return numberAfter(row) !== row.articleNo;
}

/** What tells rows apart: a plain row of a number is another article than the one that gives it up (P7). */
export function rowKey(row: SpecterArticle): string {
	return JSON.stringify([row.articleNo, numberAfter(row)]);
}

/** The last rename of each article, by its old number. */
export function renamesOf(rows: readonly SpecterArticle[]): Map<string, SpecterArticle> {
	return new Map(rows.filter(isRename).map((row) => [row.articleNo, row]));
}

/**
 * The rows in rounds of which each waits for the one before: a number comes once in a round, and who
 * gives it up before who takes it (contract specter §4). Rows that share no number are one round. Rows
 * that wait for each other in a circle, which nothing can send, come in the last.
 */
export function articleRounds(rows: readonly SpecterArticle[]): SpecterArticle[][] {
	const rounds: SpecterArticle[][] = [];
	let waiting = [...rows].sort((a, b) => Number(isRename(b)) - Number(isRename(a)));
	while (waiting.length > 0) {
		const named = new Set<string>();
		const renames = renamesOf(waiting);
		const round = waiting.filter((row) => {
			const numbers = [row.articleNo, numberAfter(row)];
			const waits = renames.has(numberAfter(row)) || numbers.some((number) => named.has(number));
			if (!waits) numbers.forEach((number) => named.add(number));
			return !waits;
		});
		rounds.push(round.length > 0 ? round : waiting);
		const sent = new Set(rounds.at(-1));
		waiting = waiting.filter((row) => !sent.has(row));
	}
	return rounds;
}
