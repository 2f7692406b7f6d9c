import { compareCustomer } from '../demo/catalogueCheck';
import { STATUS_ROWS } from '../demo/changes';
import { activateTemplate, registerWebhooks } from '../host/stack';
import { settingsWith, vendreTriggerOf } from '../host/templates';
import type { WebhookEvent } from '../sandbox';
import type { Rig } from './rig';

/**
 * The templates look every few minutes; the storm has not so long. Poll triggers look once a minute. An
 * order that many looks find is worked on by all of them.
 */
const CHANGES_EVERY_SECONDS = 10;
const ORDERS_EVERY_SECONDS = 60;
const REPLAY_EVERY_SECONDS = 15;
/** How long a failed record waits for its second try; each further one takes twice as long. */
const REPLAY_MINUTES = 0.1;
const REPLAY = 'replay-failed-records.json';
const CALM_MS = 120_000;

/** Imports and activates what does the whole sync, and waits until goods and customers are in sync. */
export async function activateAll({ stack }: Rig): Promise<void> {
	const { vendre, specter } = stack.sandbox;
	const parameters = { 'Map order status': { statuses: { status: STATUS_ROWS } } };
	await activateTemplate(stack, 'specter-changes-to-vendre.json', {
		scheduleSeconds: CHANGES_EVERY_SECONDS,
		parameters,
	});
	await activateTemplate(stack, REPLAY, {
		scheduleSeconds: REPLAY_EVERY_SECONDS,
		parameters: { Settings: await settingsWith(REPLAY, { firstWaitMinutes: REPLAY_MINUTES }) },
	});
	for (const file of [
		'vendre-products-to-specter.json',
		'vendre-customers-to-specter.json',
		'vendre-orders-to-specter.json',
	]) {
		const workflow = await activateTemplate(stack, file, { scheduleSeconds: ORDERS_EVERY_SECONDS });
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
