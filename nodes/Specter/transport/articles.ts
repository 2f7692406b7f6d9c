import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { toNodeError } from '../../shared/items';
import { Refusal } from '../../shared/refusal';
import type { SpecterArticle } from '../records';
import { write } from './client';
import { rowParameters } from './parameters';
import { refusalReason, type SpecterAnswer } from './response';

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
	const note = (rows: readonly SpecterArticle[], refusal: Refusal) => {
		for (const { articleNo } of rows) failed.set(articleNo, refusal);
	};

	const submit = async (rows: readonly SpecterArticle[]): Promise<void> => {
		const answer = await send(context, rows, force);
		if (answer instanceof Refusal) return note(rows, answer);
		if (answer.done) return;
		if (rows.length === 1) return note(rows, refusalOf(rows[0], answer));
		const middle = Math.ceil(rows.length / 2);
		await submit(rows.slice(0, middle));
		await submit(rows.slice(middle));
	};

	await mapBounded(inParts(articles, ARTICLES_PER_CALL), limit, submit);
	return failed;
}

/** One call. No answer is returned as the reason for its own rows, since other calls may have landed. */
async function send(
	context: RequestContext,
	rows: readonly SpecterArticle[],
	force: boolean,
): Promise<SpecterAnswer | Refusal> {
	try {
		return await write(
			context,
			{
				action: 'newArticleSubmit',
				forceArticleUpdate: force ? '1' : '0',
				...rowParameters(rows),
			},
			{ repeatable: true, what: 'the articles' },
		);
	} catch (error) {
		const { message, description } = toNodeError(context.getNode(), error);
		return new Refusal(message, description ?? '');
	}
}

function refusalOf(
	{ articleNo }: SpecterArticle,
	answer: { code: string; message: string },
): Refusal {
	return new Refusal(
		`Specter refused the article ${articleNo}: ${refusalReason(answer)}`,
		'Correct the product in the shop and run the item again. Blanks, commas and å ä ö & % # in article numbers are a common cause.',
	);
}
