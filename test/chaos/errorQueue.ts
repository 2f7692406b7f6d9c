import type { N8nClient } from '../host/client';
import { ERROR_QUEUE } from '../host/templates';
import { queueKey } from './check';

/** The records that stand in the error queue, by {@link queueKey}; none where no flow has needed it yet. */
export async function errorQueue(client: N8nClient): Promise<Set<string>> {
	const rows = (await client.tableRows(ERROR_QUEUE)) ?? [];
	return new Set(rows.map(({ flow, record }) => queueKey(String(flow), String(record))));
}
