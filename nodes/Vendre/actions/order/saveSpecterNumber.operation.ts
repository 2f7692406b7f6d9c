import { forOperation, requestOptions } from '../../../shared/operation';
import { idParameter } from '../parameters';
import { saveSpecterNumberOperation, specterNumberParameter } from '../specterNumber';

/** Saves Specter's order number on the order, where the shop's admin shows it (matrix O4). */
export const saveSpecterNumber = saveSpecterNumberOperation(
	'order',
	forOperation('order', 'saveSpecterNumber', [
		idParameter('orderId', 'Order ID', '$json.externalOrderNo'),
		specterNumberParameter('Specter Order Number', '$json.orderNo'),
		requestOptions,
	]),
);
