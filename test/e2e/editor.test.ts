import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Editor } from '../host/browser';
import type { SavedWorkflow } from '../host/client';
import { activateTemplate, startStack, type Stack } from '../host/stack';
import { packedNodes } from './environment';

jest.setTimeout(90_000);

const OWN = /^n8n-nodes-vendre-specter\./;
const README_PICTURE = path.resolve(__dirname, '../../workflows-templates/order-canvas.png');
/** Screenshots are for people: kept where they can be looked at, and in the README when asked for. */
const SCREENSHOTS = path.join(tmpdir(), 'vendre-specter-screenshots');

let stack: Stack;
let workflow: SavedWorkflow;
let editor: Editor;

beforeAll(async () => {
	await mkdir(SCREENSHOTS, { recursive: true });
	stack = await startStack(packedNodes());
	workflow = await activateTemplate(stack, 'vendre-orders-to-specter.json');
	editor = await Editor.open(stack.n8n);
	await editor.openWorkflow(workflow);
}, 240_000);

afterAll(async () => {
	await editor?.close();
	await stack?.stop();
});

it('draws the order template without a warning on any node', async () => {
	const picture =
		process.env.UPDATE_SCREENSHOTS === '1'
			? README_PICTURE
			: path.join(SCREENSHOTS, 'order-canvas.png');
	await editor.screenshotWorkflow(picture);
	expect(await editor.nodesWithIssues()).toEqual([]);
});

it('opens the panel of every node of ours without an unset field', async () => {
	for (const { name } of workflow.nodes.filter(({ type }) => OWN.test(type))) {
		await editor.openNode(name);
		await editor.screenshot(path.join(SCREENSHOTS, `${name.replace(/\W+/g, '-')}.png`));
		expect({ name, issues: await editor.fieldsWithIssues() }).toEqual({ name, issues: 0 });
		await editor.closeNode();
	}
});

it.each(['Vendre sandbox', 'Specter sandbox'])(
	'says in the dialog of the credential %s that it works',
	async (name) => {
		await editor.testCredential(name);
		await editor.screenshot(path.join(SCREENSHOTS, `${name.replace(/\W+/g, '-')}.png`));
	},
);
