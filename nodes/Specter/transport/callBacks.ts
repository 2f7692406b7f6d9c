import { createHmac } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import { secretsIn } from '../../shared/secrets';
import type { SpecterDialect } from './dialect';
import type { SpecterCredential, SpecterParameters } from './signature';
import { todayIn } from './today';

interface CallBack {
	displayName: string;
	/** The parameter of checkAccountSettings that takes its address. */
	parameter: string;
	/** What Specter fills in for `$name` in the address. Without any, the call means "poll now". */
	carries: string[];
}

/** Specter's call-backs, in the order of the trigger's outputs. Contract specter §4. */
export const callBacks = {
	articleChange: {
		displayName: 'Article Change',
		parameter: 'actionArticleChange',
		carries: [],
	},
	stockChange: {
		displayName: 'Stock Change',
		parameter: 'actionStockChange',
		carries: [],
	},
	orderChange: {
		displayName: 'Order Change',
		parameter: 'actionOrderChange',
		carries: [],
	},
	invoiceCreated: {
		displayName: 'Invoice Created',
		parameter: 'actionNewInvoice',
		carries: ['orderId', 'invoiceId', 'invoiceSource'],
	},
	orderRemoved: {
		displayName: 'Order Removed',
		parameter: 'actionRemoveOrder',
		carries: ['orderNo'],
	},
} satisfies Record<string, CallBack>;
export type CallBackEvent = keyof typeof callBacks;

/** An address by event; the events left out have none. */
export type CallBackUrls = Partial<Record<CallBackEvent, string>>;

export const callBackEvents = Object.keys(callBacks) as CallBackEvent[];

export function isCallBackEvent(name: unknown): name is CallBackEvent {
	return typeof name === 'string' && Object.hasOwn(callBacks, name);
}

/**
 * The secret that a node's addresses carry, because call-backs are unsigned: the user's own, of which there
 * may be several, else one that every process of n8n derives alike. A copied node has another webhook ID and thereby another
 * secret. Empty where the credential has no key to derive it from; an empty one lets nobody in.
 */
export function callBackSecret(
	{ callBackSecret: own, integrationKey }: SpecterCredential,
	{ webhookId, id }: INode,
): string {
	if (own) return own;
	if (!integrationKey) return '';
	return createHmac('sha256', integrationKey)
		.update(`call-back ${webhookId ?? id}`)
		.digest('hex');
}

/** The address for an event, with the first of the secrets; Specter finds its own `$orderId` and the like in it as they stand. */
export function callBackUrl(webhookUrl: string, event: CallBackEvent, secret: string): string {
	const carried: string[] = callBacks[event].carries;
	const filledIn = carried.map((name) => `&${name}=$${name}`).join('');
	const [newest = ''] = secretsIn(secret);
	return `${webhookUrl}?event=${event}&secret=${encodeURIComponent(newest)}${filledIn}`;
}

/**
 * The call of checkAccountSettings that registers these addresses and removes those of all other events.
 * All five are named, because it is not known whether a name left out keeps its address.
 */
export function accountSettings(
	urls: CallBackUrls,
	{ timeZone }: Pick<SpecterDialect, 'timeZone'>,
): SpecterParameters {
	return {
		action: 'checkAccountSettings',
		date: todayIn(timeZone),
		...Object.fromEntries(
			callBackEvents.map((event) => [callBacks[event].parameter, urls[event] ?? '']),
		),
	};
}

const LONGEST_ID = 100;

function idIn(value: unknown): string | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof first !== 'string' && typeof first !== 'number') return undefined;
	const text = String(first).trim().slice(0, LONGEST_ID);
	// A placeholder that Specter did not fill in is no ID.
	return text === '' || text.startsWith('$') ? undefined : text;
}

/**
 * What a call-back tells: the IDs that its event carries, as text, from the query or the body (JSON, form
 * fields or multipart, which n8n hands over as `{ data, files }`). What is missing is left out.
 */
export function carriedIds(event: CallBackEvent, query: IDataObject, body: unknown): IDataObject {
	const fields = (body ?? {}) as IDataObject;
	const multipart = (fields.data ?? {}) as IDataObject;
	const carried: string[] = callBacks[event].carries;
	return Object.fromEntries(
		carried.flatMap((name) => {
			const id = idIn(query[name]) ?? idIn(fields[name]) ?? idIn(multipart[name]);
			return id === undefined ? [] : [[name, id]];
		}),
	);
}
