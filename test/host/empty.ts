import type { N8nClient } from './client';

/** Takes everything out of a running n8n that was put in: workflows, their executions, Data Tables, credentials. */
export async function empty(client: N8nClient): Promise<void> {
	const workflows = await client.call<Array<{ id: string; active: boolean }>>(
		'GET',
		'/rest/workflows',
	);
	for (const workflow of workflows.filter(({ active }) => active)) {
		await client.deactivate(workflow);
	}
	await client.stopExecutions();
	for (const { id } of workflows) {
		await client.call('POST', `/rest/workflows/${id}/archive`);
		await client.call('DELETE', `/rest/workflows/${id}`);
	}
	const { data: tables } = await client.call<{ data: Array<{ id: string; projectId: string }> }>(
		'GET',
		'/rest/data-tables-global',
	);
	for (const { id, projectId } of tables) {
		await client.call('DELETE', `/rest/projects/${projectId}/data-tables/${id}`);
	}
	for (const { id } of await client.call<Array<{ id: string }>>('GET', '/rest/credentials')) {
		await client.call('DELETE', `/rest/credentials/${id}`);
	}
}
