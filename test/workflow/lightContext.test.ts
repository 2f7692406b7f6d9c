import { operations as mapper } from '../../nodes/VendreSpecterMapper/actions';
import { operations as vendre } from '../../nodes/Vendre/actions';
import { operations as specter } from '../../nodes/Specter/actions';
import { startSandbox, type Sandbox } from '../sandbox';
import { runOperation } from './lightContext';

let sandbox: Sandbox;

beforeEach(async () => (sandbox = await startSandbox({ products: 30 })));
afterEach(async () => await sandbox.stop());

test('an order goes from the shop through the mapper into Specter', async () => {
	const { id } = sandbox.vendre.placeOrder('company', { webhook: false });
	const credentials = {
		vendreApi: sandbox.vendre.credentials,
		specterApi: sandbox.specter.credentials,
	};
	const [order] = await runOperation(vendre.order.get, { items: [{ id }], credentials });
	const [mapped] = await runOperation(mapper.order.mapToSpecter, { items: [order.json] });
	const items = [mapped.json];
	const [customer] = await runOperation(specter.customer.createOrUpdate, { items, credentials });
	expect(customer.json.outcome).toMatch(/^(created|updated)$/);
	expect(sandbox.specter.calls.at(-1)).toMatchObject({ status: 200 });
});

test('what a node cannot do is thrown, or an item where it goes on', async () => {
	const given = {
		items: [{ id: 999 }],
		credentials: { vendreApi: { ...sandbox.vendre.credentials, apiKey: 'wrong' } },
	};
	await expect(runOperation(vendre.order.get, given)).rejects.toThrow('HTTP status 401');
	const [item] = await runOperation(vendre.order.get, {
		...given,
		onError: 'continueRegularOutput',
	});
	expect(item.json).toMatchObject({ id: 999, retryable: true });
});
