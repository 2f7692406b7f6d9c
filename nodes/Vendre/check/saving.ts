import type { IDataObject } from 'n8n-workflow';
import type { Finding } from '../../shared/facts';
import { holds } from '../../shared/findings';
import { unwrap } from '../transport/client';
import type { VendreCredential } from '../transport/request';
import { ask, asSet, inWords, isDone, withCredential, type Shop } from './shop';

type Verb = VendreCredential['saveVerb'];

/** A record as it stands in the shop, in the shop's own words. */
export async function readRaw(
	shop: Shop,
	list: string,
	id: number,
): Promise<IDataObject | undefined> {
	const answer = await ask(shop, { path: `${list}/${id}` });
	return isDone(answer) ? unwrap(answer.json) : undefined;
}

/** What came of a save: the shop as if its verb were the one that went through, or why none did. */
export interface Saved {
	shop?: Shop;
	/** For each verb that was tried and did not go through, what came. */
	refusals: string[];
}

/**
 * Saves fields of a record with the verb that is set and, where that does not go through, with the other
 * one.
 * @param isSaved whether the record has them afterwards
 */
export async function saveWithEitherVerb(
	shop: Shop,
	path: string,
	body: IDataObject,
	isSaved: () => Promise<boolean>,
): Promise<Saved> {
	const refusals: string[] = [];
	for (const saveVerb of verbs(shop)) {
		const there = await withCredential(shop, { saveVerb });
		// The credential turns PUT into its verb.
		const answer = await ask(there, { method: 'PUT', path, body });
		if (isDone(answer) && (await isSaved())) return { shop: there, refusals };
		refusals.push(
			isDone(answer) ? `${saveVerb} changes nothing` : `${saveVerb} ${inWords(answer)}`,
		);
	}
	return { refusals };
}

/** The verb that went through, told as what to set. */
export function verbFound(shop: Shop, { credential: { saveVerb } }: Shop): Finding {
	if (saveVerb === (shop.credential.saveVerb || 'PUT')) return holds(asSet(saveVerb, 'PUT'));
	const field = { name: 'saveVerb', value: saveVerb };
	return { verdict: 'differs', found: `${saveVerb} saves`, field };
}

function verbs({ credential }: Shop): Verb[] {
	const set = credential.saveVerb || 'PUT';
	return set === 'PUT' ? ['PUT', 'POST'] : ['POST', 'PUT'];
}
