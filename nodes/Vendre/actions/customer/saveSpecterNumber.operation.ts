import { forOperation, requestOptions } from '../../../shared/operation';
import { idParameter } from '../parameters';
import { saveSpecterNumberOperation, specterNumberParameter } from '../specterNumber';

/** Saves Specter's customer number on the customer, so that it identifies him from then on (matrix C1). */
export const saveSpecterNumber = saveSpecterNumberOperation(
	'customer',
	forOperation('customer', 'saveSpecterNumber', [
		idParameter('customerId', 'Customer ID', '$json.customer_id'),
		specterNumberParameter('Specter Customer Number', '$json.customerId'),
		requestOptions,
	]),
);
