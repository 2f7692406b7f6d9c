import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import axios from 'axios';
import type { SavedWorkflow, WorkflowNode } from '../host/client';
import { startMailInbox } from '../host/mailInbox';
import type { Stack } from '../host/stack';
import { changeRows } from '../host/tables';
import { readTemplate, setUp, settingsWith } from '../host/templates';
import { startWebhookInbox, type WebhookInbox } from '../host/webhookInbox';
import { sharedStack } from './sharedN8n';

jest.setTimeout(120_000);

const TEMPLATE = 'alert-on-failure.json';
const TABLE = 'vendre specter alerts';
const POLL_MS = 150;

let stack: Stack;
let inbox: WebhookInbox;
let alert: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack();
	inbox = await startWebhookInbox();
	alert = await publishAlert({ sendBy: 'webhook', webhookUrl: inbox.url });
}, 240_000);

afterAll(async () => {
	await stack?.stop();
	await inbox?.stop();
});

/** Imports the template, fills in its settings, and switches the e-mail node on where it is to send. */
async function publishAlert(settings: Record<string, string>): Promise<SavedWorkflow> {
	const { client, credentials, nodeTypes } = stack;
	const template = await readTemplate(TEMPLATE);
	const workflow = setUp(template, {
		credentials,
		nodeTypes,
		parameters: { Settings: await settingsWith(TEMPLATE, settings) },
	});
	const email = workflow.nodes.find(({ name }) => name === 'Send an e-mail') as WorkflowNode;
	if (settings.sendBy === 'email' && 'smtp' in credentials) email.disabled = false;
	const saved = await client.createWorkflow(workflow);
	await client.activate(saved);
	return saved;
}

