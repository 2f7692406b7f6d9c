import '../withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { callWebhook, callWebhookMethod, type Trigger } from '../webhook';

const OLD = 'the-old-secret-that-leaked';
const NEW = 'the-new-secret-of-today';

let sandbox: Sandbox;
let orderId: number;

beforeAll(async () => {
	sandbox = await startSandbox({ products: 2 });
	orderId = sandbox.vendre.placeOrder('person', { webhook: false }).id;
});
afterAll(async () => await sandbox.stop());

const TRIGGERS: Record<'vendre' | 'specter', { field: string; trigger: Trigger; event: string }> = {
	vendre: {
		field: 'webhookSecret',
		trigger: { type: 'vendreTrigger', parameters: { events: ['new_order'] } },
		event: 'new_order',
	},
	specter: {
		field: 'callBackSecret',
		trigger: { type: 'specterTrigger', parameters: { events: ['invoiceCreated'] } },
		event: 'invoiceCreated',
	},
};
type System = keyof typeof TRIGGERS;

const withSecrets = (system: System, secrets: string) => ({
	...sandbox,
	[system]: { credentials: { ...sandbox[system].credentials, [TRIGGERS[system].field]: secrets } },
});

/** The statuses that calls with the old, the new and another secret get. */
async function answers(system: System, field: string) {
	const { trigger, event } = TRIGGERS[system];
	const statuses: IDataObject = {};
	for (const [name, secret] of Object.entries({ OLD, NEW, other: 'neither-of-the-two-secrets' })) {
		const call = { query: { event, secret }, body: { id: orderId } };
		const { status } = await callWebhook(withSecrets(system, field), trigger, call);
		statuses[name] = status;
	}
	return statuses;
}

describe.each(Object.keys(TRIGGERS) as System[])('a leaked secret of %s', (system) => {
	test('is replaced in steps of which each lets every rightful call in', async () => {
		expect(await answers(system, OLD)).toEqual({ OLD: 200, NEW: 401, other: 401 });
		expect(await answers(system, `${NEW} ${OLD}`)).toEqual({ OLD: 200, NEW: 200, other: 401 });
		expect(await answers(system, NEW)).toEqual({ OLD: 401, NEW: 200, other: 401 });
	});

	test.each([`${NEW},${OLD}`, ` ${NEW}\n${OLD} `, `${NEW}, ${OLD}`])(
		'may stand beside the new one as %j',
		async (field) => {
			expect(await answers(system, field)).toEqual({ OLD: 200, NEW: 200, other: 401 });
		},
	);

	test('cannot be told by a part of it, or by both at once', async () => {
		const { trigger, event } = TRIGGERS[system];
		for (const secret of [`${NEW} ${OLD}`, 'the', '', ' ']) {
			const call = { query: { event, secret }, body: { id: orderId } };
			const systems = withSecrets(system, `${NEW} ${OLD}`);
			expect(await callWebhook(systems, trigger, call)).toMatchObject({ status: 401 });
		}
	});
});

test('Specter is given addresses with the first of them', async () => {
	const trigger: Trigger = { type: 'specterTrigger', parameters: { events: ['invoiceCreated'] } };
	const systems = withSecrets('specter', `${NEW} ${OLD}`);
	await callWebhookMethod(systems, trigger, 'create', 'production');
	const address = new URL(String(sandbox.specter.callBacks.urls.get('actionNewInvoice')));
	expect(address.searchParams.get('secret')).toBe(NEW);
});
