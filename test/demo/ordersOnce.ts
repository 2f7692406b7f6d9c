import { kronor, ORDER_KINDS } from '../sandbox';
import { outputOf } from '../host/client';
import type { Stack } from '../host/stack';
import { FAILED_ORDERS } from '../host/templates';
import { compareOrder, type OrderOutcome } from './orderCheck';
import { PLAN, placeOrders, type PlannedOrder } from './orders';
import { table, type Column } from './table';

interface Row extends OrderOutcome {
	plan: PlannedOrder;
	/** What the workflow said when it could not send the order. */
	reason?: string;
}

const COLUMNS: Array<Column<Row>> = [
	{ title: 'Order', right: true, text: ({ order }) => String(order.id) },
	{ title: 'Kind', text: ({ plan }) => ORDER_KINDS[plan.kind].label },
	{ title: 'Told by', text: ({ plan }) => plan.delivery },
	{
		title: 'Customer',
		text: ({ order }) => order.company || `${order.name_first} ${order.name_last}`,
	},
	{ title: 'Rows', right: true, text: ({ order }) => String(order.products.length) },
	{ title: 'Shop', right: true, text: ({ shopTotal }) => kronor(shopTotal) },
	{
		title: 'Specter',
		right: true,
		text: ({ specterTotal }) => (specterTotal === undefined ? '–' : kronor(specterTotal)),
	},
	{ title: 'Currency', text: ({ order }) => order.currency },
	{ title: 'Specter no', right: true, text: ({ specterNo }) => String(specterNo ?? '–') },
	{
		title: 'Result',
		text: ({ problems, reason }) =>
			problems.length === 0 ? 'right' : [...problems, ...(reason ? [reason] : [])].join('; '),
	},
];

/** Reasons of the orders that ended in the templates' node for failed orders, by the shop's order number. */
async function failureReasons({ client }: Stack): Promise<Map<unknown, string>> {
	const { results } = await client.executions();
	const executions = await Promise.all(results.map(async ({ id }) => await client.execution(id)));
	return new Map(
		executions
			.flatMap((execution) => outputOf(execution, FAILED_ORDERS))
			.map(({ orderId, step, reason }) => [orderId, `${step}: ${reason}`]),
	);
}

/** Places orders of all kinds, waits for them and prints how each stands. Answers whether all are right. */
export async function ordersOnce(stack: Stack): Promise<boolean> {
	const started = Date.now();
	console.log(`Placing ${PLAN.length} orders …`);
	const orders = await placeOrders(stack, PLAN);
	await stack.client.idle();
	const reasons = await failureReasons(stack);
	const rows = orders.map(({ id }, index) => ({
		...compareOrder(stack.sandbox, id),
		plan: PLAN[index],
		reason: reasons.get(id),
	}));
	const right = rows.filter(({ problems }) => problems.length === 0).length;
	console.log(`\n${table(COLUMNS, rows)}\n`);
	console.log(
		`${right} of ${PLAN.length} right, in ${Math.round((Date.now() - started) / 1000)} s`,
	);
	return right === PLAN.length;
}
