import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { kindOf } from '../../shared/likelyName';
import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { Refusal } from '../../shared/refusal';
import { assumedVendre, type VendreDialect } from '../transport/dialect';
import type { WebhookForm } from '../transport/webhookForm';
import { asSet, differs } from './shop';

const FORMATS: Record<WebhookForm['format'], string> = {
	JSON: 'JSON',
	'form fields': 'form fields',
	multipart: 'a multipart form',
	another: 'a format that the Vendre Trigger does not read',
};

/**
 * What the parameter holds: what Vendre Triggers told of the webhooks that came to them, the last one last.
 * @throws {Refusal} where it is no list of that
 */
export function givenWebhooks(context: IExecuteFunctions): WebhookForm[] {
	const given = context.getNodeParameter('webhooks', 0, []) ?? [];
	const list = typeof given === 'string' ? parsed(given.trim() || '[]') : given;
	if (Array.isArray(list) && list.every(isForm)) return list;
	throw new Refusal(
		'The parameter Webhooks Received is no list of webhooks',
		'Give it as a JSON list of what Vendre Triggers with the Output “How the Webhook Is Written” put out, or [] for none.',
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function isForm(entry: unknown): entry is WebhookForm {
	if (kindOf(entry) !== 'record') return false;
	const { format, otherIdNames } = entry as IDataObject;
	return Object.hasOwn(FORMATS, String(format)) && Array.isArray(otherIdNames);
}

/** What webhooks that came tell of contract vendre §5; of several, the last one that tells counts. */
export function probeWebhooks(
	webhooks: readonly WebhookForm[],
	{ webhookId }: Pick<VendreDialect, 'webhookId'>,
): Findings {
	const last = webhooks.at(-1);
	if (!last) return {};
	const nested = webhooks.findLast(({ nesting }) => nesting !== 'none');
	const confirmed = webhooks.findLast((each) => each.confirmed);
	return {
		webhookFormat: formatFinding(last),
		formNesting: nested
			? nestingFinding(nested)
			: notTested('No webhook came as a form with names inside others'),
		webhookId: confirmed?.idName ? idFinding(confirmed.idName, webhookId) : withoutId(last),
	};
}

function formatFinding({ format }: WebhookForm): Finding {
	if (format === 'JSON') return holds(FORMATS.JSON);
	const finding = differs(`The last one came as ${FORMATS[format]}`);
	return format === 'another'
		? { ...finding, advice: 'Choose JSON or form-data for the webhook in the shop’s admin.' }
		: finding;
}

const nestingFinding = ({ nesting }: WebhookForm): Finding =>
	nesting === 'brackets' ? holds('data[id]') : differs('The names have dots, as data.id');

function idFinding(name: string, set: string): Finding {
	if (name === set) return holds(asSet(name, assumedVendre.webhookId));
	return {
		verdict: 'differs',
		found: `The record’s ID is called ${name}`,
		entry: { webhookId: name },
	};
}

/** Nothing is said of a name whose record was not read: it may be the ID of something else. */
function withoutId({ idName, otherIdNames }: WebhookForm): Finding {
	const names = [idName, ...otherIdNames].filter(Boolean).join(', ');
	return notTested(
		names
			? `No record by ${names} says the same as the webhook that came`
			: 'No field of the webhook that came looks like an ID',
	);
}
