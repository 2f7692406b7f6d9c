import type { Finding, Findings } from '../../shared/facts';
import { holds } from '../../shared/findings';
import type { SpecterDialect } from '../transport/dialect';
import { answerToWrite, withDifferences, type Account } from './account';
import { asArticle } from './testRecords';

type Place = SpecterDialect['writesIn'];

/** The account as it must be called to write, and what is told of that. */
export interface Writable {
	account: Account;
	findings: Findings;
}

/**
 * Makes or updates the test article with the parameters in the body and in the query.
 * @returns undefined where Specter takes it in neither
 */
export async function probePlace(
	account: Account,
	articleNo: string,
): Promise<Writable | undefined> {
	const takesIn = async (place: Place) => {
		const there = await withDifferences(account, { writesIn: place });
		return (await answerToWrite(there, asArticle(articleNo)))?.done === true;
	};
	const takes = { body: await takesIn('body'), query: await takesIn('query') };
	if (!takes.body && !takes.query) return undefined;
	const { writesIn: asSet } = account.dialect;
	const place = takes[asSet] ? asSet : takes.body ? 'body' : 'query';
	return {
		account: await withDifferences(account, { writesIn: place }),
		findings: { writesIn: findingOf(takes, asSet) },
	};
}

function findingOf(takes: Record<Place, boolean>, asSet: Place): Finding {
	const read = 'The parameters of a write are read';
	if (takes.body && takes.query) return holds(`${read} in the body and in the query`);
	const place = takes.body ? 'body' : 'query';
	const found = `${read} in the ${place} alone`;
	if (place !== asSet) return { verdict: 'differs', found, entry: { writesIn: place } };
	return place === 'query'
		? holds(`${found}, as set`)
		: { verdict: 'differs', found, advice: 'Nothing to do: the nodes write in the body.' };
}
