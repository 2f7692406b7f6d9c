import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { SpecterAnswer } from '../transport/response';
import { answerToWrite, withCredential, withNames, type Account } from './account';
import { otherNames } from './candidates';
import { asArticle } from './testRecords';

/** A test article that stands in Specter, and how the account took it. */
export interface TestArticle {
	account: Account;
	articleNo: string;
	findings: Findings;
}

/** Makes or updates the test article, in the place where the account reads the parameters of a write. */
export async function probeArticle(
	account: Account,
	articleNo: string,
): Promise<TestArticle | undefined> {
	const submit = async (from: Account) => await answerToWrite(from, asArticle(articleNo));
	const places = { body: account, query: await inPlace(account, 'query') };
	const inBody = (await submit(await inPlace(account, 'body')))?.done === true;
	const inQuery = (await submit(places.query))?.done === true;
	if (!inBody && !inQuery) return undefined;
	const { writesIn } = account.dialect;
	const other = inBody ? 'body' : 'query';
	const asSet = writesIn === 'body' ? inBody : inQuery;
	const where = inBody && inQuery ? 'in the body and in the query' : `in the ${other} alone`;
	const found = `The parameters of a write are read ${where}`;
	return {
		account: asSet ? account : await inPlace(account, other),
		articleNo,
		findings: {
			writesIn:
				inBody && inQuery
					? holds(found)
					: asSet && other === writesIn && writesIn === 'query'
						? holds(`${found}, as set`)
						: asSet
							? { verdict: 'differs', found, advice: 'Nothing to do: the nodes write in the body.' }
							: { verdict: 'differs', found, entry: { writesIn: other } },
		},
	};
}

async function inPlace(account: Account, writesIn: 'body' | 'query'): Promise<Account> {
	if (account.dialect.writesIn === writesIn) return account;
	const { differences } = account.credential;
	const entered =
		typeof differences === 'string' ? (JSON.parse(differences || '{}') as object) : differences;
	return await withCredential(account, { differences: { ...(entered as object), writesIn } });
}

/**
 * Gives the test article another number and its own back. Whether Specter did it is told by the id that it
 * answers for the other number: one that took no notice would make a second article of that.
 */
export async function probeRename({ account, articleNo }: TestArticle): Promise<Findings> {
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
