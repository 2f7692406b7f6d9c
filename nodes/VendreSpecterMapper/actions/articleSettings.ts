import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ArticleSettings } from '../mapping/settings';
import { mapProperty } from './maps';

/** Matrix P3. */
export const vatByTaxClass = mapProperty(
	'VAT by Tax Class',
	'vatByTaxClass',
	'From the shop’s tax class ID to VAT in percent; every shop has its own',
	{ 2: '25', 4: '12', 3: '6', 5: '0' },
);

/** The choices of matrix P1, P5 and P8. */
export const articleProperties: INodeProperties[] = [
	{
		displayName: 'Language of Product Names',
		name: 'nameLanguage',
		type: 'string',
		default: 'sv',
		description: 'The language of the shop whose product name Specter gets',
	},
	{
		displayName: 'Send Purchase Price',
		name: 'purchasePrice',
		type: 'boolean',
		default: false,
		description:
			'Whether to send the purchase price (inköpspris). It has an effect only where Specter keeps no suppliers for the article.',
	},
	{
		displayName: 'Stock on Creation',
		name: 'stockOnCreation',
		type: 'boolean',
		default: false,
		description:
			'Whether an article gets the shop’s stock when it is created. Specter never takes stock on an update.',
	},
];

/** What the user chose for an item. */
export function givenArticleSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): ArticleSettings {
	return {
		nameLanguage: context.getNodeParameter('nameLanguage', itemIndex) as string,
		purchasePrice: context.getNodeParameter('purchasePrice', itemIndex) as boolean,
		stockOnCreation: context.getNodeParameter('stockOnCreation', itemIndex) as boolean,
	};
}
