import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { checkRecord } from '../../../shared/records';
import { specterDelivery } from '../../records';
import { accountDialect } from '../../transport/account';
import { refusalError, write } from '../../transport/client';
import { rowParameters, toParameters } from '../../transport/parameters';
import { todayIn } from '../../transport/today';
import { onceNotice } from '../onceNotice';
import { givenRecordWithRows, recordInput, rowsInput } from '../recordInput';

const description = forOperation('delivery', 'create', [
	onceNotice('delivery'),
	...recordInput(
		'delivery',
		'Delivery',
		{ orderId: 'Order Number', deliveryDate: 'Delivery Date' },
		{
			orderId: { description: 'The number that Specter gave the order' },
			deliveryDate: {
				placeholder: 'e.g. 2026-01-31',
				description: 'As YYYY-MM-DD; today in Sweden where none is given',
			},
		},
	),
	rowsInput([
		{ displayName: 'Article Number', name: 'articleNo', type: 'string', default: '' },
		{ displayName: 'Quantity', name: 'noOfItems', type: 'string', default: '1' },
	]),
	requestOptions,
]);

/**
 * newDeliverySubmit: makes one delivery of an order's rows per item, dated today in Sweden where no
 * date is given (contract specter §4). Nothing in it would let Specter refuse a double, so it is sent
 * again only where it was certainly not carried out.
 */
export const create: Operation = {
	description,
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const dialect = await accountDialect(context);
			const given = givenRecordWithRows(context, 'delivery', itemIndex);
			const {
				orderId,
				deliveryDate = todayIn(dialect.timeZone),
				rows,
			} = checkRecord(specterDelivery, given, 'The delivery');
			const what = `the delivery of order ${orderId}`;
			const { answer } = await write(
				context,
				{
					action: 'newDeliverySubmit',
					useArticleNoRowMapping: '1',
					...toParameters({ orderId, deliveryDate }),
					...rowParameters(rows),
				},
				{ repeatable: false, what, itemIndex },
			);
			if (answer.done) return [{ outcome: 'created', orderNo: orderId, message: answer.message }];
			throw refusalError(context.getNode(), answer, {
				what,
				advice:
					'Check in Specter that the order has these articles and that so many are left to deliver, and run the item again.',
				itemIndex,
			});
		});
	},
};
