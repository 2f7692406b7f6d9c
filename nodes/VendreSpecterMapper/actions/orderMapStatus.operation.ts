import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { orderChange } from '../../Specter/changes';
import { mapOrderStatus } from '../mapping/orderStatus';
import { givenPrefix, prefixProperty } from './orderNumberPrefix';
import { givenStatusRules, statusProperties } from './statusSettings';

/** An order change of Specter's as the status of the shop's order (matrix T1). */
export const mapOrderStatuses: Operation = {
	description: forOperation('order', 'mapStatusToVendre', [...statusProperties, prefixProperty]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const change = checkRecord(orderChange, json, 'The order change of Specter');
			const mapped = mapOrderStatus(
				change,
				givenStatusRules(context, itemIndex),
				givenPrefix(context, itemIndex),
			);
			return [mapped as unknown as IDataObject];
		});
	},
};
