import type { IDataObject } from 'n8n-workflow';
import type { RequestContext } from '../../shared/http';
import { assumedFields } from './assumedFields';
import { vendreWords, type VendreDialect } from './dialect';
import { webhookEvents, type WebhookEvent } from './webhook';
import { nameOfId, textOf } from './webhookIdName';

/** How a webhook is written (contract vendre §5): names and format, and no value of it. */
export interface WebhookForm extends IDataObject {
	event: string;
	/** By its content type; `another` is none that the Vendre Trigger reads. */
	format: 'JSON' | 'form fields' | 'multipart' | 'another';
	/** How a form writes the names of fields inside others. */
	nesting: 'brackets' | 'dots' | 'none';
	/** What it calls the record's ID, as far as that is known. */
	idName: string | null;
	/** Other names that look like one of an ID. */
	otherIdNames: string[];
	/** Whether the shop's record of that ID says the same as the webhook. */
	confirmed: boolean;
}

/** A call as n8n has parsed it: forms into flat names such as `data[id]`, multipart into `{ data, files }`. */
export interface ReceivedWebhook {
	event: WebhookEvent;
	contentType: string;
	body: IDataObject;
}

/** So many names are tried, after the one that is set. */
const MOST_OTHER_NAMES = 4;
/** A name that ends like one of an ID, and is too short and plain to be anything of a record but a name. */
const LIKE_AN_ID = /^(?=[a-z][\w-]{1,39}$).*(id|no|number|nr)$/i;

/** How a webhook is written; reads the records that its ID may be of, all within `budgetMs`. */
export async function webhookForm(
	context: RequestContext,
	received: ReceivedWebhook,
	dialect: Pick<VendreDialect, 'webhookId'>,
	budgetMs: number,
): Promise<WebhookForm> {
	const format = formatOf(received.contentType);
	const names = namedFields(received.body, format);
	const fields = fieldsOfRecord(names);
	const candidates = idNames(fields, dialect.webhookId);
	const list = webhookEvents[received.event];
	const confirmed = list && (await nameOfId(context, list, fields, candidates, budgetMs));
	const idName = confirmed ?? candidates.find((name) => name === dialect.webhookId) ?? null;
	return {
		event: received.event,
		format,
		nesting: format === 'JSON' ? 'none' : nestingOf(Object.keys(names)),
		idName,
		otherIdNames: candidates.filter((name) => name !== idName),
		confirmed: confirmed !== undefined,
	};
}

function formatOf(contentType: string): WebhookForm['format'] {
	if (/^application\/json\b/i.test(contentType)) return 'JSON';
	if (/^multipart\/form-data\b/i.test(contentType)) return 'multipart';
	return /^application\/x-www-form-urlencoded\b/i.test(contentType) ? 'form fields' : 'another';
}

/** The webhook's fields by their names as they came. */
function namedFields(body: IDataObject, format: WebhookForm['format']): IDataObject {
	return format === 'multipart' ? ((body.data ?? {}) as IDataObject) : body;
}

function nestingOf(names: readonly string[]): WebhookForm['nesting'] {
	if (names.some((name) => /^[^[]+\[.*\]$/.test(name))) return 'brackets';
	return names.some((name) => /^[^.]+\.[^.]/.test(name)) ? 'dots' : 'none';
}

/** What stands in the record itself, also in a wrapper, each as text; what stands deeper is left out. */
function fieldsOfRecord(names: IDataObject): Map<string, string> {
	const fields = new Map<string, string>();
	for (const [name, value] of Object.entries(names).flatMap(outOfWrapper)) {
		const text = textOf(Array.isArray(value) ? value[0] : value);
		if (text !== undefined && /^[^[\].]+$/.test(name) && !fields.has(name)) fields.set(name, text);
	}
	return fields;
}

function outOfWrapper([name, value]: [string, unknown]): Array<[string, unknown]> {
	const wrappers: readonly string[] = vendreWords.webhookWrappers;
	const [, wrapper, bracketed, dotted] = /^(\w+)(?:\[([^\]]+)\]|\.([^.]+))$/.exec(name) ?? [];
	if (wrappers.includes(wrapper)) return [[bracketed ?? dotted, value]];
	const isWrapper = wrappers.includes(name) && typeof value === 'object' && value !== null;
	return isWrapper ? Object.entries(value) : [[name, value]];
}

/** The names that may be those of the record's ID, the one that is set first, known ones of other things last. */
function idNames(fields: Map<string, string>, set: string): string[] {
	const alike = [...fields].flatMap(([name, text]) => (isId(text) ? [name] : []));
	const known: readonly string[] = [...assumedFields.orders[''], ...assumedFields.customers['']];
	const others = alike.filter((name) => name !== set && LIKE_AN_ID.test(name));
	const isOfAnother = (name: string) => name !== 'id' && known.includes(name);
	return [
		...alike.filter((name) => name === set),
		...[
			...others.filter((name) => !isOfAnother(name)),
			...others.filter((name) => isOfAnother(name)),
		].slice(0, MOST_OTHER_NAMES),
	];
}

const isId = (text: string) =>
	/^\d+$/.test(text) && Number.isSafeInteger(Number(text)) && +text > 0;