/** A workflow that fails with the text that is posted to it. */
async function failing(
	name: string,
	errorWorkflow: string,
): Promise<(text: string) => Promise<void>> {
	const { client, n8n } = stack;
	const webhookId = randomUUID();
	const workflow = await client.createWorkflow({
		name,
		nodes: [
			{
				id: randomUUID(),
				name: 'Posted to',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId,
				parameters: { httpMethod: 'POST', path: webhookId, options: {} },
			},
			{
				id: randomUUID(),
				name: 'Send orders',
				type: 'n8n-nodes-base.stopAndError',
				typeVersion: 1,
				position: [220, 0],
				parameters: { errorMessage: '={{ $json.body.text }}' },
			},
		],
		connections: { 'Posted to': { main: [[{ node: 'Send orders', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', errorWorkflow },
	});
	await client.activate(workflow);
	return async (text) => {
		await axios.post(`${n8n.url}/webhook/${webhookId}`, { text });
	};
}

/** Waits until the alert workflow has ended for so many failures; n8n starts it some time after each. */
async function alerted(workflow: SavedWorkflow, times: number): Promise<string[]> {
	for (;;) {
		const { results } = await stack.client.executions({ workflowId: workflow.id });
		const ended = results.filter(({ status }) => status === 'success' || status === 'error');
		if (ended.length >= times) return ended.map(({ status }) => status);
		await pause(POLL_MS);
	}
}

const textsOf = ({ messages }: WebhookInbox) =>
	messages.map(({ text }) => String(text).split('\n'));
/** The messages about one workflow. */
const about = (name: string) => textsOf(inbox).filter(([first]) => first.startsWith(name));

test('thirty failures of two causes in two workflows become two messages', async () => {
	const failOrder = await failing('Orders', alert.id);
	const failStock = await failing('Stock', alert.id);
	await Promise.all(
		Array.from({ length: 15 }, async (_, index) => {
			await failOrder(`Order 10${index} has the country "X${index}", which Specter does not know`);
			await failStock(`Batch 3f${index}a${index} was left open`);
		}),
	);
	await alerted(alert, 30);

	expect(inbox.calls).toBe(2);
	const execution = expect.stringMatching(
		new RegExp(`^${stack.n8n.url}/workflow/\\w+/executions/\\d+$`),
	) as string;
	const [orders] = about('Orders');
	expect(orders).toEqual([
		'Orders failed in “Send orders”',
		expect.stringMatching(/^Order 10\d+ has the country "X\d+", which Specter does not know$/),
		'In the hour before: 0 of the same',
		execution,
	]);
	expect(about('Stock')).toEqual([
		[expect.any(String), expect.stringContaining('was left open'), expect.any(String), execution],
	]);
	const rows = (await stack.client.tableRows(TABLE)) ?? [];
	expect(rows).toHaveLength(30);
	expect(new Set(rows.map(({ cause }) => cause)).size).toBe(2);
});

test('another cause in the same workflow is told at once', async () => {
	const fail = await failing('Products', alert.id);
	await fail('Article 7 has no name');
	await alerted(alert, 31);
	await fail('Article 8 has no price');
	await alerted(alert, 32);
	expect(about('Products')).toHaveLength(2);
});

test('in the next hour the first failure is told again, with how many there were before', async () => {
	const fail = await failing('Customers', alert.id);
	for (let failures = 33; failures <= 35; failures++) {
		await fail('Customer 12 has no e-mail address');
		await alerted(alert, failures);
	}
	expect(about('Customers')).toHaveLength(1);

	const [row] = ((await stack.client.tableRows(TABLE)) ?? []).filter(
		({ workflow }) => workflow === 'Customers',
	);
	const hour = new Date(Date.parse(String(row.hour)) - 3_600_000).toISOString();
	await changeRows(stack.client, TABLE, 'update', { hour }, [['workflow', 'eq', 'Customers']]);
	await fail('Customer 13 has no e-mail address');
	await alerted(alert, 36);
	expect(about('Customers')[1][2]).toBe('In the hour before: 3 of the same');
});

test('a message that is refused does not count, and the next failure sends', async () => {
	const fail = await failing('Replay', alert.id);
	const before = inbox.calls;
	inbox.status = 500;
	await Promise.all([fail('Record 1 was given up'), fail('Record 2 was given up')]);
	const [first, second] = await alerted(alert, 38);
	expect([first, second].sort()).toEqual(['error', 'success']);
	// The failure of the alert itself is told to nobody, so it does not go round.
	expect(inbox.calls).toBe(before + 1);

	inbox.status = 200;
	await fail('Record 3 was given up');
	await alerted(alert, 39);
	await fail('Record 4 was given up');
	await alerted(alert, 40);
	expect(about('Replay')).toEqual([expect.arrayContaining(['Record 3 was given up'])]);
});

test('by e-mail the same becomes one mail', async () => {
	const mailbox = await startMailInbox();
	const { client } = stack;
	const smtp = await client.createCredential('Mail', 'smtp', {
		host: '127.0.0.1',
		port: mailbox.port,
		secure: false,
		disableStartTls: true,
	});
	stack.credentials = { ...stack.credentials, smtp };
	const byMail = await publishAlert({
		sendBy: 'email',
		emailFrom: 'n8n@shop.example',
		emailTo: 'owner@shop.example',
	});
	const fail = await failing('Mailed', byMail.id);
	await Promise.all([1, 2, 3].map(async (order) => await fail(`Order ${order} has no rows`)));
	await alerted(byMail, 3);
	expect(mailbox.mails).toHaveLength(1);
	expect(mailbox.mails[0]).toMatch(/^To: owner@shop\.example$/m);
	expect(mailbox.mails[0]).toMatch(/^Subject: Mailed failed$/m);
	expect(mailbox.mails[0]).toContain('has no rows');
	await mailbox.stop();
});

test('e-mail chosen while its node is switched off fails, and counts as not told', async () => {
	delete stack.credentials.smtp;
	const off = await publishAlert({ sendBy: 'email' });
	const fail = await failing('Switched off', off.id);
	await fail('Order 1 has no rows');
	expect(await alerted(off, 1)).toEqual(['error']);
	const rows = (await stack.client.tableRows(TABLE)) ?? [];
	expect(rows.filter(({ workflow }) => workflow === 'Switched off')).toMatchObject([
		{ told: false },
	]);
});
