import path from 'node:path';
import { tmpdir } from 'node:os';
import { Editor } from '../host/browser';
import { outputOf, type Execution, type SavedWorkflow } from '../host/client';
import { activateTemplate, registerWebhooks, type Stack } from '../host/stack';
import { settingsWith } from '../host/templates';
import type { FactReport } from '../../nodes/shared/facts';
import { combine, DIFFERENCES } from '../sandbox/differences';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

const TEMPLATE = 'connection-check.json';
const WEBHOOKS = 'vendre webhooks received';
/** What a live account and shop may have otherwise, of every kind that a credential can take over. */
const PLANTED = [
	'Specter: another code for a known order',
	'Specter: another name for newArticleNo',
	'Specter: another name for newOrderSubmit.orgNo',
	'Specter: a call-back that is not named is removed',
	'Specter: another root element',
	'Vendre: one record comes wrapped',
	'Vendre: another name for external_id of orders',
	'Vendre: another class for freight',
	'Vendre: another key for a web-hook’s id',
];

type Fact = FactReport & { before: string; changed: boolean };

let stack: Stack;
let workflow: SavedWorkflow;

beforeAll(async () => {
	const planted = DIFFERENCES.filter(({ name }) => PLANTED.includes(name));
	expect(planted).toHaveLength(PLANTED.length);
	const { specterDialect, vendreDialect } = combine(planted);
	stack = await sharedStack({
		products: 20,
		vendreDialect,
		specterDialect: {
			parameterCase: 'any',
			duplicateOrderMessage: 'Referensen $externalOrderNo hör till en annan post',
			...specterDialect,
		},
	});
	const { vendre } = stack.sandbox;
	for (const kind of ['company', 'person'] as const) vendre.placeOrder(kind, { webhook: false });
	const [order] = vendre.orders.keys();
	const settings = await settingsWith(TEMPLATE, {
		writeToArticle: true,
		makeTestOrder: true,
		replaceCallBacks: true,
		testOrder: String(order),
	});
	workflow = await activateTemplate(stack, TEMPLATE, { parameters: { Settings: settings } });
});

afterAll(async () => await stack?.stop());

const run = async (): Promise<Execution> => await stack.client.execute(workflow, 'Check by hand');

const factsOf = (execution: Execution) => outputOf(execution, 'Facts') as unknown as Fact[];

const differing = (facts: Fact[]) => facts.filter(({ verdict }) => verdict === 'differs');

/** What somebody enters who goes through the report and leaves out nothing. */
async function enterSettings(facts: Fact[]): Promise<void> {
	const { vendre, specter } = stack.sandbox;
	const stored: Record<string, object> = {
		vendreApi: vendre.credentials,
		specterApi: specter.credentials,
	};
	for (const [type, { id, name }] of Object.entries(stack.credentials)) {
		const entered = facts.flatMap(({ setting }) =>
			setting?.credential === type ? [[setting.field, setting.value]] : [],
		);
		const data = { ...stored[type], ...Object.fromEntries(entered) } as object;
		await stack.client.call('PATCH', `/rest/credentials/${id}`, { id, name, type, data });
	}
}

describe('the connection check', () => {
	let first: Fact[];
	let page: string;

	test('keeps how a webhook of the shop is written, and nothing of what is in it', async () => {
		const { vendre } = stack.sandbox;
		registerWebhooks(stack, workflow, ['new_order']);
		const order = vendre.placeOrder('company');
		await vendre.webhooksIdle();
		await stack.client.idle();
		const [row, ...others] = (await stack.client.tableRows(WEBHOOKS)) ?? [];
		expect(others).toEqual([]);
		const form = { event: 'new_order', format: 'JSON', idName: 'record_id', confirmed: true };
		expect(JSON.parse(String(row.form))).toMatchObject(form);
		expect(JSON.stringify(row)).not.toContain(order.email_address);
	});

	test('finds what was planted and names the settings', async () => {
		const execution = await run();
		first = factsOf(execution);
		[page] = outputOf(execution, 'Draw the page').map(({ html }) => String(html));
		expect(
			differing(first)
				.map(({ fact }) => fact)
				.sort(),
		).toEqual(
			[
				'duplicateOrder',
				'newArticleNo',
				'order.orgNo',
				'orders.external_id',
				'recordWrapper',
				'totals.ot_shipping',
				'unnamedCallBacksStay',
				'webhookId',
			].sort(),
		);
		for (const { before } of first) expect(before).toBe('');
	});

	test('makes a page of it that holds no key and nobody’s data', () => {
		expect(page).toContain('facts differ');
		expect(page).toContain('changeArticleNoTo');
		const { specter, vendre } = stack.sandbox;
		const { apiUserKey, integrationKey } = specter.credentials;
		const people = [...vendre.customers.values()].map(({ email_address: email }) => email);
		for (const text of [apiUserKey, integrationKey, vendre.credentials.apiKey, ...people]) {
			expect(page + JSON.stringify(first)).not.toContain(text);
		}
	});

	test('shows the difference that the settings make', async () => {
		await enterSettings(first);
		const facts = factsOf(await run());
		expect(facts.filter(({ setting }) => setting)).toEqual([]);
		const healed = facts.filter(({ changed, before }) => changed && before === 'differs');
		const toSet = first.filter(({ setting }) => setting).map(({ fact }) => fact);
		expect(healed.map(({ fact }) => fact).sort()).toEqual(toSet.sort());
	});

	test('an order then goes all the way, once, and its number comes back', async () => {
		const orders = await activateTemplate(stack, 'vendre-orders-to-specter.json');
		registerWebhooks(stack, orders, ['new_order']);
		const { vendre, specter } = stack.sandbox;
		const { id } = vendre.placeOrder('company');
		await vendre.until(() => vendre.orders.get(id)?.external_id !== '', 60_000);
		const [order, ...others] = specter.ordersFor(id);
		expect(others).toEqual([]);
		expect(order.orgNo).not.toBe('');
		expect(specter.orderTotal(order.orderNo)).toBe(vendre.orderTotal(id));
	});

	test('can be read in the browser at the form’s address', async () => {
		const editor = await Editor.open(stack.n8n);
		try {
			const form = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
			const { page: shown } = editor;
			await shown.goto(`${stack.n8n.url}/form/${form?.webhookId}`);
			await shown.getByRole('button', { name: 'Check' }).click();
			await shown.getByText('Connection check of').waitFor({ timeout: 60_000 });
			await shown.screenshot({
				path: path.join(tmpdir(), 'vendre-specter-screenshots', 'connection-page.png'),
				fullPage: true,
			});
			expect(await shown.locator('h2').first().innerText()).toMatch(/Differs|Not tested/);
		} finally {
			await editor.close();
		}
	});

	test('tells in an item of its own which system was not reached', async () => {
		const { id, name } = stack.credentials.specterApi;
		const data = { ...stack.sandbox.specter.credentials, integrationKey: 'wrong' };
		await stack.client.call('PATCH', `/rest/credentials/${id}`, {
			id,
			name,
			type: 'specterApi',
			data,
		});
		const facts = factsOf(await run());
		const ofSpecter = facts.filter(({ system }) => system === 'Specter');
		expect(ofSpecter).toHaveLength(1);
		expect(ofSpecter[0].found).toMatch(/refused the account/);
		expect(facts.length).toBeGreaterThan(20);
	});
});
