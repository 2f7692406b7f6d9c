import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Editor } from '../host/browser';
import type { SavedWorkflow, Workflow, WorkflowNode } from '../host/client';
import { activateTemplate, type Stack } from '../host/stack';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

/** Not those that n8n makes of them for its agents. */
const OWN = /^n8n-nodes-vendre-specter\.(?!\w+Tool$)/;
/** n8n's own entry in every list of operations. */
const CUSTOM_CALL = '__CUSTOM_API_CALL__';
const NODES_A_ROW = 6;
const ROOM = { across: 300, down: 200 };
/** The templates, and the picture of each in the README. */
const TEMPLATES = {
	'vendre-orders-to-specter.json': 'order-canvas.png',
	'specter-changes-to-vendre.json': 'changes-canvas.png',
	'replay-failed-records.json': 'replay-canvas.png',
	'backfill-from-vendre.json': 'backfill-canvas.png',
	'variant-sheet.json': 'variant-canvas.png',
	'vendre-customers-to-specter.json': 'customers-canvas.png',
	'vendre-products-to-specter.json': 'products-canvas.png',
	'alert-on-failure.json': 'alert-canvas.png',
	'nightly-reconciliation.json': 'reconciliation-canvas.png',
	'connection-check.json': 'connection-canvas.png',
};
/** Screenshots are for people: kept where they can be looked at, and in the README when asked for. */
const SCREENSHOTS = path.join(tmpdir(), 'vendre-specter-screenshots');
const UPDATES_PICTURES = process.env.UPDATE_SCREENSHOTS === '1';
const PICTURES = UPDATES_PICTURES
	? path.resolve(__dirname, '../../workflows-templates')
	: SCREENSHOTS;

let stack: Stack;
let editor: Editor;

beforeAll(async () => {
	await mkdir(SCREENSHOTS, { recursive: true });
	stack = await sharedStack();
	editor = await Editor.open(stack.n8n, UPDATES_PICTURES ? 2 : 1);
}, 240_000);

afterAll(async () => {
	await editor?.close();
	await stack?.stop();
});

function pictureOf(name: string): string {
	return path.join(SCREENSHOTS, `${name.replace(/\W+/g, '-')}.png`);
}

const opened = new Set<string>();

/** The nodes of ours whose operation no template before has: a panel is the same in each. */
function notYetOpened({ nodes }: SavedWorkflow): WorkflowNode[] {
	return nodes.filter(({ type, parameters: { resource, operation } }) => {
		const panel = [type, resource, operation].join(' ');
		if (!OWN.test(type) || opened.has(panel)) return false;
		opened.add(panel);
		return true;
	});
}

async function lookAtPanels(nodes: WorkflowNode[]): Promise<void> {
	for (const { name } of nodes) {
		await editor.openNode(name);
		await editor.screenshot(pictureOf(name));
		expect({ name, issues: await editor.fieldsWithIssues() }).toEqual({ name, issues: 0 });
		await editor.closeNode();
	}
}

describe.each(Object.entries(TEMPLATES))('the template %s', (file, picture) => {
	let workflow: SavedWorkflow;

	beforeAll(async () => {
		workflow = await activateTemplate(stack, file);
		await editor.openWorkflow(workflow);
	}, 90_000);

	it('is drawn without a warning on any node', async () => {
		await editor.screenshotWorkflow(path.join(PICTURES, picture));
		expect(await editor.nodesWithIssues()).toEqual([]);
	});

	it('opens the panel of every operation of ours without an unset field', async () => {
		await lookAtPanels(notYetOpened(workflow));
	});
});

/** A node for every operation of ours, as it comes out of the list of nodes but for its credential. */
function everyOperation(): Workflow {
	const chosen = stack.nodeTypes
		.filter(({ name }) => OWN.test(name))
		.flatMap(({ name: type, credentials = [], properties }) =>
			properties.flatMap(({ name, options = [], displayOptions }) => {
				if (name !== 'operation') return [];
				const operations = options.map(({ value }) => value).filter((each) => each !== CUSTOM_CALL);
				const resources = displayOptions?.show?.resource ?? [];
				return resources.flatMap((resource) =>
					operations.map((operation) => ({ type, credentials, resource, operation })),
				);
			}),
		);
	const nodes = chosen.map(({ type, credentials, resource, operation }, index) => ({
		id: String(index),
		name: [type.replace(OWN, ''), resource, operation].join(' '),
		type,
		typeVersion: 1,
		position: [(index % NODES_A_ROW) * ROOM.across, Math.floor(index / NODES_A_ROW) * ROOM.down],
		parameters: { resource, operation },
		credentials: Object.fromEntries(credentials.map(({ name }) => [name, stack.credentials[name]])),
	}));
	return { name: 'Every operation', nodes, connections: {} };
}

it('opens the panel of every operation that no template has', async () => {
	const workflow = await stack.client.createWorkflow(everyOperation());
	await editor.openWorkflow(workflow);
	const before = editor.errors.length;
	for (const { name } of notYetOpened(workflow)) {
		await editor.openNode(name);
		await editor.screenshot(pictureOf(name));
		await editor.closeNode();
	}
	expect(editor.errors.slice(before)).toEqual([]);
});

it.each(['Vendre sandbox', 'Specter sandbox'])(
	'says in the dialog of the credential %s that it works',
	async (name) => {
		await editor.testCredential(name);
		await editor.screenshot(pictureOf(name));
		await editor.closeCredential();
	},
);
