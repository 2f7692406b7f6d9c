import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { CustomerSettings } from '../mapping/settings';
import { givenMap, mapProperty } from './maps';

/** The choices of matrix C2, C6 and C7. */
export const customerProperties: INodeProperties[] = [
	{
		displayName: 'Customer Type',
		name: 'customerType',
		type: 'options',
		options: [
			{
				name: 'Always Company',
				value: 'company',
			},
			{
				name: 'Always Person',
				value: 'person',
			},
			{
				name: 'As in the Shop',
				value: 'shop',
				description: 'The customer type of Vendre; where it has none, the company name decides',
			},
			{
				name: 'By Company Name',
				value: 'companyName',
				description: 'Company where a company name is given, else person',
			},
		],
		default: 'shop',
		description: 'Whether a customer becomes a company (C) or a person (P) in Specter',
	},
	mapProperty(
		'Languages',
		'languages',
		'From the shop’s language code to Specter’s, for example {"sv": "SE"}. The usual ones are known.',
	),
	mapProperty(
		'Countries',
		'countries',
		'From the shop’s country to its two-letter code, for example {"Sverige": "SE"}. Codes are taken as they are.',
	),
];

/** What the user chose for an item. */
export function givenCustomerSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): CustomerSettings {
	return {
		customerType: context.getNodeParameter(
			'customerType',
			itemIndex,
		) as CustomerSettings['customerType'],
		languages: givenMap(context, 'Languages', 'languages', itemIndex),
		countries: givenMap(context, 'Countries', 'countries', itemIndex),
	};
}
