import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { readRecord } from '../../transport/client';
import { normalized } from '../../normalize';
import { givenId, idParameter } from '../parameters';

/** Reads one order with its rows and totals (contract vendre §4). */
export const get: Operation = {
	description: forOperation('order', 'get', [
		idParameter('orderId', 'Order ID', '$json.id'),
		requestOptions,
	]),
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const id = givenId(context, 'orderId', itemIndex);
			return [normalized('orders', await readRecord(context, 'orders', id, { itemIndex }))];
		});
	},
};
