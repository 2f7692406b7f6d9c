import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { Refusal } from '../../shared/refusal';
import { vendreProduct } from '../../Vendre/records';
import { articleNumberNotes, mapArticle } from '../mapping/article';
import { articleProperties, givenArticleSettings, vatByTaxClass } from './articleSettings';
import { givenMap } from './maps';

/**
 * A product of the shop as Specter's article (matrix P1–P8). `articleNo` is the number that Specter has it
 * by when the article has been sent.
 */
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
		{
			displayName: 'Number That It May Have',
			name: 'renamingTo',
			type: 'string',
			default: '',
			description:
				'The new number of an earlier rename of which nobody knows whether Specter took it. That rename is brought to its end first, also where the shop has changed the number again.',
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
			const begun = String(context.getNodeParameter('renamingTo', itemIndex, '') || '');
			const articleNo = begun || current;
			const article = mapArticle(
				product,
				{
					articleNo: known,
					newArticleNo: known === articleNo ? undefined : articleNo,
					mayBeRenamed: begun ? true : undefined,
					vatPercent: vat,
				},
				givenArticleSettings(context, itemIndex),
			);
			const mapped = { productId: product.id, articleNo, articles: [article] };
			return [{ ...mapped, notes: articleNumberNotes(current) } as unknown as IDataObject];
		});
	},
};
