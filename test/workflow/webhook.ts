import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeType,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, nodeOfType, nodeTypes, type Systems } from './engine';

/** A trigger as the user has set it. */
export interface Trigger {
	type: 'specterTrigger' | 'vendreTrigger';
	parameters: IDataObject;
	/** Another than the engine's own. */
	webhookId?: string;
}

/** A call as n8n's server has parsed it. */
export interface WebhookCall {
	query: IDataObject;
	body: IDataObject;
	headers?: IDataObject;
	/** Whether somebody listens for it in the editor. */
	test?: boolean;
	/** Told as soon as the caller has an answer of the trigger's own. */
	onAnswer?: (answer: { status: number; text: string; type?: string }) => void;
}

/** What came of a call to a trigger: what the caller was answered and what the workflow starts with. */
export interface WebhookResult {
	/** 200 where the trigger leaves the answer to n8n. */
	status: number;
	text: string;
	/** The content type, where the trigger sets one. */
	type?: string;
	/** Of the first output; undefined = no execution is started. */
	items?: IDataObject[];
	/** By output. */
	outputs?: IDataObject[][];
}

/** The workflow of a trigger alone, with the static data that n8n has stored of it. */
export function workflowOf(
	{ type, parameters, webhookId }: Trigger,
	staticData: IDataObject = {},
): Workflow {
	const node = nodeOfType(type, parameters);
	return new Workflow({
		id: 'test',
		nodes: [{ ...node, webhookId: webhookId ?? node.webhookId }],
		connections: {},
		active: true,
		nodeTypes,
		staticData: structuredClone(staticData),
	});
}

function nodeTypeOf({ type }: Trigger): INodeType {
	return nodeTypes.getByNameAndVersion(type, 1);
}

function webhookDataOf(trigger: Trigger, isTest: boolean): IWebhookData {
	const [webhookDescription] = nodeTypeOf(trigger).description.webhooks ?? [];
	return { webhookDescription, isTest } as IWebhookData;
}

/** Calls a trigger in n8n's own webhook context. */
export async function callWebhook(
	systems: Systems,
	trigger: Trigger,
	{ query, body, headers = {}, test = false, onAnswer }: WebhookCall,
): Promise<WebhookResult> {
	const workflow = workflowOf(trigger);
	const answered: WebhookResult = { status: 200, text: '' };
	const response = {
		status(status: number) {
			answered.status = status;
			return response;
		},
		type(type: string) {
			answered.type = type;
			return response;
		},
		send(text: string) {
			answered.text = text;
			onAnswer?.(answered);
			return response;
		},
	};
	const additionalData = {
		...additionalDataFor(workflow, systems),
		httpRequest: { query, body, headers, params: {} },
		httpResponse: response,
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new WebhookContext(
		workflow,
		workflow.getNode('Node') as INode,
		additionalData,
		test ? 'manual' : 'webhook',
		webhookDataOf(trigger, test),
		[],
		null,
	);
	const result = (await nodeTypeOf(trigger).webhook?.call(context)) ?? {};
	const outputs = result.workflowData?.map((items) => items.map(({ json }) => json));
	const started = { items: outputs?.[0], outputs };
	if (result.noWebhookResponse) return { ...answered, ...started };
	return { status: 200, text: String(result.webhookResponse ?? ''), ...started };
}

/** For whom n8n calls a method: an active workflow, or somebody who listens for a test event. */
type Listener = 'production' | 'test';

const modes: Record<Listener, [WorkflowExecuteMode, WorkflowActivateMode]> = {
	production: ['trigger', 'activate'],
	test: ['manual', 'manual'],
};

/**
 * Calls a trigger's method as n8n does: to remove, in the same mode for both listeners.
 *
 * @param stored the static data that n8n keeps for the workflow; what the method leaves is written into it
 */
export async function callWebhookMethod(
	systems: Systems,
	trigger: Trigger,
	method: 'checkExists' | 'create' | 'delete',
	listener: Listener,
	stored: IDataObject = {},
): Promise<boolean | undefined> {
	const workflow = workflowOf(trigger, stored);
	const [mode, activation] = modes[listener];
	const context = new HookContext(
		workflow,
		workflow.getNode('Node') as INode,
		additionalDataFor(workflow, systems),
		method === 'delete' ? 'internal' : mode,
		method === 'delete' ? 'update' : activation,
		webhookDataOf(trigger, listener === 'test'),
	);
	try {
		return await nodeTypeOf(trigger).webhookMethods?.default?.[method].call(context);
	} finally {
		Object.assign(stored, JSON.parse(JSON.stringify(workflow.staticData)));
	}
}
