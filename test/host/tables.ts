import { randomUUID } from 'node:crypto';
import type { N8nClient } from './client';

type Condition = [column: string, condition: string, value: string];

/**
 * Changes rows of a Data Table as a workflow does, with n8n's own node.
 * @param conditions all of them are to hold; none where rows are inserted
 */
export async function changeRows(
	client: N8nClient,
	table: string,
	operation: 'insert' | 'update' | 'deleteRows',
	row: Record<string, unknown>,
	conditions: Condition[] = [],
): Promise<void> {
	const node = { id: randomUUID(), position: [0, 0] };
	const workflow = await client.createWorkflow({
		name: `Change ${table}`,
		nodes: [
			{
				...node,
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				parameters: {},
			},
			{
				...node,
				id: randomUUID(),
				name: 'Row',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify(row), options: {} },
			},
			{
				...node,
				id: randomUUID(),
				name: 'Change',
				type: 'n8n-nodes-base.dataTable',
				typeVersion: 1.1,
				parameters: {
					operation,
					dataTableId: { __rl: true, mode: 'name', value: table },
					matchType: 'allConditions',
					filters: {
						conditions: conditions.map(([keyName, condition, keyValue]) => ({
							keyName,
							condition,
							keyValue,
						})),
					},
					columns: { mappingMode: 'autoMapInputData', value: null },
					options: {},
				},
			},
		],
		connections: {
			Start: { main: [[{ node: 'Row', type: 'main', index: 0 }]] },
			Row: { main: [[{ node: 'Change', type: 'main', index: 0 }]] },
		},
	});
	const { status, data } = await client.execute(workflow, 'Start');
	if (status !== 'success') throw new Error(data?.resultData.error?.message ?? status);
}
