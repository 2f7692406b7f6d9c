import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { articleChange } from '../../Specter/changes';
import { mapProduct } from '../mapping/product';
import { givenProductSettings, productProperties } from './productSettings';

/** An article change of Specter's as a product of the shop (matrix A1–A17). */
export const mapArticleChanges: Operation = {
	description: forOperation('product', 'mapToVendre', productProperties),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const change = checkRecord(articleChange, json, 'The article change of Specter');
			const mapped = mapProduct(change, givenProductSettings(context, itemIndex));
			return [mapped as unknown as IDataObject];
		});
	},
};
