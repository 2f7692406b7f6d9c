import {
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { secretsMatch } from '../shared/secrets';
import { normalized } from './normalize';
import { vendreApiTest } from './methods/credentialTest';
import { readRecord } from './transport/client';
import { vendreDialectOf } from './transport/dialect';
import type { VendreCredential } from './transport/request';
import { isWebhookEvent, recordIdIn, webhookEvents } from './transport/webhook';
import { webhookForm } from './transport/webhookForm';

/** The shop waits for the answer to its webhook, so the shop is not asked for longer than this. */
const READ_BUDGET_MS = 8_000;

/**
 * Starts a workflow on the shop's five webhooks, all at one address that names the event and carries
 * a secret (contract vendre §5). The body is a hint only: the record is read again by its id. For the connection
 * check it starts with how the webhook is written instead.
 */
export class VendreTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vendre Trigger',
		name: 'vendreTrigger',
		icon: { light: 'file:vendre.svg', dark: 'file:vendre.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow on new and updated orders and customers of a Vendre shop',
		defaults: { name: 'Vendre Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'vendreApi', required: true, testedBy: 'vendreApiTest' }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'vendre' }],
		properties: [
			{
				displayName:
					'In Vendre, under Appar & Integration → Webhooks, set up one webhook per event. Its address is the webhook URL above with <code>?event=new_order&amp;secret=…</code> behind it: the event’s own name, and the Webhook Secret of the credential. JSON and form-data both work.',
				name: 'setup',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				options: [
					{ name: 'Customer Deleted', value: 'deleted_customer' },
					{ name: 'Customer Updated', value: 'updated_customer' },
					{ name: 'New Customer', value: 'new_customer' },
					{ name: 'New Order', value: 'new_order' },
					{ name: 'Order Updated', value: 'updated_order' },
				],
				default: ['new_order', 'updated_order'],
				required: true,
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				options: [
					{
						name: 'How the Webhook Is Written',
						value: 'form',
						description:
							'For the connection check: the names and the format of the webhook, and no value of it',
					},
					{
						name: 'The Record',
						value: 'record',
						description: 'The order or customer as the shop has it now',
					},
				],
				default: 'record',
				description: 'What the workflow starts with',
			},
		],
	};

	methods = { credentialTest: { vendreApiTest } };

	/** Vendre's webhooks are set up by hand in its admin, so there is nothing to register or remove. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				const { webhookSecret } = await this.getCredentials<VendreCredential>('vendreApi');
				// The check of an account comes before its webhooks; without a secret none is let in all the same.
				if (webhookSecret || this.getNodeParameter('output', 'record') === 'form') return true;
				throw new NodeOperationError(this.getNode(), 'The credential has no Webhook Secret', {
					description:
						'Enter a long random text in the credential, and the same text as “secret” in the address of each webhook in Vendre.',
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const answer = (status: number, text: string): IWebhookResponseData => {
			this.getResponseObject().status(status).send(text);
			return { noWebhookResponse: true };
		};
		const { event, secret } = this.getQueryData() as IDataObject;
		const credential = await this.getCredentials<VendreCredential>('vendreApi');
		const { webhookSecret } = credential;
		if (!secretsMatch(secret, webhookSecret)) return answer(401, 'The secret is missing or wrong');
		if (!isWebhookEvent(event)) return answer(400, 'The address names no event of Vendre');
		if (!(this.getNodeParameter('events') as string[]).includes(event)) {
			return { webhookResponse: 'This workflow does not listen to the event' };
		}
		const dialect = vendreDialectOf(credential);
		const body = this.getBodyData();
		if (this.getNodeParameter('output', 'record') === 'form') {
			const contentType = this.getHeaderData()['content-type'] ?? '';
			const received = { event, contentType, body };
			const json = await webhookForm(this, received, dialect, READ_BUDGET_MS);
			return { webhookResponse: 'OK', workflowData: [[{ json }]] };
		}
		const id = recordIdIn(body, dialect);
		if (id === undefined) return answer(400, 'The body holds no id of a record');

		const resource = webhookEvents[event];
		if (!resource) {
			return { webhookResponse: 'OK', workflowData: [[{ json: { webhookEvent: event, id } }]] };
		}
		try {
			const record = normalized(
				resource,
				await readRecord(this, resource, id, { budgetMs: READ_BUDGET_MS }),
			);
			const json = { ...record, webhookEvent: event };
			return { webhookResponse: 'OK', workflowData: [[{ json }]] };
		} catch (error) {
			const unknown = error instanceof NodeApiError && error.httpCode === '404';
			if (!unknown) this.logger.warn(`Vendre webhook ${event} ${id}: ${(error as Error).message}`);
			return answer(unknown ? 404 : 503, 'The record could not be read from the shop');
		}
	}
}
