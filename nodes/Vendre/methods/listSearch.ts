import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { statusesInUse } from '../actions/order/statuses';

/** The order statuses to choose from, by name: those of the newest orders (contract vendre §4). */
export async function searchOrderStatuses(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const statuses = await statusesInUse(this);
	return {
		results: statuses
			.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
			.sort((a, b) => a.name.localeCompare(b.name, 'sv'))
			.map(({ id, name }) => ({ name, value: String(id) })),
	};
}
