import { outputOf, type Execution, type SavedWorkflow } from '../host/client';
import { errorQueue, queueKey } from '../host/errorQueue';
import { pollNow } from '../host/polls';
import { activateTemplate, registerWebhooks, type Stack } from '../host/stack';
import type { CustomerRecord } from '../sandbox';
import { sharedStack } from './sharedN8n';

jest.setTimeout(120_000);

const TEMPLATE = 'vendre-customers-to-specter.json';
const REPLAY = 'replay-failed-records.json';
const CLOCK = 'Every 5 minutes';
const SEND = 'newCustomerSubmit';

let stack: Stack;
let workflow: SavedWorkflow;
let replay: SavedWorkflow;

beforeAll(async () => {
	stack = await sharedStack({ products: 1 });
	workflow = await activateTemplate(stack, TEMPLATE);
	registerWebhooks(stack, workflow, ['new_customer', 'updated_customer']);
	replay = await activateTemplate(stack, REPLAY, {
		// So that it runs when a test says so.
		parameters: { [CLOCK]: { rule: { interval: [{ field: 'hours', hoursInterval: 23 }] } } },
	});
	await stack.sandbox.vendre.until(() => shoppers().every(hasNumber), 60_000);
	await stack.client.idle();
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

afterEach(() => {
	stack.sandbox.specter.faults.clear();
	stack.sandbox.vendre.faults.clear();
});

const shoppers = () => [...stack.sandbox.vendre.customers.values()];
const hasNumber = ({ external_id }: CustomerRecord) => external_id !== '';

const inSpecter = ({ external_id }: CustomerRecord) =>
	stack.sandbox.specter.customers.get(Number(external_id));

/** The e-mail addresses that were sent since the calls were last cleared. */
const sent = () =>
	stack.sandbox.specter.calls
		.filter(({ params }) => params.action === SEND)
		.map(({ params }) => params.emailAddress);

/** Waits until the shop's webhooks and all that they started have ended. */
async function settled(): Promise<void> {
	await stack.sandbox.vendre.webhooksIdle();
	await stack.client.idle();
}

async function lastRun(): Promise<Execution> {
	await settled();
	const { results } = await stack.client.executions({ workflowId: workflow.id, limit: 1 });
	return await stack.client.execution(results[0].id);
}

test('the first look sends every customer and saves Specter’s number (F2, C1)', () => {
	for (const shopper of shoppers()) {
		expect(inSpecter(shopper)?.emailAddress.toLowerCase()).toBe(
			shopper.email_address.toLowerCase(),
		);
	}
	const { size } = stack.sandbox.specter.customers;
	expect(size).toBeLessThanOrEqual(shoppers().length);
});

test('a new customer comes by webhook, and posted twice is one in Specter (F2)', async () => {
	const { vendre, specter } = stack.sandbox;
	const before = specter.customers.size;
	vendre.faults.add({ on: 'webhook new_customer', kind: 'repeat' });
	const shopper = vendre.addCustomer({
		email_address: 'astrid@post.example',
		type: 0,
		company: '',
		name_first: 'Astrid',
		name_last: 'Ek',
		identification_number: '19800101-1234',
	});
	await vendre.until(() => hasNumber(shopper), 30_000);
	await settled();
	expect(specter.customers.size).toBe(before + 1);
	expect(inSpecter(shopper)).toMatchObject({ firstName: 'Astrid', surName: 'Ek' });
});

test('a changed customer is written over by number, also with another e-mail (C1, C13)', async () => {
	const { vendre, specter } = stack.sandbox;
	const [shopper] = shoppers();
	const before = specter.customers.size;
	vendre.editCustomer(shopper.id, { email_address: 'ny-adress@post.example' });
	await specter.until(() => inSpecter(shopper)?.emailAddress === 'ny-adress@post.example', 30_000);
	await settled();
	expect(specter.customers.size).toBe(before);
});

test('what a webhook missed is found by looking, and nothing else is sent', async () => {
	const { vendre, specter } = stack.sandbox;
	await pollNow(stack, workflow);
	await settled();
	const [, shopper] = shoppers();
	vendre.faults.add({ on: 'webhook updated_customer', kind: 'lose' });
	vendre.editCustomer(shopper.id, { phone_default: '08-123 45 67' });
	const [other] = shoppers().slice(-1);
	vendre.customerShelf.save(other.id, { newsletter: true });
	specter.clearCalls();
	await pollNow(stack, workflow);
	await specter.until(() => inSpecter(shopper)?.phoneNo === '08-123 45 67', 30_000);
	await settled();
	expect(sent()).toEqual([shopper.email_address]);
});

test('a customer that changed while it was sent is sent again, also where nothing tells of it (F2)', async () => {
	const { vendre, specter } = stack.sandbox;
	const [, , shopper] = shoppers();
	specter.faults.add({ on: SEND, kind: 'delay', delayMs: 2_000 });
	specter.clearCalls();
	vendre.editCustomer(shopper.id, { address_street: 'Storgatan 1' });
	await vendre.webhooksIdle();
	vendre.customerShelf.save(shopper.id, { address_street: 'Lillgatan 2' });
	await settled();
	expect(inSpecter(shopper)?.address).toBe('Storgatan 1');
	const key = queueKey('customer', shopper.id);
	expect(await errorQueue(stack.client)).toContain(key);

	expect((await stack.client.execute(replay, CLOCK)).status).toBe('success');
	expect(inSpecter(shopper)?.address).toBe('Lillgatan 2');
	expect(await errorQueue(stack.client)).not.toContain(key);
	expect(sent()).toHaveLength(2);
});

test('a customer that cannot be mapped stops alone', async () => {
	const { vendre, specter } = stack.sandbox;
	const [bad, , good] = shoppers();
	const country = bad.address_country_code_alpha2;
	vendre.customerShelf.save(bad.id, { address_country_code_alpha2: 'Nangijala' });
	vendre.customerShelf.save(good.id, { address_city: 'Nybro' });
	await pollNow(stack, workflow);
	await specter.until(() => inSpecter(good)?.city === 'Nybro', 30_000);
	const run = await lastRun();
	expect(run.status).toBe('success');
	expect(outputOf(run, 'Failed customers')).toEqual([
		{
			customerId: bad.id,
			specterNumber: bad.external_id,
			step: 'Map customer to Specter',
			reason: 'Country "Nangijala" is no two-letter country code',
			whatToDo: expect.stringContaining('Countries'),
			comesAgain: false,
		},
	]);
	vendre.customerShelf.save(bad.id, { address_country_code_alpha2: country, address_city: 'Ör' });
	await pollNow(stack, workflow);
	await specter.until(() => inSpecter(bad)?.city === 'Ör', 30_000);
});

test.each([
	[
		'Specter',
		() => stack.sandbox.specter.faults.add({ on: SEND, kind: 'status', status: 503, times: 6 }),
	],
	[
		'the shop, when the number is to be saved,',
		() =>
			stack.sandbox.vendre.faults.add({
				on: 'PUT /API/1/customers/\\d+',
				kind: 'status',
				status: 503,
				times: 6,
			}),
	],
])('while %s does not answer the run fails, and the customers come again', async (_, order) => {
	const { vendre, specter } = stack.sandbox;
	const before = specter.customers.size;
	vendre.faults.add({ on: 'webhook new_customer', kind: 'lose' });
	const shopper = vendre.addCustomer({
		email_address: `kund-${before}@post.example`,
		identification_number: '',
		name_first: 'Kund',
	});
	order();
	await pollNow(stack, workflow);
	while ((await lastRun()).status !== 'error') await stack.client.idle();
	expect(hasNumber(shopper)).toBe(false);
	await pollNow(stack, workflow);
	await vendre.until(() => hasNumber(shopper), 30_000);
	await settled();
	expect(specter.customers.size).toBe(before + 1);
});
