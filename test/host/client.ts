import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios, { type AxiosInstance } from 'axios';

export interface Login {
	email: string;
	password: string;
}

export interface CredentialRef {
	id: string;
	name: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

export interface NodeType {
	name: string;
	displayName: string;
	iconUrl?: string | Record<string, string>;
	credentials?: Array<{ name: string }>;
	properties: Array<{
		name: string;
		options?: Array<{ value?: unknown }>;
		displayOptions?: { show?: { resource?: unknown[] } };
	}>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	webhookId?: string;
	credentials?: Record<string, CredentialRef>;
	[key: string]: unknown;
}

/** A workflow as it stands in an exported file. */
export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface SavedWorkflow extends Workflow {
	id: string;
	versionId: string;
}

export interface NodeRun {
	executionStatus: string;
	error?: { message: string; description?: string };
	/** Items by output, for instance `main[1]` = the second output, usually the error output. */
	data?: { main: Array<Array<{ json: Record<string, unknown> }> | null> };
}

export interface Execution {
	id: string;
	workflowId: string;
	status: 'new' | 'running' | 'success' | 'error' | 'canceled' | 'crashed' | 'waiting';
	mode: string;
	data?: {
		resultData: {
			error?: { message: string; description?: string };
			runData: Record<string, NodeRun[]>;
		};
	};
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ReadonlyArray<Execution['status']>;
	limit?: number;
}

interface Publication {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ errorMessage: string | null }>;
}

const UNFINISHED = ['new', 'running', 'waiting'] as const;
const POLL_MS = 150;
const ROWS_PER_PAGE = 100;
const API_KEY_LABEL = 'driver';
const API_KEY_SCOPES = ['execution:list', 'execution:read'];

