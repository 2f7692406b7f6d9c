import type { IDataObject } from 'n8n-workflow';
import { assumedVendre, vendreWords, type VendreDialect } from './dialect';

/** Vendre's webhooks and the list that each one's record is read from again. Contract vendre §5. */
export const webhookEvents = {
	new_order: 'orders',
	updated_order: 'orders',
	new_customer: 'customers',
	updated_customer: 'customers',
	deleted_customer: undefined,
} as const;
export type WebhookEvent = keyof typeof webhookEvents;

export function isWebhookEvent(name: unknown): name is WebhookEvent {
	return typeof name === 'string' && Object.hasOwn(webhookEvents, name);
}

/**
 * The record's id in a webhook's body, whatever its format: JSON, form fields (flat names such as
 * `data[id]` or `data.id`) or multipart, which n8n hands over as `{ data, files }`. Undefined where there is none.
 */
export function recordIdIn(
	body: IDataObject,
	{ webhookId: key }: Pick<VendreDialect, 'webhookId'> = assumedVendre,
): number | undefined {
	const wrappers = vendreWords.webhookWrappers;
	const idsOf = (fields: IDataObject) => [
		fields[key],
		...wrappers.flatMap((wrapper) => [
			(fields[wrapper] as IDataObject | undefined)?.[key],
			fields[`${wrapper}[${key}]`],
			fields[`${wrapper}.${key}`],
		]),
	];
	const multipart = (body.data ?? {}) as IDataObject;
	return [...idsOf(body), ...idsOf(multipart)]
		.map((candidate) => (Array.isArray(candidate) ? candidate[0] : candidate))
		.map(numberIn)
		.find((id) => id > 0 && Number.isSafeInteger(id));
}

/** The number in a field: 0 for what is no row of digits. */
function numberIn(field: unknown): number {
	const isText = typeof field === 'string' || typeof field === 'number';
	return isText && /^\d+$/.test(String(field)) ? Number(field) : 0;
}
