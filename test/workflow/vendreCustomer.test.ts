import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';

let sandbox: Sandbox;

beforeEach(async () => (sandbox = await startSandbox({ products: 1 })));
afterEach(async () => await sandbox.stop());

const customer = async (operation: string, input: IDataObject[], onError?: OnError) =>
	await runNode(sandbox, 'vendre', { resource: 'customer', operation }, input, onError);

describe('Get', () => {
	test('customers in the order of the items, paired', async () => {
		const [first, second] = sandbox.vendre.customers.values();
		sandbox.vendre.faults.add({ on: `GET /customers/${second.id}`, kind: 'delay', delayMs: 80 });
		const run = await customer('get', [{ customer_id: second.id }, { customer_id: first.id }]);
		expect(run.items.map(({ json, pairedItem }) => [json.email_address, pairedItem])).toEqual([
			[second.email_address, { item: 0 }],
			[first.email_address, { item: 1 }],
		]);
	});

	test('a guest’s order has no customer to read; one that is gone is an error', async () => {
		const [first] = sandbox.vendre.customers.values();
		const input = [
			{ customer_id: 0, mark: 1 },
			{ customer_id: null, mark: 2 },
			{ customer_id: 987_654, mark: 3 },
			{ customer_id: first.id },
		];
		const run = await customer('get', input, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }]);
		expect(run.failed.map(({ json }) => json.mark)).toEqual([1, 2, 3]);
		expect(run.failed[2].json.error).toContain('GET customers/987654 with HTTP status 404');
		expect(sandbox.vendre.calls).toHaveLength(2);
		expectNoSecrets(sandbox, run);
	});
});

describe('Get Many', () => {
	test('the first customers of the shop, or all', async () => {
		const emails = [...sandbox.vendre.customers.values()].map((each) => each.email_address);
		const read = async (parameters: IDataObject) => {
			const all = { resource: 'customer', operation: 'getAll', ...parameters };
			const { items } = await runNode(sandbox, 'vendre', all, [{}]);
			return items.map(({ json }) => json.email_address);
		};
		expect(await read({ limit: 2 })).toEqual(emails.slice(0, 2));
		expect(await read({ returnAll: true })).toEqual(emails);
	});
});

describe('Save Specter Number', () => {
	test('on the customer, so that it identifies him from then on (C1)', async () => {
		const shopper = [...sandbox.vendre.customers.values()].find((each) => !each.external_id);
		const run = await customer('saveSpecterNumber', [
			{ customer_id: shopper?.id, customerId: '1001' },
		]);
		expect(run.items[0].json).toEqual({
			outcome: 'updated',
			customerId: shopper?.id,
			specterNumber: '1001',
		});
		expect(shopper?.external_id).toBe('1001');
		expect(sandbox.vendre.calls.map(({ body }) => body)).toEqual([{ external_id: '1001' }]);
	});

	test('without a number nothing is saved, and the others are', async () => {
		const [first, second] = sandbox.vendre.customers.values();
		const input = [
			{ customer_id: first.id, customerId: '' },
			{ customer_id: second.id, customerId: '1002' },
		];
		const run = await customer('saveSpecterNumber', input, 'continueErrorOutput');
		expect(run.failed[0].json).toMatchObject({
			customer_id: first.id,
			error: `There is no Specter number to save on customer ${first.id}`,
		});
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(second.external_id).toBe('1002');
	});

	test('a refusal of the shop is shown in its words', async () => {
		sandbox.vendre.faults.add({ on: 'PUT /customers/\\d+', kind: 'status', status: 403 });
		const [first] = sandbox.vendre.customers.values();
		const run = await customer('saveSpecterNumber', [{ customer_id: first.id, customerId: '1' }]);
		expect(run.error?.message).toBe(
			`Vendre answered PUT customers/${first.id} with HTTP status 403`,
		);
		expect(run.error?.description).toContain('ask Vendre’s support for the right');
	});
});
