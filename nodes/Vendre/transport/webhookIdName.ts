import type { IDataObject } from 'n8n-workflow';
import type { RequestContext } from '../../shared/http';
import { unwrap, vendreRequest } from './client';

/**
 * Two orders of a shop have many fields in common, from the currency to the way of delivery. Those of one
 * record differ at most in what was changed since, or is written otherwise.
 */
const SHARE_THAT_AGREES = 0.75;
const FEWEST_THAT_AGREE = 2;

/** A value as a form writes it, so that all formats compare; undefined for a list or a record. */
export function textOf(value: unknown): string | undefined {
	if (value === null || value === undefined || value === false) return '';
	if (value === true) return '1';
	return typeof value === 'object' ? undefined : String(value as string | number);
}

/** The name whose ID is that of a record which says the same as the webhook; of several, the likest. */
export async function nameOfId(
	context: RequestContext,
	list: string,
	fields: Map<string, string>,
	candidates: readonly string[],
	budgetMs: number,
): Promise<string | undefined> {
	const deadline = Date.now() + budgetMs;
	let best = { share: 0, name: undefined as string | undefined };
	for (const name of candidates) {
		const left = deadline - Date.now();
		if (left <= 0) break;
		const record = await recordAsWritten(context, `${list}/${fields.get(name)}`, left);
		const share = shareThatAgrees(fields, record, name);
		if (share > best.share) best = { share, name };
		if (share === 1) break;
	}
	return best.share >= SHARE_THAT_AGREES ? best.name : undefined;
}

/**
 * A record by the shop's own names, which those of a webhook are as well. None where there is none, or the
 * shop gives no answer: how the webhook is written is told all the same.
 */
async function recordAsWritten(
	context: RequestContext,
	path: string,
	budgetMs: number,
): Promise<IDataObject> {
	try {
		return unwrap(await vendreRequest(context, { method: 'GET', path }, { budgetMs })) ?? {};
	} catch {
		return {};
	}
}

/** Which share of the fields that both have and that are not empty in both are equal; 0 for too few. */
function shareThatAgrees(fields: Map<string, string>, record: IDataObject, idName: string): number {
	const both = [...fields].flatMap(([name, text]) => {
		const theirs = Object.hasOwn(record, name) ? textOf(record[name]) : undefined;
		const tells = theirs !== undefined && name !== idName && (text !== '' || theirs !== '');
		return tells ? [text === theirs] : [];
	});
	const agreeing = both.filter(Boolean).length;
	return agreeing < FEWEST_THAT_AGREE ? 0 : agreeing / both.length;
}
