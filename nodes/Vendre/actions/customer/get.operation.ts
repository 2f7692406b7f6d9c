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

/** Reads one customer (contract vendre §3). */
export const get: Operation = {
	description: forOperation('customer', 'get', [
		idParameter('customerId', 'Customer ID', '$json.customer_id'),
		requestOptions,
	]),
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const id = givenId(context, 'customerId', itemIndex);
			return [normalized('customers', await readRecord(context, 'customers', id, { itemIndex }))];
		});
	},
};
