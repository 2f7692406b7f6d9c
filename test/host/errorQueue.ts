import type { N8nClient } from './client';
import { ERROR_QUEUE } from './templates';

/** How a record stands in the error queue: its flow and its number there. */
export const queueKey = (flow: string, record: string | number) => `${flow} ${record}`;

/** The records that stand in the error queue, by {@link queueKey}; none where no flow has needed it yet. */
export async function errorQueue(client: N8nClient): Promise<Set<string>> {
	const rows = (await client.tableRows(ERROR_QUEUE)) ?? [];
	return new Set(rows.map(({ flow, record }) => queueKey(String(flow), String(record))));
}
