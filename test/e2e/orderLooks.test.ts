import { compareOrder } from '../demo/orderCheck';
import type { Execution, SavedWorkflow } from '../host/client';
import { activateTemplate, type Stack } from '../host/stack';
import type { OrderRecord } from '../sandbox';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

const TEMPLATE = 'vendre-orders-to-specter.json';
/** What the template looks through every 10 minutes, and sends at once. */
const NEWEST = 500;
const GROUP = 25;
const DAY = 86_400;

let stack: Stack;
let workflow: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack();
	workflow = await activateTemplate(stack, TEMPLATE);
}, 240_000);

afterAll(async () => await stack?.stop());

const look = async (trigger = 'Every 10 minutes'): Promise<Execution> =>
	await stack.client.execute(workflow, trigger);

/** An order of which no webhook tells. */
const missed = (): OrderRecord => stack.sandbox.vendre.placeOrder('person', { webhook: false });

const problemsOf = ({ id }: OrderRecord) => compareOrder(stack.sandbox, id).problems;

const isInSpecter = ({ id }: OrderRecord) => stack.sandbox.specter.ordersFor(id).length > 0;

test('each group of orders is through before the next one is begun, so that a stop costs one group at most', async () => {
	const { specter } = stack.sandbox;
	const orders = Array.from({ length: 2 * GROUP + 5 }, missed);
	specter.clearCalls();
	expect((await look()).status).toBe('success');
	expect(orders.flatMap(problemsOf)).toEqual([]);
	const actions = specter.calls.map(({ action }) => action);
	const sentBefore = (index: number) =>
		actions.slice(0, index).filter((action) => action === 'newOrderSubmit').length;
	const customers = actions.flatMap((action, index) =>
		action === 'newCustomerSubmit' ? [sentBefore(index)] : [],
	);
	expect(Math.max(...customers)).toBe(2 * GROUP);
	expect(customers.filter((sent) => sent === 0)).toHaveLength(GROUP);
});

test('an order that got its number while the others were sent is not sent once more', async () => {
	const { specter, vendre } = stack.sandbox;
	const orders = Array.from({ length: GROUP + 5 }, missed);
	specter.clearCalls();
	const looking = look();
	const called = (action: string) => specter.calls.filter((call) => call.action === action);
	await specter.until(() => called('newCustomerSubmit').length > 0, 30_000);
	for (const { id } of orders) vendre.editOrder(id, { external_id: 'S1' });
	expect((await looking).status).toBe('success');
	expect(called('newOrderSubmit')).toHaveLength(GROUP);
});

test('two looks at once make no order twice', async () => {
	const { specter } = stack.sandbox;
	const orders = Array.from({ length: GROUP + 5 }, missed);
	const looks = await Promise.all([look(), look('Every hour')]);
	expect(looks.map(({ status }) => status)).toEqual(['success', 'success']);
	expect(orders.flatMap(problemsOf)).toEqual([]);
	for (const { id } of orders) expect(specter.ordersFor(id)).toHaveLength(1);
});

test('what a week of webhooks did not tell is found by the hour, also behind the newest', async () => {
	const { vendre } = stack.sandbox;
	const [old, recent] = [missed(), missed()];
	const now = Math.floor(Date.now() / 1_000);
	vendre.editOrder(old.id, { date_added: now - 8 * DAY });
	vendre.editOrder(recent.id, { date_added: now - 6 * DAY });
	for (let placed = 0; placed < NEWEST; placed++) {
		vendre.editOrder(missed().id, { external_id: `S${placed}` });
	}
	await look();
	expect([old, recent].map(isInSpecter)).toEqual([false, false]);
	await look('Every hour');
	expect([old, recent].map(isInSpecter)).toEqual([false, true]);
	expect(problemsOf(recent)).toEqual([]);
});

test('a shop that does not let its orders be read fails the run, so that somebody is told', async () => {
	const { faults } = stack.sandbox.vendre;
	faults.add({ on: 'GET /API/1/orders', kind: 'status', status: 401, times: Infinity });
	const failed = await look();
	faults.clear();
	expect(failed.status).toBe('error');
	expect(JSON.stringify(failed.data)).toContain('Orders of the shop cannot be read');
});

test('a group that cannot be worked on fails the run, so that somebody is told', async () => {
	const order = missed();
	const { client } = stack;
	const { specter } = stack.sandbox;
	await client.call('PATCH', `/rest/workflows/${workflow.id}`, {
		versionId: workflow.versionId,
		settings: { ...workflow.settings, callerPolicy: 'none' },
	});
	const failed = await look();
	expect(failed.status).toBe('error');
	expect(JSON.stringify(failed.data)).toContain('Groups of orders could not be worked on');
	expect(specter.ordersFor(order.id)).toEqual([]);
});
