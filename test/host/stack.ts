import { startSandbox, type Sandbox, type SandboxOptions, type WebhookEvent } from '../sandbox';
import type { CredentialRef, N8nClient, NodeType, SavedWorkflow } from './client';
import { hunt, secretsOf } from './secretHunt';
import { startN8n, type N8nOptions, type N8nServer } from './server';
import { readTemplate, setUp, webhookUrl, type TemplateSetup } from './templates';

export interface Stack<Server extends N8nServer = N8nServer> {
	sandbox: Sandbox;
	n8n: Server;
	client: N8nClient;
	nodeTypes: NodeType[];
	/** By credential type. */
	credentials: Record<string, CredentialRef>;
	stop(): Promise<void>;
}

/** A shop, an ERP account and an n8n that has the packed nodes and the credentials of both, but no workflow. */
export async function startStack(
	tarball: string,
	options: { sandbox?: SandboxOptions; n8n?: N8nOptions } = {},
): Promise<Stack> {
	return await stackOf(options.sandbox, () => startN8n({ ...options.n8n, tarball }));
}

/** The same with an n8n of one's own choice. */
export async function stackOf<Server extends N8nServer>(
	options: SandboxOptions | undefined,
	start: () => Promise<Server>,
): Promise<Stack<Server>> {
	const sandbox = await startSandbox(options);
	let n8n: Server | undefined;
	const end = async () => {
		await n8n?.stop();
		await sandbox.stop();
	};
	try {
		n8n = await start();
		const { client } = n8n;
		const running = n8n;
		return {
			sandbox,
			n8n,
			client,
			nodeTypes: await client.nodeTypes(),
			credentials: await enterCredentials(client, sandbox, 'sandbox'),
			stop: async () => await huntAndEnd({ sandbox, n8n: running }, end),
		};
	} catch (error) {
		await end();
		throw error;
	}
}

/** Ends what was started, after a look whether a secret stands in anything that n8n has written down. */
export async function huntAndEnd(
	{ sandbox, n8n }: Pick<Stack, 'sandbox' | 'n8n'>,
	end: () => Promise<void>,
): Promise<void> {
	try {
		await hunt(secretsOf(sandbox), await n8n.traces());
	} finally {
		await end();
	}
}

async function enterCredentials(
	client: N8nClient,
	{ vendre, specter }: Sandbox,
	label: string,
): Promise<Stack['credentials']> {
	return {
		vendreApi: await client.createCredential(`Vendre ${label}`, 'vendreApi', vendre.credentials),
		specterApi: await client.createCredential(
			`Specter ${label}`,
			'specterApi',
			specter.credentials,
		),
	};
}

/** The same n8n with a further shop and account, which is stopped apart from it. */
export async function withAnother(stack: Stack, sandbox: Sandbox): Promise<Stack> {
	const credentials = await enterCredentials(stack.client, sandbox, 'of another shop');
	return { ...stack, sandbox, credentials, stop: sandbox.stop };
}

/** Imports a shipped template with the stack's credentials, sets it up and activates it. */
export async function activateTemplate(
	{ client, credentials, nodeTypes }: Stack,
	file: string,
	setup: Pick<TemplateSetup, 'scheduleSeconds' | 'parameters'> = {},
): Promise<SavedWorkflow> {
	const template = await readTemplate(file);
	const workflow = await client.createWorkflow(
		setUp(template, { ...setup, credentials, nodeTypes }),
	);
	await client.activate(workflow);
	return workflow;
}

/** Enters a workflow's addresses in the shop's webhook settings. */
export function registerWebhooks(
	{ sandbox: { vendre }, n8n }: Stack,
	workflow: SavedWorkflow,
	events: WebhookEvent[],
): void {
	for (const event of events) {
		const url = webhookUrl(n8n.webhooksUrl, workflow, event, vendre.credentials.webhookSecret);
		vendre.setWebhook(event, url);
	}
}
