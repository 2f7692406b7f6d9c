import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { stockChange } from '../../Specter/changes';
import { mapStock } from '../mapping/stock';

/** A stock change of Specter's as the shop's stock (matrix S1, S2). */
export const mapStockChanges: Operation = {
	description: [],
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const change = checkRecord(stockChange, json, 'The stock change of Specter');
			return [mapStock(change) as unknown as IDataObject];
		});
	},
};
