import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { vendreCustomer } from '../../Vendre/records';
import { mapCustomer } from '../mapping/customer';
import { partyOfCustomer } from '../mapping/party';
import { customerProperties, givenCustomerSettings } from './customerSettings';

/** A customer of the shop as Specter's (matrix C1–C16). */
export const mapCustomers: Operation = {
	description: forOperation('customer', 'mapToSpecter', customerProperties),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const customer = checkRecord(vendreCustomer, json, 'The customer of the shop');
			const mapped = mapCustomer(
				partyOfCustomer(customer),
				givenCustomerSettings(context, itemIndex),
			);
			return [{ shopCustomerId: customer.id, ...mapped } as unknown as IDataObject];
		});
	},
};
