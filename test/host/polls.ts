import type { SavedWorkflow } from './client';
import type { Stack } from './stack';

/**
 * Has a poll trigger look at once, which it does when its workflow is published, so that nobody has to
 * wait for the next minute. What was under way ends first.
 */
export async function pollNow({ client }: Stack, workflow: SavedWorkflow): Promise<void> {
	await client.idle();
	await client.deactivate(workflow);
	await client.activate(workflow);
}
