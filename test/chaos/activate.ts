import { compareCustomer } from '../demo/catalogueCheck';
import { STATUS_ROWS } from '../demo/changes';
import { activateTemplate, registerWebhooks } from '../host/stack';
import { settingsWith, vendreTriggerOf } from '../host/templates';
import type { WebhookEvent } from '../sandbox';
import type { Looks } from './plan';
import type { Rig } from './rig';

const REPLAY = 'replay-failed-records.json';
const CALM_MS = 120_000;

/** Imports and activates what does the whole sync, and waits until goods and customers are in sync. */
export async function activateAll({ stack }: Rig, looks: Looks): Promise<void> {
	const { vendre, specter } = stack.sandbox;
	const parameters = { 'Map order status': { statuses: { status: STATUS_ROWS } } };
	await activateTemplate(stack, 'specter-changes-to-vendre.json', {
		scheduleSeconds: looks.changes,
		parameters,
	});
	await activateTemplate(stack, REPLAY, {
		scheduleSeconds: looks.replay,
		parameters: {
			Settings: await settingsWith(REPLAY, { firstWaitMinutes: looks.firstWaitMinutes }),
		},
	});
	for (const file of [
		'vendre-products-to-specter.json',
		'vendre-customers-to-specter.json',
		'vendre-orders-to-specter.json',
	]) {
		const workflow = await activateTemplate(stack, file, { scheduleSeconds: looks.orders });
		const trigger = vendreTriggerOf(workflow);
		if (trigger) registerWebhooks(stack, workflow, trigger.parameters.events as WebhookEvent[]);
	}
	const sent = () => specter.callTotals.get('newArticleSubmit') ?? 0;
	const goods = Math.ceil(vendre.products.size / 100);
	await specter.until(() => sent() >= goods, CALM_MS);
	const customers = () => [...vendre.customers.values()];
	await vendre.until(
		() => customers().every((customer) => compareCustomer(stack.sandbox, customer).length === 0),
		CALM_MS,
	);
	await stack.client.idle();
}
