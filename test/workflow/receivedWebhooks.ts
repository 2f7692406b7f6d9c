import { parse } from 'node:querystring';
import type { IDataObject } from 'n8n-workflow';
import type { OrderRecord, Sandbox } from '../sandbox';
import type { WebhookFormat } from '../sandbox/vendre/forms';
import { callWebhook } from './webhook';

type WebhookEvent = 'new_order' | 'updated_customer' | 'deleted_customer';

/** A webhook of the shop's for a record, as n8n's server hands it to the trigger. */
export function parsedWebhook(
	{ vendre }: Sandbox,
	record: object,
	format: WebhookFormat,
	event: WebhookEvent = 'new_order',
): { headers: IDataObject; body: IDataObject } {
	const encode = (as: WebhookFormat) => vendre.webhooks.written(event, record, as);
	const headers = { 'content-type': encode(format).contentType };
	if (format === 'json') return { headers, body: JSON.parse(encode(format).body) as IDataObject };
	const fields = { ...parse(encode('form-urlencoded').body) } as IDataObject;
	return { headers, body: format === 'form-data' ? { data: fields, files: {} } : fields };
}

/** What a Vendre Trigger puts out for the connection check, of the webhook for this order in each format. */
export async function receivedWebhooks(
	sandbox: Sandbox,
	order: OrderRecord,
	formats: readonly WebhookFormat[],
): Promise<IDataObject[]> {
	const { webhookSecret: secret } = sandbox.vendre.credentials;
	const forms: IDataObject[] = [];
	for (const format of formats) {
		const { items = [] } = await callWebhook(
			sandbox,
			{ type: 'vendreTrigger', parameters: { events: ['new_order'], output: 'form' } },
			{ query: { event: 'new_order', secret }, ...parsedWebhook(sandbox, order, format) },
		);
		forms.push(...items);
	}
	return forms;
}
