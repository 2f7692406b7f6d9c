import {
	jsonParse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { checkRecord } from '../../../shared/records';
import { Refusal } from '../../../shared/refusal';
import { vendreProductFields } from '../../records';

/** The fields that can be filled in one by one; the names are the shop's. */
const fieldChoices: INodeProperties[] = [
	{
		displayName: 'Category Names or IDs',
		name: 'category_ids',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getCategories' },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	},
	{ displayName: 'EAN', name: 'ean1', type: 'string', default: '' },
	{
		displayName: 'Language of Name',
		name: 'language',
		type: 'string',
		default: 'sv',
		placeholder: 'e.g. sv',
		description: 'The shop’s own key of the language; names in other languages stay as they are',
	},
	{
		displayName: 'Manufacturer’s Article Number',
		name: 'manufacturer_model',
		type: 'string',
		default: '',
	},
	{ displayName: 'Name', name: 'name', type: 'string', default: '' },
	{ displayName: 'Notes', name: 'note', type: 'string', default: '' },
	{
		displayName: 'Price Excl. VAT',
		name: 'price',
		type: 'number',
		typeOptions: { numberPrecision: 4 },
		default: 0,
	},
	{
		displayName: 'Purchase Price',
		name: 'price_in',
		type: 'number',
		typeOptions: { numberPrecision: 4 },
		default: 0,
	},
	{ displayName: 'Reorder Point', name: 'reorder_stock', type: 'number', default: 0 },
	{
		displayName: 'Show in Listing',
		name: 'show',
		type: 'boolean',
		default: true,
		description: 'Whether the product is shown in the shop’s listings',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'boolean',
		default: true,
		description: 'Whether the product is active',
	},
	{
		displayName: 'Tax Class ID',
		name: 'tax_class_id',
		type: 'number',
		default: 0,
		description: 'The ID stands in Vendre’s settings; the API cannot list tax classes',
	},
	{
		displayName: 'Weight (Kg)',
		name: 'weight',
		type: 'number',
		typeOptions: { numberPrecision: 3 },
		default: 0,
	},
];

/** A record of product fields that can be given whole, by its parameter. */
export interface WholeRecord {
	name: string;
	displayName: string;
	description: string;
}

/**
 * The two ways to give fields of a product: as records, which the mapper puts out, or filled in one by
 * one, which stands for each of the records.
 */
export function fieldsInput(records: WholeRecord[]): INodeProperties[] {
	return [
		{
			displayName: 'Data',
			name: 'dataMode',
			type: 'options',
			options: [
				{ name: 'Fields Below', value: 'fields', description: 'Each field filled in here' },
				{
					name: 'Whole Record',
					value: 'record',
					description: 'As the Vendre Specter Mapper puts it out',
				},
			],
			default: 'record',
		},
		...records.map(
			({ name, displayName, description }): INodeProperties => ({
				displayName,
				name,
				type: 'json',
				default: `={{ $json.${name} }}`,
				required: true,
				displayOptions: { show: { dataMode: ['record'] } },
				description,
			}),
		),
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { dataMode: ['fields'] } },
			options: fieldChoices,
		},
	];
}

/**
 * The fields that an item gives for one of the records.
 * @throws {Refusal} where there are none, or for a value that the shop's field cannot have
 */
export function givenFields(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): IDataObject {
	const filledIn = context.getNodeParameter('dataMode', itemIndex) === 'fields';
	const given = filledIn
		? filledInFields(context, itemIndex)
		: wholeRecord(context, name, itemIndex);
	return checkRecord(vendreProductFields, given, 'The product') as IDataObject;
}

function filledInFields(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const { language, name, ...fields } = context.getNodeParameter(
		'fields',
		itemIndex,
		{},
	) as IDataObject;
	return name === undefined ? fields : { ...fields, name: { [String(language ?? 'sv')]: name } };
}

function wholeRecord(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	const given = context.getNodeParameter(name, itemIndex);
	const value =
		typeof given === 'string' ? jsonParse<unknown>(given, { fallbackValue: null }) : given;
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
	throw new Refusal(
		`The parameter ${name} holds no fields`,
		`Give it the fields as JSON, for example {{ $json.${name} }} right after the Vendre Specter Mapper.`,
	);
}
