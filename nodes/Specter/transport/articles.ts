import { type NodeApiError } from 'n8n-workflow';
import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { toNodeError } from '../../shared/items';
import { Refusal } from '../../shared/refusal';
import type { SpecterArticle } from '../records';
import { write } from './client';
import { rowParameters } from './parameters';
import { refusalReason } from './response';

/** Articles in one call at most. Contract specter §5. */
const ARTICLES_PER_CALL = 100;

/**
 * Sends articles, at most 100 a call and `limit` calls at a time. How Specter answers a call with one
 * bad row is unknown, so a refused call is halved until the bad row stands alone and all others land.
 * @returns the articles that did not land, by article number, each with the reason: Specter's refusal,
 * or a NodeApiError where it did not answer
 */
export async function submitArticles(
	context: RequestContext,
	articles: readonly SpecterArticle[],
	{ force, limit }: { force: boolean; limit: number },
): Promise<Map<string, Error>> {
	const failed = new Map<string, Error>();

	/** An earlier try may have given the new number already, and Specter then refuses to give it again. */
	const underNewNumber = async (row: SpecterArticle, refusal: Refusal) => {
		const { newArticleNo, ...article } = row;
		const sent = await send(context, [{ ...article, articleNo: newArticleNo as string }], force);
		if (sent instanceof Error) return sent;
		return sent.answer.done ? undefined : refusal;
	};
	const submit = async (rows: readonly SpecterArticle[], inDoubt: boolean): Promise<void> => {
		const sent = await send(context, rows, force);
		if (sent instanceof Error) {
			for (const { articleNo } of rows) failed.set(articleNo, sent);
			return;
		}
		const { answer, attempts } = sent;
		if (answer.done) return;
		const mayStand = inDoubt || attempts > 1;
		if (rows.length > 1) {
			const middle = Math.ceil(rows.length / 2);
			await submit(rows.slice(0, middle), mayStand);
			return await submit(rows.slice(middle), mayStand);
		}
		const [row] = rows;
		const refusal = refusalOf(row, refusalReason(answer));
		const reason = row.newArticleNo && mayStand ? await underNewNumber(row, refusal) : refusal;
		if (reason) failed.set(row.articleNo, reason);
	};

	await mapBounded(
		inParts(articles, ARTICLES_PER_CALL),
		limit,
		async (rows) => await submit(rows, false),
	);
	return failed;
}

/** One call. No answer is returned as the reason for its own rows, since other calls may have landed. */
async function send(context: RequestContext, rows: readonly SpecterArticle[], force: boolean) {
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
		return toNodeError(context.getNode(), error) as NodeApiError;
	}
}

function refusalOf({ articleNo, newArticleNo }: SpecterArticle, reason: string): Refusal {
	return newArticleNo
		? new Refusal(
				`Specter refused to give the article ${articleNo} the number ${newArticleNo}: ${reason}`,
				`Look whether Specter has an article ${newArticleNo} already. If it is this one, send it by that number; if it is another, one of the two needs another number.`,
			)
		: new Refusal(
				`Specter refused the article ${articleNo}: ${reason}`,
				'Correct the product in the shop and run the item again. Blanks, commas and å ä ö & % # in article numbers are a common cause.',
			);
}
