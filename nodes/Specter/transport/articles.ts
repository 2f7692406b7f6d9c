import { type NodeApiError } from 'n8n-workflow';
import { inParts, mapBounded } from '../../shared/concurrency';
import type { RequestContext } from '../../shared/http';
import { toNodeError } from '../../shared/items';
import { Refusal } from '../../shared/refusal';
import type { SpecterArticle } from '../records';
import { articleRounds, isRename, numberAfter, renamesOf, rowKey } from './articleRounds';
import { write } from './client';
import { rowParameters } from './parameters';
import { refusalReason } from './response';

/** Articles in one call at most. Contract specter §5. */
const ARTICLES_PER_CALL = 100;

/**
 * Sends articles, at most 100 a call and `limit` calls at a time. How Specter answers a call with one
 * bad row is unknown, so a refused call is halved until the bad row stands alone and all others land.
 * A row that takes the number of a renamed article is sent when the rename has landed, or not at all:
 * it would be written over the wrong article. What is `onlyIfMissing` goes in calls without force.
 * @param articles no two of one {@link rowKey}
 * @returns the articles that did not land, by {@link rowKey}, each with the reason: a refusal, or a
 * NodeApiError where Specter did not answer
 */
export async function submitArticles(
	context: RequestContext,
	articles: readonly SpecterArticle[],
	{ force, limit }: { force: boolean; limit: number },
): Promise<Map<string, Error>> {
	const failed = new Map<string, Error>();
	const isForced = ({ onlyIfMissing }: SpecterArticle) => force && !onlyIfMissing;

	/** An earlier try may have given the new number already, and Specter then refuses to give it again. */
	const underNewNumber = async (row: SpecterArticle, refusal: Refusal) => {
		const { newArticleNo, ...article } = row;
		const sent = await send(
			context,
			[{ ...article, articleNo: newArticleNo as string }],
			isForced(row),
		);
		if (sent instanceof Error) return sent;
		return sent.answer.done ? undefined : refusal;
	};
	const submit = async (rows: readonly SpecterArticle[], inDoubt: boolean): Promise<void> => {
		const sent = await send(context, rows, isForced(rows[0]));
		if (sent instanceof Error) {
			for (const row of rows) failed.set(rowKey(row), sent);
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
		const mayHaveIt = row.newArticleNo && (mayStand || row.mayBeRenamed);
		const reason = mayHaveIt ? await underNewNumber(row, refusal) : refusal;
		if (reason) failed.set(rowKey(row), reason);
	};

	const renames = renamesOf(articles);
	const underWay = new Set(renames.values());
	/** Why a row must not be sent; a silence that kept a rename from landing may pass for both. */
	const obstacle = (row: SpecterArticle): Error | undefined => {
		const last = renames.get(row.articleNo);
		if (last && last !== row && isRename(row)) return overtaken(row, last);
		const before = renames.get(numberAfter(row));
		if (!before || !underWay.has(before)) return undefined;
		const failure = failed.get(rowKey(before));
		return failure && !(failure instanceof Refusal) ? failure : notFree(row, before);
	};
	for (const round of articleRounds(articles)) {
		const clear = round.filter((row) => {
			const reason = obstacle(row);
			if (reason) failed.set(rowKey(row), reason);
			return !reason;
		});
		const calls = [clear.filter(isForced), clear.filter((row) => !isForced(row))].flatMap((rows) =>
			inParts(rows, ARTICLES_PER_CALL),
		);
		await mapBounded(calls, limit, async (rows) => await submit(rows, false));
		for (const row of clear) if (!failed.has(rowKey(row))) underWay.delete(row);
	}
	return failed;
}

/**
 * One call, of rows that are all forced or all not. No answer is returned as the reason for its own rows,
 * since other calls may have landed.
 */
async function send(context: RequestContext, rows: readonly SpecterArticle[], force: boolean) {
	try {
		return await write(
			context,
			{
				action: 'newArticleSubmit',
				forceArticleUpdate: force ? '1' : '0',
				...rowParameters(
					rows.map((row) => ({ ...row, onlyIfMissing: undefined, mayBeRenamed: undefined })),
				),
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

function notFree(row: SpecterArticle, before: SpecterArticle): Refusal {
	return new Refusal(
		`The article ${row.articleNo} was not sent: ${numberAfter(row)} is still the number of the article that was to become ${before.newArticleNo}`,
		`Two products share that number until the one that is ${before.newArticleNo} in the shop has got its new number in Specter too. Bring that through first, then run this item again.`,
	);
}

function overtaken({ articleNo, newArticleNo }: SpecterArticle, later: SpecterArticle): Refusal {
	return new Refusal(
		`The article ${articleNo} was not given the number ${newArticleNo}: a later item of the run gives it the number ${later.newArticleNo}`,
		'Look which of the two numbers the product has in the shop. If they are two products, one of them has a wrong number noted for Specter.',
	);
}
