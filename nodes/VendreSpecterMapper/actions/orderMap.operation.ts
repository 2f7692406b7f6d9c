import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { vendreOrder } from '../../Vendre/records';
import { mapOrder, productRecordsOf } from '../mapping/order';
import { articleProperties } from './articleSettings';
import { customerProperties } from './customerSettings';
import { givenOrderSettings, orderProperties } from './orderSettings';

/** An order of the shop as Specter's customer, articles and order (matrix O1–O32). */
export const mapOrders: Operation = {
	description: forOperation('order', 'mapToSpecter', [
		...orderProperties,
		...customerProperties,
		...articleProperties,
	]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const order = checkRecord(vendreOrder, json, 'The order of the shop');
			const mapped = mapOrder(
				order,
				productRecordsOf(json.productRecords),
				givenOrderSettings(context, itemIndex),
			);
			return [mapped as unknown as IDataObject];
		});
	},
};
