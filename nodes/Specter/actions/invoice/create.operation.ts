import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { checkRecord } from '../../../shared/records';
import { specterInvoice } from '../../records';
import { refusalError, write } from '../../transport/client';
import { onceNotice } from '../onceNotice';

const description = forOperation('invoice', 'create', [
	onceNotice('invoice'),
	{
		displayName: 'Order Number',
		name: 'orderId',
		type: 'string',
		default: '={{ $json.orderNo }}',
		required: true,
		description: 'The number that Specter gave the order',
	},
	requestOptions,
]);

/**
 * newInvoiceSubmit: makes one invoice for a whole order per item, and tells its number (contract specter
 * §4). Nothing in it would let Specter refuse a double, so it is sent again only where it was certainly
 * not carried out.
 */
export const create: Operation = {
	description,
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const given = { orderId: context.getNodeParameter('orderId', itemIndex) };
			const { orderId } = checkRecord(specterInvoice, given, 'The invoice');
			const what = `the invoice for order ${orderId}`;
			const { answer } = await write(
				context,
				{ action: 'newInvoiceSubmit', orderId, typeInvoice: 'S' },
				{ repeatable: false, what, itemIndex },
			);
			if (answer.done) return [{ outcome: 'created', orderNo: orderId, invoiceId: answer.id }];
			throw refusalError(context.getNode(), answer, {
				what,
				advice: 'Check in Specter that the order can be invoiced, and run the item again.',
				itemIndex,
			});
		});
	},
};
