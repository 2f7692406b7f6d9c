import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { SpecterAnswer } from '../transport/response';
import { answerToWrite, withNames, type Account } from './account';
import { otherNames } from './candidates';
import { asArticle } from './testRecords';

/**
 * Gives the test article another number and its own back. Whether Specter did it is told by the id that it
 * answers for the other number: one that took no notice would make a second article of that.
 */
export async function probeRename(account: Account, articleNo: string): Promise<Findings> {
	const own = await idOf(account, articleNo);
	if (!own) return { newArticleNo: notTested('Specter tells no id of the test article') };
	const scoped = account.dialect.parameters['newArticleSubmit.newArticleNo'];
	const asSet = scoped ?? account.dialect.parameters.newArticleNo ?? 'newArticleNo';
	const names = [asSet, ...otherNames('newArticleNo').filter((name) => name !== asSet)];
	for (const [index, name] of names.entries()) {
		const renaming = await withNames(account, { 'newArticleSubmit.newArticleNo': name });
		const target = `${articleNo}-${index + 1}`;
		const answer = await rename(renaming, articleNo, target);
		if (!answer?.done || (await idOf(account, target)) !== own) continue;
		await rename(renaming, target, articleNo);
		return {
			newArticleNo:
				name === asSet
					? holds(`${name} gives an article another number`)
					: {
							verdict: 'differs',
							found: `${name} gives an article another number, and ${asSet} does not`,
							entry: { parameters: { 'newArticleSubmit.newArticleNo': name } },
						},
		};
	}
	return {
		newArticleNo: {
			verdict: 'differs',
			found: 'No parameter that was tried gives an article another number',
			advice:
				'Ask Specter’s support for the name of the parameter, and rename articles by hand until then.',
		},
	};
}

const rename = async (account: Account, from: string, to: string) =>
	await answerToWrite(account, asArticle(from, { newArticleNo_1: to, forceArticleUpdate: '1' }));

async function idOf(account: Account, articleNo: string): Promise<string> {
	const answer: SpecterAnswer | undefined = await answerToWrite(account, asArticle(articleNo));
	return answer?.done ? answer.id : '';
}
