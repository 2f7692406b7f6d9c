import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ProductSettings } from '../mapping/settings';
import { givenMap, mapProperty } from './maps';

/** A field that is there only where suppliers are taken. */
const ofSuppliers = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { takeSuppliers: [true] } },
});

/** The choices of matrix A3, A5, A7, A8, A10, A11 and A15. */
export const productProperties: INodeProperties[] = [
	{
		displayName: 'Language of Product Names',
		name: 'nameLanguage',
		type: 'string',
		default: 'sv',
		description: 'The language of the shop that gets the name from Specter',
	},
	{
		displayName: 'Status of New Products',
		name: 'newProductsActive',
		type: 'boolean',
		default: false,
		description:
			'Whether a new product is active at once. Off: it stays inactive until someone has added texts and pictures. Products that are there keep their status.',
	},
	{
		displayName: 'Category IDs of New Products',
		name: 'categoryIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 734, 348',
		description:
			'The categories that a new product stands in, with commas between. Empty: none is sent.',
	},
	mapProperty(
		'Tax Class by VAT',
		'taxClassByVat',
		'From VAT in percent to the shop’s tax class ID; every shop has its own',
		{ 25: '2', 12: '4', 6: '3', 0: '5' },
	),
	{
		displayName: 'Take Purchase Price',
		name: 'takePurchasePrice',
		type: 'boolean',
		default: true,
		description: 'Whether a new product gets the purchase price (inköpspris) from Specter',
	},
	{
		displayName: 'Take Reorder Point',
		name: 'takeReorderPoint',
		type: 'boolean',
		default: true,
		description: 'Whether a new product gets the reorder point (beställningspunkt) from Specter',
	},
	{
		displayName: 'Packages Are Sold',
		name: 'packagesAreSold',
		type: 'boolean',
		default: false,
		description:
			'Whether the shop sells packages (paketförsäljning). New products then get neither purchase price nor reorder point; an article that is itself a package never gets them.',
	},
	{
		displayName: 'Take Suppliers',
		name: 'takeSuppliers',
		type: 'boolean',
		default: false,
		description:
			'Whether products get their suppliers from Specter. Only for a shop that has suppliers.',
	},
	ofSuppliers(
		mapProperty(
			'Supplier IDs',
			'supplierIds',
			'From Specter’s supplier number to the shop’s supplier ID, for example {"1001": "4"}. A supplier that is not here is left out, with a note.',
		),
	),
	ofSuppliers({
		displayName: 'Currency ID of Suppliers',
		name: 'supplierCurrencyId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3',
		description:
			'The shop’s ID of the currency that Specter’s purchase prices are in. Empty: none is sent.',
	}),
];

/** What the user chose for an item. */
export function givenProductSettings(
	context: IExecuteFunctions,
	itemIndex: number,
): ProductSettings {
	const given = <Value>(name: string) => context.getNodeParameter(name, itemIndex) as Value;
	return {
		nameLanguage: given('nameLanguage'),
		newProductsActive: given('newProductsActive'),
		categoryIds: String(given('categoryIds') ?? ''),
		taxClassByVat: givenMap(context, 'Tax Class by VAT', 'taxClassByVat', itemIndex),
		takePurchasePrice: given('takePurchasePrice'),
		takeReorderPoint: given('takeReorderPoint'),
		packagesAreSold: given('packagesAreSold'),
		suppliers: given('takeSuppliers')
			? {
					ids: givenMap(context, 'Supplier IDs', 'supplierIds', itemIndex),
					currencyId: String(given('supplierCurrencyId') ?? ''),
				}
			: undefined,
	};
}
