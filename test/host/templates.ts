import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialRef, NodeType, SavedWorkflow, Workflow } from './client';

/** The node in which the order template shows what it could not send. */
export const FAILED_ORDERS = 'Failed orders';

const FOLDER = path.resolve(__dirname, '..', '..', 'workflows-templates');
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const VENDRE_TRIGGER = 'n8n-nodes-vendre-specter.vendreTrigger';

export interface TemplateSetup {
	/** By credential type, for instance `vendreApi`. */
	credentials: Record<string, CredentialRef>;
	nodeTypes: NodeType[];
	/** Replaces the interval of the schedules, so that nobody has to wait for minutes. */
	scheduleSeconds?: number;
}

/** File names of the templates that the package ships. */
export async function templateFiles(): Promise<string[]> {
	return (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
}

export async function readTemplate(file: string): Promise<Workflow> {
	return JSON.parse(await readFile(path.join(FOLDER, file), 'utf8'));
}

/**
 * Does to a template what a user does after importing it: chooses the credentials, and gets webhook
 * addresses of its own. Everything else stays as it is shipped, but for the schedule if one is given.
 */
export function setUp(template: Workflow, setup: TemplateSetup): Workflow {
	const needs = new Map(
		setup.nodeTypes.map(({ name, credentials }) => [name, credentials?.map((each) => each.name)]),
	);
	return {
		...template,
		nodes: template.nodes.map((node) => {
			const chosen = Object.entries(setup.credentials).filter(([type]) =>
				needs.get(node.type)?.includes(type),
			);
			const reschedule = node.type === SCHEDULE && setup.scheduleSeconds !== undefined;
			return {
				...node,
				...(chosen.length > 0 && { credentials: Object.fromEntries(chosen) }),
				...(node.webhookId && { webhookId: randomUUID() }),
				...(reschedule && { parameters: every(setup.scheduleSeconds) }),
			};
		}),
	};
}

function every(seconds: number | undefined): Record<string, unknown> {
	return { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } };
}

/** The address at which a workflow's Vendre Trigger takes an event, ready for the shop's webhook settings. */
export function webhookUrl(
	n8nUrl: string,
	workflow: SavedWorkflow,
	event: string,
	secret: string,
): string {
	const trigger = workflow.nodes.find((node) => node.type === VENDRE_TRIGGER);
	if (!trigger?.webhookId) throw new Error(`The workflow "${workflow.name}" has no Vendre Trigger`);
	const query = new URLSearchParams({ event, secret });
	return `${n8nUrl}/webhook/${trigger.webhookId}/vendre?${query}`;
}
