import { WebhookContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type IWebhookData,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { VendreTrigger } from '../../nodes/Vendre/VendreTrigger.node';
import { additionalDataFor, nodeOfType, nodeTypes, type Systems } from './engine';

/** What came of a call to the trigger: what the shop was answered and what the workflow starts with. */
export interface WebhookResult {
	/** 200 where the trigger leaves the answer to n8n. */
	status: number;
	text: string;
	/** undefined = no execution is started. */
	items?: IDataObject[];
}

/** Calls Vendre Trigger in n8n's own webhook context. `body` is as n8n's server has parsed it. */
export async function callWebhook(
	systems: Systems,
	{ events, query, body }: { events: string[]; query: IDataObject; body: IDataObject },
): Promise<WebhookResult> {
	const workflow = new Workflow({
		id: 'test',
		nodes: [nodeOfType('vendreTrigger', { events })],
		connections: {},
		active: true,
		nodeTypes,
	});
	const answered = { status: 200, text: '' };
	const response = {
		status(status: number) {
			answered.status = status;
			return response;
		},
		send(text: string) {
			answered.text = text;
			return response;
		},
	};
	const additionalData = {
		...additionalDataFor(workflow, systems),
		httpRequest: { query, body, headers: {}, params: {} },
		httpResponse: response,
	};
	const [description] = new VendreTrigger().description.webhooks ?? [];
	const context = new WebhookContext(
		workflow,
		workflow.getNode('Node') as INode,
		additionalData as never,
		'webhook',
		{ webhookDescription: description } as unknown as IWebhookData,
		[],
		null,
	);
	const result: IWebhookResponseData = await new VendreTrigger().webhook.call(context);
	const items = result.workflowData?.[0]?.map(({ json }) => json);
	if (result.noWebhookResponse) return { ...answered, items };
	return { status: 200, text: String(result.webhookResponse ?? ''), items };
}
