import {
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
import { Turns } from '../shared/turns';
import { specterApiTest } from './methods/credentialTest';
import {
	accountSettings,
	callBackEvents,
	callBacks,
	callBackSecret,
	callBackUrl,
	carriedIds,
	isCallBackEvent,
	type CallBackEvent,
	type CallBackUrls,
} from './transport/callBacks';
import { ask, refusalError } from './transport/client';
import { mayStart } from './transport/coalesce';
import { specterDialectOf } from './transport/dialect';
import type { SpecterCredential } from './transport/signature';

/** All outputs that the node can have; the expression of `outputs` picks those of the chosen events. */
const everyOutput = JSON.stringify(
	callBackEvents.map((event) => ({
		event,
		type: NodeConnectionTypes.Main,
		displayName: callBacks[event].displayName,
	})),
);

/** The chosen events, in the order of their outputs. */
function chosenEvents(context: IHookFunctions | IWebhookFunctions): CallBackEvent[] {
	const chosen = context.getNodeParameter('events') as CallBackEvent[];
	return callBackEvents.filter((event) => chosen.includes(event));
}

/**
 * The addresses that another system has in Specter, as the user entered them.
 * @throws {NodeOperationError} for one that is no address, before Specter is asked to keep it
 */
function otherCallBacks(context: IHookFunctions): CallBackUrls {
	const entered = context.getNodeParameter('otherCallBacks', {}) as CallBackUrls;
	const urls: CallBackUrls = {};
	for (const event of callBackEvents) {
		const url = entered[event]?.trim() ?? '';
		if (url === '') continue;
		if (!/^https?:/i.test(url) || !URL.canParse(url)) {
			throw new NodeOperationError(
				context.getNode(),
				`The other call-back for “${callBacks[event].displayName}” is not an address`,
				{ description: 'Write it under Other Call-Backs as https://host/path, or leave it empty.' },
			);
		}
		urls[event] = url;
	}
	return urls;
}

/** The addresses of this node for the chosen events. */
async function ownCallBacks(context: IHookFunctions): Promise<CallBackUrls> {
	const credential = await context.getCredentials<SpecterCredential>('specterApi');
	const secret = callBackSecret(credential, context.getNode());
	const webhookUrl = context.getNodeWebhookUrl('default') as string;
	return Object.fromEntries(
		chosenEvents(context).map((event) => [event, callBackUrl(webhookUrl, event, secret)]),
	);
}

/**
 * Registrations and removals, by account. n8n may give up waiting for a slow removal and go on to
 * register again; the removal must not be the last to arrive.
 */
const turns = new Turns();

/**
 * Makes these addresses the account's call-backs (checkAccountSettings, contract specter §4).
 * @throws {NodeApiError} when Specter refuses them or does not answer
 */
async function setCallBacks(context: IHookFunctions, urls: CallBackUrls): Promise<void> {
	const credential = await context.getCredentials<SpecterCredential>('specterApi');
	const account = JSON.stringify([credential.baseUrl, credential.sbmId]);
	const settings = accountSettings(urls, specterDialectOf(credential));
	const { answer } = await turns.take(account, async () => await ask(context, settings));
	if (answer.done) return;
	// Specter may quote an address, and what stands behind its question mark is a secret.
	const message = answer.message.replace(/(https?:[^\s?]*\?)\S*/gi, '$1…');
	throw refusalError(
		context.getNode(),
		{ ...answer, message },
		{
			what: 'the call-back addresses',
			advice:
				'The call-backs in Specter are as they were. Check the credential with its Test button, the addresses under Other Call-Backs, and that Specter can reach the address of this n8n.',
		},
	);
}

/**
 * Starts a workflow on Specter's call-backs, with one output per event (contract specter §4). It enters
 * its addresses in the account when the workflow is activated and puts the other system's back when it is
 * deactivated.
 */
export class SpecterTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Specter Trigger',
		name: 'specterTrigger',
		icon: { light: 'file:specter.svg', dark: 'file:specter.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'Starts the workflow when stock, articles or orders change in the Specter ERP',
		defaults: { name: 'Specter Trigger' },
		inputs: [],
		outputs: `={{ ${everyOutput}.filter(({ event }) => $parameter.events.includes(event)) }}`,
		credentials: [{ name: 'specterApi', required: true, testedBy: 'specterApiTest' }],
		webhooks: [
			{ name: 'default', httpMethod: 'GET', responseMode: 'onReceived', path: 'specter' },
			// The same address for POST. It is registered with the one above and needs no methods of its own.
			{
				name: 'setup',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				path: 'specter',
				ndvHideUrl: true,
			},
		],
		properties: [
			{
				displayName:
					'A Specter account has one call-back address per event. Publishing this workflow replaces all that stand there, also those of a shop’s own module or of another workflow, and unpublishing it removes them; Specter cannot be asked what they are. To keep them, enter them under Other Call-Backs. When another workflow is to take over, unpublish the old one first.',
				name: 'replaceNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName:
					'While you listen for a test event, Specter’s call-backs stay at the production address. Call the test URL yourself with <code>?event=stockChange&amp;secret=…</code> (the credential’s Call-Back Secret), or just run the nodes behind the trigger: a change call-back carries no data.',
				name: 'testNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				noDataExpression: true,
				options: [
					{
						name: 'Article Change',
						value: 'articleChange',
						description: 'Articles are new, changed or deleted; Get Pending tells which',
					},
					{
						name: 'Invoice Created',
						value: 'invoiceCreated',
						description: 'An order was invoiced; gives the numbers of both',
					},
					{
						name: 'Order Change',
						value: 'orderChange',
						description: 'Orders have a new status or delivery; Get Pending tells which',
					},
					{
						name: 'Order Removed',
						value: 'orderRemoved',
						description: 'An order was removed; gives its number',
					},
					{
						name: 'Stock Change',
						value: 'stockChange',
						description: 'The stock of articles changed; Get Pending tells which',
					},
				],
				default: ['articleChange', 'stockChange', 'orderChange'],
				required: true,
				description: 'The events that start the workflow, each with an output of its own',
			},
			{
				displayName: 'Other Call-Backs',
				name: 'otherCallBacks',
				type: 'collection',
				placeholder: 'Add Address',
				default: {},
				description:
					'The addresses that another system has in Specter. Those of events not chosen above stay in place, and all are put back when the workflow is unpublished.',
				options: [
					{
						displayName: 'Article Change URL',
						name: 'articleChange',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.myshop.se/callback',
					},
					{
						displayName: 'Invoice Created URL',
						name: 'invoiceCreated',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.myshop.se/callback?invoice=$invoiceId',
					},
					{
						displayName: 'Order Change URL',
						name: 'orderChange',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.myshop.se/callback',
					},
					{
						displayName: 'Order Removed URL',
						name: 'orderRemoved',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.myshop.se/callback?order=$orderNo',
					},
					{
						displayName: 'Stock Change URL',
						name: 'stockChange',
						type: 'string',
						default: '',
						placeholder: 'e.g. https://www.myshop.se/callback',
					},
				],
			},
		],
	};

	methods = { credentialTest: { specterApiTest } };

	webhookMethods = {
		default: {
			/** Specter cannot be asked, so the call-backs are registered whenever n8n wants to know. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			/** A test listener registers nothing, so that the production address stays in Specter. */
			async create(this: IHookFunctions): Promise<boolean> {
				if (this.getMode() === 'manual') return true;
				await setCallBacks(this, { ...otherCallBacks(this), ...(await ownCallBacks(this)) });
				this.getWorkflowStaticData('node').registered = true;
				return true;
			},
			/**
			 * n8n ends a test listener in the same mode as a published workflow. Only what was registered
			 * has its mark in the node's static data, with which a test listener never begins.
			 */
			async delete(this: IHookFunctions): Promise<boolean> {
				const staticData = this.getWorkflowStaticData('node');
				if (!staticData.registered) return true;
				await setCallBacks(this, otherCallBacks(this));
				delete staticData.registered;
				return true;
			},
		},
	};

	/** Answers Specter at once, `1;Done`, and starts the workflow where the event is one of the chosen. */
	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const answer = (status: number, text: string): IWebhookResponseData => {
			this.getResponseObject().status(status).type('text/plain').send(text);
			return { noWebhookResponse: true };
		};
		const query = this.getQueryData() as IDataObject;
		const { event, secret } = query;
		const node = this.getNode();
		const credential = await this.getCredentials<SpecterCredential>('specterApi');
		if (!secretsMatch(secret, callBackSecret(credential, node))) {
			return answer(401, 'The secret is missing or wrong');
		}
		if (!isCallBackEvent(event)) return answer(400, 'The address names no event of Specter');

		const json = {
			event,
			receivedAt: new Date().toISOString(),
			...carriedIds(event, query, this.getBodyData()),
		};
		const answered = answer(200, '1;Done');
		const chosen = chosenEvents(this);
		if (!chosen.includes(event)) return answered;
		// A test listener takes one call, which must not wait for those of production.
		const coalesced = callBacks[event].carries.length === 0 && this.getMode() !== 'manual';
		if (coalesced && !(await mayStart(`${this.getWorkflow().id} ${node.id} ${event}`))) {
			return answered;
		}
		return { ...answered, workflowData: chosen.map((each) => (each === event ? [{ json }] : [])) };
	}
}
