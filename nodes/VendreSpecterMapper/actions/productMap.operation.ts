import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { Refusal } from '../../shared/refusal';
import { vendreProduct } from '../../Vendre/records';
import { articleNumberNotes, mapArticle } from '../mapping/article';
import { articleProperties, givenArticleSettings, vatByTaxClass } from './articleSettings';
import { givenMap } from './maps';

/** A product of the shop as Specter's article (matrix P1–P8). */
export const mapProducts: Operation = {
	description: forOperation('product', 'mapToSpecter', [
		vatByTaxClass,
		{
			displayName: 'Article Number in Specter',
			name: 'specterArticleNo',
			type: 'string',
			default: '',
			description:
				'The number that Specter has the article by, where the shop changed it since. The new number is then sent as the rename. Empty: the product’s own number.',
		},
		...articleProperties,
	]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const product = checkRecord(vendreProduct, json, 'The product of the shop');
			const taxClass = String(product.tax_class_id ?? '');
			const vat = givenMap(context, 'VAT by Tax Class', 'vatByTaxClass', itemIndex)[taxClass];
			if (vat === undefined) {
				throw new Refusal(
					`Product ${product.id} has tax class "${taxClass}", for which no VAT is given`,
					'Enter the class in the mapper under VAT by Tax Class.',
				);
			}
			const current = product.article_number;
			const known = String(context.getNodeParameter('specterArticleNo', itemIndex) || current);
			const article = mapArticle(
				product,
				{
					articleNo: known,
					newArticleNo: known === current ? undefined : current,
					vatPercent: vat,
				},
				givenArticleSettings(context, itemIndex),
			);
			const notes = articleNumberNotes(current);
			return [{ productId: product.id, articles: [article], notes } as unknown as IDataObject];
		});
	},
};