/** The part of n8n's REST interface that the editor uses and these tests need. */
export class N8nClient {
	private readonly http: AxiosInstance;

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			// A kept connection may be closed by n8n in the very moment of the next call.
			httpAgent: new Agent({ keepAlive: false }),
			maxRedirects: 0,
			validateStatus: () => true,
		});
	}

	/** Logs in; every other call needs it. Afterwards `cookie` is what a browser may take over. */
	async login({ email, password }: Login): Promise<void> {
		const response = await this.http.post('/rest/login', {
			emailOrLdapLoginId: email,
			password,
		});
		const cookie = response.headers['set-cookie']?.map((line) => line.split(';')[0]).join('; ');
		if (response.status !== 200 || !cookie) {
			throw new Error(`n8n refused the login of ${email} (${response.status})`);
		}
		this.http.defaults.headers.common.Cookie = cookie;
		await this.forgetApiKey();
		const key = await this.call<{ rawApiKey: string }>('POST', '/rest/api-keys', {
			label: API_KEY_LABEL,
			scopes: API_KEY_SCOPES,
			expiresAt: null,
		});
		this.http.defaults.headers.common['X-N8N-API-KEY'] = key.rawApiKey;
	}

	/** Every node type that this n8n has loaded, with its full name. */
	async nodeTypes(): Promise<NodeType[]> {
		const response = await this.http.get<NodeType[]>('/types/nodes.json');
		if (response.status !== 200)
			throw new Error(`n8n answered ${response.status} for its node types`);
		return response.data;
	}

	async createCredential(name: string, type: string, data: object): Promise<CredentialRef> {
		const { id } = await this.call<CredentialRef>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return { id, name };
	}

	/** What the "Test" button of the credential dialog does. */
	async testCredential(type: string, data: object): Promise<CredentialTest> {
		return await this.call('POST', '/rest/credentials/test', {
			credentials: { id: '', name: 'test', type, data },
		});
	}

	async createWorkflow({ name, nodes, connections, settings }: Workflow): Promise<SavedWorkflow> {
		return await this.call('POST', '/rest/workflows', { name, nodes, connections, settings });
	}

	/** Activates a workflow and waits until its triggers listen. Throws when one of them refuses to. */
	async activate({ id, name, versionId }: SavedWorkflow): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.published(id, ['published', 'partial', 'failed']);
		if (status !== 'published') {
			const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
			throw new Error(`The workflow "${name}" could not be activated: ${reasons.join('; ')}`);
		}
	}

	/** Deactivates a workflow and waits until its triggers are gone. */
	async deactivate({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
		await this.published(id, ['not_published']);
	}

	/** Starts a saved workflow at one of its triggers, as a click on its "Execute workflow" does. */
	async execute({ id }: SavedWorkflow, trigger: string): Promise<Execution> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${id}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return await this.finished(executionId);
	}

	/** Executions, newest first, without their data. */
	async executions({ limit = 100, ...filter }: ExecutionFilter = {}): Promise<{
		count: number;
		results: Execution[];
	}> {
		const query = new URLSearchParams({ limit: String(limit), filter: JSON.stringify(filter) });
		return await this.call('GET', `/rest/executions?${query}`);
	}

	/** One execution with everything its nodes took in and gave out. */
	async execution(id: string): Promise<Execution> {
		const response = await this.http.get(`/api/v1/executions/${id}?includeData=true`);
		if (response.status !== 200)
			throw new Error(`n8n answered ${response.status} for execution ${id}`);
		return response.data;
	}

	/** Waits for the end of one execution. */
	async finished(id: string): Promise<Execution> {
		for (;;) {
			const execution = await this.execution(id);
			if (!UNFINISHED.some((status) => status === execution.status)) return execution;
			await sleep(POLL_MS);
		}
	}

	/** Waits until no execution runs or waits for its turn. */
	async idle(): Promise<void> {
		while ((await this.executions({ status: UNFINISHED, limit: 1 })).results.length > 0) {
			await sleep(POLL_MS);
		}
	}

	/** Breaks off every execution that runs or waits, and waits until they are over. */
	async stopExecutions(): Promise<void> {
		const { results } = await this.executions({ status: UNFINISHED });
		for (const { id } of results) {
			// It may have ended by itself meanwhile.
			await this.call('POST', `/rest/executions/${id}/stop`).catch(() => undefined);
		}
		await this.idle();
	}

	/** The rows of the Data Table of that name; undefined where there is none. */
	async tableRows(name: string): Promise<Array<Record<string, unknown>> | undefined> {
		const named = new URLSearchParams({ filter: JSON.stringify({ name }) });
		const { data: tables } = await this.call<{
			data: Array<{ id: string; name: string; projectId: string }>;
		}>('GET', `/rest/data-tables-global?${named}`);
		const table = tables.find((each) => each.name === name);
		if (!table) return undefined;
		const rows: Array<Record<string, unknown>> = [];
		for (;;) {
			const page = new URLSearchParams({ skip: String(rows.length), take: String(ROWS_PER_PAGE) });
			const { data } = await this.call<{ data: Array<Record<string, unknown>> }>(
				'GET',
				`/rest/projects/${table.projectId}/data-tables/${table.id}/rows?${page}`,
			);
			rows.push(...data);
			if (data.length < ROWS_PER_PAGE) return rows;
		}
	}

	/** n8n refuses a second key of one name, which was made before a restart. */
	private async forgetApiKey(): Promise<void> {
		const { items } = await this.call<{ items: Array<{ id: string; label: string }> }>(
			'GET',
			'/rest/api-keys',
		);
		for (const { id, label } of items) {
			if (label === API_KEY_LABEL) await this.call('DELETE', `/rest/api-keys/${id}`);
		}
	}

	/** n8n answers before it has registered a workflow's triggers, or removed them. */
	private async published(id: string, wanted: Publication['status'][]): Promise<Publication> {
		for (;;) {
			const path = `/rest/workflows/${id}/publication-status`;
			const publication = await this.call<Publication>('GET', path);
			if (wanted.includes(publication.status)) return publication;
			await sleep(POLL_MS);
		}
	}

	/** Any other call. Throws an Error with n8n's own reason where it refuses. */
	async call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await this.http.request<{ data: T; message?: string }>({
			method,
			url: path,
			data: body,
		});
		if (response.status >= 300) {
			const reason = response.data.message ?? JSON.stringify(response.data);
			throw new Error(`n8n answered ${response.status} to ${method} ${path}: ${reason}`);
		}
		return response.data.data;
	}
}

/** What a node gave out in an execution, all its runs together. */
export function outputOf(
	execution: Execution,
	node: string,
	output = 0,
): Array<Record<string, unknown>> {
	const runs = execution.data?.resultData.runData[node] ?? [];
	return runs.flatMap((nodeRun) => (nodeRun.data?.main[output] ?? []).map((item) => item.json));
}
