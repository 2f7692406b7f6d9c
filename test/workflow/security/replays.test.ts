import '../withoutPauses';
import { startSandbox, type Sandbox } from '../../sandbox';
import { callWebhook } from '../webhook';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox({ products: 3 })));
afterAll(async () => await sandbox.stop());
beforeEach(() => sandbox.vendre.clearCalls());

describe('a webhook of the shop that somebody has recorded and sends again', () => {
	const call = async (body: object) =>
		await callWebhook(
			sandbox,
			{ type: 'vendreTrigger', parameters: { events: ['new_order'] } },
			{
				query: { event: 'new_order', secret: sandbox.vendre.credentials.webhookSecret },
				body: structuredClone(body) as never,
			},
		);

	test('gives the order as it is by then, so that one in Specter is known to be there', async () => {
		const order = sandbox.vendre.placeOrder('person', { webhook: false });
		const recorded = structuredClone(order);
		expect((await call(recorded)).items?.[0]).toMatchObject({ id: order.id, external_id: '' });
		order.external_id = '70001';
		expect((await call(recorded)).items?.[0]).toMatchObject({ external_id: '70001' });
	});

	test('reads what stands in the shop and nothing that the body names', async () => {
		const { id } = sandbox.vendre.placeOrder('person', { webhook: false });
		const actions = { order_url: 'http://127.0.0.1:9/', save_url: 'http://127.0.0.1:9/' };
		await call({ id, actions, url: 'http://127.0.0.1:9/', data: { id: '../customers/1' } });
		expect(sandbox.vendre.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
			`GET /API/1/orders/${id}`,
		]);
	});
});

test('a secret of one trigger lets nobody into the other', async () => {
	const { webhookSecret } = sandbox.vendre.credentials;
	const events = ['stockChange'];
	const { status, outputs } = await callWebhook(
		sandbox,
		{ type: 'specterTrigger', parameters: { events } },
		{ query: { event: 'stockChange', secret: webhookSecret }, body: {} },
	);
	expect({ status, outputs }).toEqual({ status: 401, outputs: undefined });
});
