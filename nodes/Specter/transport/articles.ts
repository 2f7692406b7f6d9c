import { NodeApiError } from 'n8n-workflow';
import { mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { Refusal } from '../../shared/refusal';
import type { SpecterArticle } from '../records';
import { write } from './client';
import { rowParameters } from './parameters';

/** Articles in one call at most. Contract specter §5. */
const ARTICLES_PER_CALL = 100;

/**
 * Sends articles, at most 100 a call and `limit` calls at a time. How Specter answers a call with one
 * bad row is unknown, so a refused call is halved until the bad row stands alone and all others land.
 * @returns the articles that did not land, by article number, each with Specter's reason
 */
export async function submitArticles(
	context: RequestContext,
	articles: readonly SpecterArticle[],
	{ force, limit }: { force: boolean; limit: number },
): Promise<Map<string, Refusal>> {
	const failed = new Map<string, Refusal>();

	const submit = async (rows: readonly SpecterArticle[]): Promise<void> => {
		const answer = await write(
			context,
			{
				action: 'newArticleSubmit',
				forceArticleUpdate: force ? '1' : '0',
				...rowParameters(rows),
			},
			{ repeatable: true },
		);
		if (answer.done) return;
		if (rows.length > 1) {
			const middle = Math.ceil(rows.length / 2);
			await submit(rows.slice(0, middle));
			await submit(rows.slice(middle));
			return;
		}
		const [{ articleNo }] = rows;
		failed.set(
			articleNo,
			new Refusal(
				`Specter refused the article ${articleNo}: ${answer.message || 'no reason given'} (code ${answer.code || 'none'})`,
				'Correct the product in the shop and run the item again. Blanks, commas and å ä ö & % # in article numbers are a common cause.',
			),
		);
	};

	const submitOrNote = async (rows: readonly SpecterArticle[]) => {
		try {
			await submit(rows);
		} catch (error) {
			const { message, description } = error as NodeApiError;
			for (const { articleNo } of rows)
				failed.set(articleNo, new Refusal(message, description ?? ''));
		}
	};

	await mapBounded(inCalls(articles), limit, submitOrNote);
	return failed;
}

function inCalls(articles: readonly SpecterArticle[]): SpecterArticle[][] {
	const calls: SpecterArticle[][] = [];
	for (let start = 0; start < articles.length; start += ARTICLES_PER_CALL) {
		calls.push(articles.slice(start, start + ARTICLES_PER_CALL));
	}
	return calls;
}
