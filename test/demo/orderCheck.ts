import type { OrderRecord, Sandbox } from '../sandbox';

/** How an order of the shop stands in Specter. Totals in whole öre (hundredths of the order's currency), incl. VAT. */
export interface OrderOutcome {
	order: OrderRecord;
	shopTotal: number;
	specterTotal?: number;
	specterNo?: number;
	/** What is wrong, a sentence each; empty where all is right. */
	problems: string[];
}

/**
 * Compares an order in the shop with what Specter has: one order, the same total to the öre, the number
 * saved in the shop, the customer and every article there, and as many pieces of each article as ordered.
 *
 * @param prefix stands before the shop's order numbers in Specter
 */
export function compareOrder(
	{ vendre, specter }: Sandbox,
	orderId: number,
	prefix = '',
): OrderOutcome {
	const order = vendre.orders.get(orderId);
	if (!order) throw new Error(`The shop has no order ${orderId}`);
	const shopTotal = vendre.orderTotal(orderId);
	const found = specter.ordersFor(`${prefix}${orderId}`);
	if (found.length === 0) {
		return { order, shopTotal, problems: ['did not arrive in Specter'] };
	}

	const [{ orderNo, customerId, rows }] = found;
	const specterTotal = specter.orderTotal(orderNo);
	const problems: string[] = [];
	if (found.length > 1) {
		problems.push(
			`is ${found.length} times in Specter: ${found.map((each) => each.orderNo).join(', ')}`,
		);
	}
	if (specterTotal !== shopTotal) {
		problems.push(`total differs by ${(specterTotal - shopTotal) / 100}`);
	}
	if (order.external_id !== String(orderNo)) {
		problems.push(`shop has Specter number "${order.external_id}" instead of "${orderNo}"`);
	}
	if (!specter.customers.has(customerId))
		problems.push(`customer ${customerId} is missing in Specter`);
	for (const { articleNo } of rows) {
		if (!specter.articles.has(articleNo))
			problems.push(`article ${articleNo} is missing in Specter`);
	}
	const arrived = quantities(rows.map((row) => [row.articleNo, Number(row.noOfItems)]));
	const ordered = quantities(order.products.map((row) => [row.model, row.quantity]));
	for (const [articleNo, quantity] of ordered) {
		const there = arrived.get(articleNo) ?? 0;
		if (there !== quantity) problems.push(`${there} of ${quantity} × ${articleNo} arrived`);
	}
	return { order, shopTotal, specterTotal, specterNo: orderNo, problems };
}

/** Pieces by article number: an article may stand on several rows, in the shop and in Specter. */
function quantities(rows: Array<[articleNo: string, quantity: number]>): Map<string, number> {
	const sums = new Map<string, number>();
	for (const [articleNo, quantity] of rows) {
		sums.set(articleNo, (sums.get(articleNo) ?? 0) + quantity);
	}
	return sums;
}
