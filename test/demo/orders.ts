import { ORDER_KINDS, type OrderKind, type OrderRecord } from '../sandbox';
import type { Stack } from '../host/stack';

/** How the shop tells about an order. */
export type Delivery = 'webhook' | 'webhook lost' | 'webhook twice' | 'finished later';

export interface PlannedOrder {
	kind: keyof typeof ORDER_KINDS;
	delivery: Delivery;
}

const TIMEOUT_MS = 90_000;

/** Not in the demo, because a kind that is shows the same and more. */
const LEFT_OUT: OrderKind[] = [
	'percent-coupon',
	'fixed-coupon',
	'free-freight',
	'home-delivery',
	'pay-in-store',
];

const DELIVERIES: Partial<Record<OrderKind, Delivery>> = {
	person: 'webhook lost',
	company: 'webhook twice',
	unfinished: 'finished later',
};

/** One order of each kind; one webhook is lost, one comes twice, and one order is finished after all others. */
export const PLAN: PlannedOrder[] = (Object.keys(ORDER_KINDS) as Array<PlannedOrder['kind']>)
	.filter((kind) => !LEFT_OUT.includes(kind))
	.map((kind) => ({ kind, delivery: DELIVERIES[kind] ?? 'webhook' }));

/**
 * Places the planned orders and waits until the shop has a Specter number for each, the unfinished ones
 * being finished when all others are through. Says so when some never get one; what is wrong then is for
 * the comparison to tell.
 */
export async function placeOrders(
	{ sandbox: { vendre, specter } }: Stack,
	plan: PlannedOrder[],
): Promise<OrderRecord[]> {
	const orders = plan.map(({ kind, delivery }) =>
		vendre.placeOrder(kind, {
			webhook: delivery !== 'webhook lost',
			repeat: delivery === 'webhook twice' ? 2 : 1,
		}),
	);
	const later = orders.filter((_, index) => plan[index].delivery === 'finished later');
	const arrived = async (expected: OrderRecord[]) => {
		const missing = () => expected.filter(({ id }) => !vendre.orders.get(id)?.external_id);
		await vendre
			.until(() => missing().length === 0, TIMEOUT_MS)
			.catch(() =>
				console.log(
					`${missing().length} orders have no Specter number after ${TIMEOUT_MS / 1000} s.`,
				),
			);
	};

	await arrived(orders.filter((order) => !later.includes(order)));
	for (const { id } of later) {
		if (specter.ordersFor(id).length > 0) {
			throw new Error(`Order ${id} was sent to Specter before the customer had finished it`);
		}
		vendre.finishOrder(id);
	}
	await arrived(later);
	return orders;
}
