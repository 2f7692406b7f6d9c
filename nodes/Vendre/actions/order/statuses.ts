import { newestRows } from '../../transport/lists';
import type { RequestContext } from '../../../shared/http';
import { PAGE_SIZE } from '../../transport/dialect';
import { normalized } from '../../normalize';
import type { VendreOrder } from '../../records';

/** How many of the newest orders are looked through for statuses, which the API cannot list: one page. */
const ORDERS_LOOKED_THROUGH = PAGE_SIZE;

/** A status of the shop's; which there are is up to the shop (contract vendre §4). */
export interface OrderStatus {
	id: number;
	name: string;
}

/** The statuses that the newest orders have, the latest order first; unfinished orders have none. */
export async function statusesInUse(context: RequestContext): Promise<OrderStatus[]> {
	const rows = await newestRows(context, 'orders', ORDERS_LOOKED_THROUGH);
	const byId = new Map<number, OrderStatus>();
	for (const row of rows.reverse()) {
		const { status_id: id, status_name: name } = normalized(
			'orders',
			row,
		) as unknown as VendreOrder;
		if (id && name && !byId.has(id)) byId.set(id, { id, name });
	}
	return [...byId.values()];
}

/** Whether a status goes by this name; capitals and blanks around it do not matter. */
export function isCalled({ name }: Pick<OrderStatus, 'name'>, wanted: string): boolean {
	return name.trim().toLowerCase() === wanted.trim().toLowerCase();
}
