import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CredentialRef, NodeType, SavedWorkflow, Workflow, WorkflowNode } from './client';

/** The node in which the order template shows what it could not send. */
export const FAILED_ORDERS = 'Failed orders';

/** The Data Table in which every flow keeps what failed. */
export const ERROR_QUEUE = 'vendre specter error queue';

const FOLDER = path.resolve(__dirname, '..', '..', 'workflows-templates');
const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const POLL = 'n8n-nodes-vendre-specter.vendrePollTrigger';
const VENDRE_TRIGGER = 'n8n-nodes-vendre-specter.vendreTrigger';

export interface TemplateSetup {
	/** By credential type, for instance `vendreApi`. */
	credentials: Record<string, CredentialRef>;
	nodeTypes: NodeType[];
	/**
	 * Replaces the interval of the schedules, and poll triggers then look every minute. Where a template has
	 * several schedules, the others keep their distance from the most frequent one.
	 */
	scheduleSeconds?: number;
	/** What the user enters into the template's nodes: parameters by the node's name. */
	parameters?: Record<string, Record<string, unknown>>;
}

/** File names of the templates that the package ships. */
export async function templateFiles(): Promise<string[]> {
	return (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
}

export async function readTemplate(file: string): Promise<Workflow> {
	return JSON.parse(await readFile(path.join(FOLDER, file), 'utf8'));
}

/**
 * Does to a template what a user does after importing it: chooses the credentials, fills in some nodes,
 * and gets webhook addresses of its own. Everything else stays as it is shipped, but for the schedule if
 * one is given. Throws for parameters of a node that the template does not have.
 */
export function setUp(template: Workflow, setup: TemplateSetup): Workflow {
	const needs = new Map(
		setup.nodeTypes.map(({ name, credentials }) => [name, credentials?.map((each) => each.name)]),
	);
	const { parameters = {} } = setup;
	const shortest = Math.min(...template.nodes.map(lengthOf));
	for (const name of Object.keys(parameters)) {
		if (!template.nodes.some((node) => node.name === name)) {
			throw new Error(`The template "${template.name}" has no node "${name}"`);
		}
	}
	return {
		...template,
		nodes: template.nodes.map((node) => {
			const chosen = Object.entries(setup.credentials).filter(([type]) =>
				needs.get(node.type)?.includes(type),
			);
			const entered = { ...node.parameters, ...parameters[node.name] };
			return {
				...node,
				...(chosen.length > 0 && { credentials: Object.fromEntries(chosen) }),
				...(node.webhookId && { webhookId: randomUUID() }),
				parameters:
					setup.scheduleSeconds === undefined
						? entered
						: sooner(node, entered, (setup.scheduleSeconds * lengthOf(node)) / shortest),
			};
		}),
	};
}

/** What a user enters into a template's node "Settings": the shipped values, but for those given. */
export async function settingsWith(
	file: string,
	values: Record<string, unknown>,
): Promise<Record<string, unknown>> {
	const { nodes } = await readTemplate(file);
	const parameters = structuredClone(nodes.find(({ name }) => name === 'Settings')?.parameters) as {
		assignments: { assignments: Array<{ name: string; value: unknown }> };
	};
	for (const [name, value] of Object.entries(values)) {
		const setting = parameters.assignments.assignments.find(
			(each) => each.name === `settings.${name}`,
		);
		if (!setting) throw new Error(`The template ${file} has no setting "${name}"`);
		setting.value = value;
	}
	return parameters;
}

/** The minutes from one look of a schedule to the next; without an end for any other node. */
function lengthOf({ type, parameters }: WorkflowNode): number {
	if (type !== SCHEDULE) return Infinity;
	const { interval } = parameters.rule as { interval: Array<Record<string, unknown>> };
	const [{ field, minutesInterval = 1 }] = interval;
	return field === 'minutes' ? Number(minutesInterval) : 60;
}

/** A trigger that looks by the clock looks sooner; a poll trigger every minute, the least that n8n allows. */
function sooner(
	{ type }: WorkflowNode,
	parameters: Record<string, unknown>,
	seconds: number,
): Record<string, unknown> {
	if (type === SCHEDULE) {
		return { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } };
	}
	if (type === POLL) return { ...parameters, pollTimes: { item: [{ mode: 'everyMinute' }] } };
	return parameters;
}

/** The node at which the shop's webhooks arrive, if the workflow has one. */
export function vendreTriggerOf(workflow: SavedWorkflow): WorkflowNode | undefined {
	return workflow.nodes.find(({ type }) => type === VENDRE_TRIGGER);
}

/** The address at which a workflow's Vendre Trigger takes an event, ready for the shop's webhook settings. */
export function webhookUrl(
	n8nUrl: string,
	workflow: SavedWorkflow,
	event: string,
	secret: string,
): string {
	const trigger = vendreTriggerOf(workflow);
	if (!trigger?.webhookId) throw new Error(`The workflow "${workflow.name}" has no Vendre Trigger`);
	const query = new URLSearchParams({ event, secret });
	return `${n8nUrl}/webhook/${trigger.webhookId}/vendre?${query}`;
}
