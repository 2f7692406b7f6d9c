import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { productsByIds } from '../../transport/products';
import { shopOf } from '../../transport/shop';
import { normalized, simplifiedProduct } from '../../normalize';

/** The shop's ids of the products on an order's rows. */
function productIds(order: IDataObject): number[] {
	const rows = Array.isArray(order.products) ? (order.products as IDataObject[]) : [];
	return rows.map((row) => Number(row.product_id)).filter((id) => Number.isInteger(id) && id > 0);
}

/**
 * Adds the product records of an order's rows to the order, as `productRecords` (matrix O2), each with
 * its `shop`. The products of all items are asked for together, 50 a call; one that the shop no longer
 * has is left out.
 */
export const getForOrder: Operation = {
	description: forOperation('product', 'getForOrder', [requestOptions]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const shop = await shopOf(context);
		const orders = context.getInputData().map(({ json }) => json);
		const reading = productsByIds(context, orders.flatMap(productIds), limit);
		// Each item waits for the shared look-up, so that a failure of it is every item's own.
		return await runPerItem(context, orders.length, async (itemIndex) => {
			const products = await reading;
			const productRecords = [...new Set(productIds(orders[itemIndex]))]
				.map((id) => products.get(id))
				.filter((product) => product !== undefined)
				.map((product) => ({ ...simplifiedProduct(normalized('products', product)), shop }));
			return [{ ...orders[itemIndex], productRecords }];
		});
	},
};
