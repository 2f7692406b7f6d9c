import type { IExecuteFunctions } from 'n8n-workflow';
import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { checkRecord } from '../../../shared/records';
import { specterArticle, type SpecterArticle } from '../../records';
import { rowKey } from '../../transport/articleRounds';
import { submitArticles } from '../../transport/articles';
import { givenRecord, recordInput } from '../recordInput';

const description = forOperation('article', 'createOrUpdate', [
	...recordInput(
		'articles',
		'Articles',
		{
			articleNo: 'Article Number',
			newArticleNo: 'New Article Number',
			name: 'Name',
			priceExclVAT: 'Price Excl. VAT',
			vatPercent: 'VAT Percent',
			buyPrice: 'Purchase Price',
			stockPrice: 'Stock Price',
			barCode: 'EAN',
			productWeight: 'Weight (Kg)',
			productVolume: 'Volume (M³)',
			createArticleStock: 'Stock Article',
			noItemsInStock: 'Stock on Creation',
			manufacturingCountryCode: 'Country of Manufacture',
		},
		{ createArticleStock: { type: 'boolean', default: true } },
	),
	{
		displayName: 'Update Existing Articles',
		name: 'force',
		type: 'boolean',
		default: true,
		description:
			'Whether an article that Specter has already is overwritten. Off: it is left as it is, as one with onlyIfMissing always is.',
	},
	requestOptions,
]);

/** The articles of one item: one record or a list of them. */
function givenArticles(context: IExecuteFunctions, itemIndex: number): SpecterArticle[] {
	const given = givenRecord(context, 'articles', itemIndex);
	return (Array.isArray(given) ? given : [given]).map((article) =>
		checkRecord(specterArticle, article, 'The article'),
	);
}

/** An unusable item must not keep the others from being sent: its error waits for the item's turn. */
function readOrKeep(context: IExecuteFunctions, itemIndex: number): SpecterArticle[] | Error {
	try {
		return givenArticles(context, itemIndex);
	} catch (error) {
		return error as Error;
	}
}

/**
 * newArticleSubmit: makes or updates the articles of all items together, at most 100 a call (matrix
 * P1–P8, contract specter §4). An article that several items name is sent once, as the last of them
 * has it; one that is only made if it is missing gives way to one that is written. A number that one
 * gives up and another takes is that of two articles. A refused call is halved until the bad row
 * stands alone; only the items that name it fail.
 */
export const createOrUpdate: Operation = {
	description,
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const force = context.getNodeParameter('force', 0) as boolean;
		const articlesOfItem = context.getInputData().map((_, item) => readOrKeep(context, item));
		const given = articlesOfItem.flatMap((articles) => (articles instanceof Error ? [] : articles));
		const distinct = new Map(
			[
				...given.filter(({ onlyIfMissing }) => onlyIfMissing),
				...given.filter(({ onlyIfMissing }) => !onlyIfMissing),
			].map((article) => [rowKey(article), article]),
		);
		const failed = await submitArticles(context, [...distinct.values()], { force, limit });

		return await runPerItem(context, limit, async (itemIndex) => {
			const articles = articlesOfItem[itemIndex];
			if (articles instanceof Error) throw articles;
			const stopped = articles.map(rowKey).find((key) => failed.has(key));
			if (stopped !== undefined) throw failed.get(stopped) as Error;
			const articleNos = articles.map(({ articleNo }) => articleNo);
			return [{ outcome: force ? 'updated' : 'created', articleNos }];
		});
	},
};
