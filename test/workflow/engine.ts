import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IAuthenticate,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { SpecterApi } from '../../credentials/SpecterApi.credentials';
import { VendreApi } from '../../credentials/VendreApi.credentials';
import { Specter } from '../../nodes/Specter/Specter.node';
import { SpecterTrigger } from '../../nodes/Specter/SpecterTrigger.node';
import { Vendre } from '../../nodes/Vendre/Vendre.node';
import { VendrePollTrigger } from '../../nodes/Vendre/VendrePollTrigger.node';
import { VendreTrigger } from '../../nodes/Vendre/VendreTrigger.node';
import { VendreSpecterMapper } from '../../nodes/VendreSpecterMapper/VendreSpecterMapper.node';

/** Stands for whatever comes before the node under test and hands on the items it was given. */
const source = {
	description: {
		displayName: 'Source',
		name: 'source',
		group: ['input'],
		version: 1,
		description: '',
		defaults: { name: 'Source' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return [this.getInputData()];
	},
} as unknown as INodeType;

const nodeTypeByName: Record<string, INodeType> = {
	source,
	specter: new Specter(),
	specterTrigger: new SpecterTrigger(),
	vendre: new Vendre(),
	vendrePollTrigger: new VendrePollTrigger(),
	vendreTrigger: new VendreTrigger(),
	vendreSpecterMapper: new VendreSpecterMapper(),
};

export const nodeTypes: INodeTypes = {
	getByName: (name) => nodeTypeByName[name] as INodeType | IVersionedNodeType,
	getByNameAndVersion: (name) => NodeHelpers.getVersionedNodeType(nodeTypeByName[name]),
	getKnownTypes: () => ({}),
};

/** The credentials of the two systems: the sandbox has them, a test may replace some of them. */
export interface Systems {
	specter: { credentials: ICredentialDataDecryptedObject };
	vendre: { credentials: ICredentialDataDecryptedObject };
}

/** Gives the nodes the systems' credentials and signs requests as the credential types do. */
class SystemCredentials extends ICredentialsHelper {
	private readonly types: Record<string, { authenticate: IAuthenticate }> = {
		specterApi: new SpecterApi(),
		vendreApi: new VendreApi(),
	};

	constructor(private readonly data: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	getParentTypes = () => [];
	isCredentialUsableByNode = () => true;

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.types[typeName];
		if (typeof authenticate !== 'function') throw new TypeError('authenticate is a function here');
		return await authenticate(credentials, request);
	}

	preAuthentication = async () => undefined;
	runPreAuthentication = async () => undefined;
	getCredentials = async (): Promise<ICredentials> => {
		throw new TypeError('not needed by a node');
	};

	async getDecrypted(_: unknown, __: unknown, type: string) {
		return structuredClone(this.data[type]);
	}

	async updateCredentials() {}
	async updateCredentialsOauthTokenData() {}
	getCredentialsProperties = () => [];
}

/** What came out of a node: its outputs in order, or the error that stopped it. */
export interface NodeRun {
	items: INodeExecutionData[];
	failed: INodeExecutionData[];
	error?: Error & { description?: string | null; context?: IDataObject; httpCode?: string };
	/** Everything that n8n would store of the run, and everything that the error holds. */
	traces: string;
}

/** What a node does with an item that fails, as the user may set it. */
export type OnError = 'stopWorkflow' | 'continueErrorOutput' | 'continueRegularOutput';

/** Runs one node in n8n's own engine on the given items, in an execution of its own where none is named. */
export async function runNode(
	systems: Systems,
	type: 'specter' | 'vendre' | 'vendreSpecterMapper',
	parameters: IDataObject,
	input: IDataObject[],
	onError: OnError = 'stopWorkflow',
	executionId?: string,
): Promise<NodeRun> {
	const nodes: INode[] = [
		{
			id: 'source',
			name: 'Source',
			type: 'source',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		},
		{ ...nodeOfType(type, parameters), onError },
	];
	const workflow = new Workflow({
		id: 'test',
		nodes,
		connections: {
			Source: { main: [[{ node: 'Node', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const run = await execute(workflow, systems, input, executionId);
	const [result] = run.data.resultData.runData.Node ?? [];
	const [items, failed] = result?.data?.main ?? [];
	const error = run.data.resultData.error as NodeRun['error'];
	return {
		items: items ?? [],
		failed: failed ?? [],
		error,
		traces: JSON.stringify(run.data) + inspect(error, { depth: 20, showHidden: true }),
	};
}

/** The node under test, with credentials for whatever it needs and, for a trigger, its webhook ID. */
export function nodeOfType(type: string, parameters: IDataObject): INode {
	return {
		id: 'node',
		name: 'Node',
		type,
		typeVersion: 1,
		webhookId: '5f1b2c3d',
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: {
			specterApi: { id: 'specter', name: 'Specter' },
			vendreApi: { id: 'vendre', name: 'Vendre' },
		},
	};
}

async function execute(
	workflow: Workflow,
	systems: Systems,
	input: IDataObject[],
	executionId?: string,
): Promise<IRun> {
	const executionData = createRunExecutionData({
		executionData: {
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
			nodeExecutionStack: [
				{
					node: workflow.getNode('Source') as INode,
					data: { main: [input.map((json) => ({ json }))] },
					source: null,
				},
			],
		},
	});
	return await new WorkflowExecute(
		additionalDataFor(workflow, systems, executionId),
		'trigger',
		executionData,
	).processRunExecutionData(workflow);
}

/** What n8n gives every execution: here its addresses, and the credentials of the systems. */
export function additionalDataFor(
	workflow: Workflow,
	systems: Systems,
	executionId: string = randomUUID(),
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1/';
	return {
		credentialsHelper: new SystemCredentials({
			specterApi: { ...systems.specter.credentials },
			vendreApi: { ...systems.vendre.credentials },
		}),
		currentNodeExecutionIndex: 0,
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: `${base}webhook`,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: `${base}webhook-test`,
		mcpBaseUrl: base,
		mcpTestBaseUrl: base,
		variables: {},
		executionId,
		hooks: new ExecutionLifecycleHooks('trigger', 'test', {
			id: 'test',
			name: 'Test',
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
			active: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			activeVersionId: null,
			isArchived: false,
		}),
	} as unknown as IWorkflowExecuteAdditionalData;
}
