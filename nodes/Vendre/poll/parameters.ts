import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { PAGE_SIZE } from '../transport/dialect';
import { SENT_PRODUCT_FIELDS } from '../fingerprint';
import { simplify } from '../actions/product/get.operation';
import type { PollResource } from './settings';

const CALLS_FOR_10_000 = 10_000 / PAGE_SIZE;

/** The purchase price is known to the shop's buyers first, and most accounts do not take it (matrix P5). */
const PRODUCT_FIELDS = SENT_PRODUCT_FIELDS.filter((field) => field !== 'price_in');

/** What Specter gets of a customer (matrix C2–C16); Specter's own number, which we save, is none of it. */
const customerFields: INodePropertyOptions[] = [
	{ name: 'Address', value: 'address_street' },
	{ name: 'Address, Second Line', value: 'address_street2' },
	{ name: 'City', value: 'address_city' },
	{ name: 'Company', value: 'company' },
	{ name: 'Country', value: 'address_country_code_alpha2' },
	{ name: 'Customer Type', value: 'type' },
	{ name: 'Delivery Address', value: 'delivery_address' },
	{ name: 'Email', value: 'email_address' },
	{ name: 'Fax', value: 'fax' },
	{ name: 'First Name', value: 'name_first' },
	{ name: 'Language', value: 'language_code' },
	{ name: 'Last Name', value: 'name_last' },
	{ name: 'Mobile Phone', value: 'phone_mobile' },
	{ name: 'Organisation Number', value: 'identification_number' },
	{ name: 'Phone', value: 'phone_default' },
	{ name: 'Postcode', value: 'address_postcode' },
	{ name: 'VAT Number', value: 'vat' },
];

const modifiedDate: INodePropertyOptions = {
	name: 'Modified Date',
	value: 'date_modified',
	description: 'Any change at all that the shop dates',
};

const orderFields: INodePropertyOptions[] = [
	{ name: 'Billing Address', value: 'billing_address' },
	{ name: 'Comment', value: 'customer_comment' },
	{ name: 'Delivery Address', value: 'delivery_address' },
	modifiedDate,
	{ name: 'Specter Number', value: 'external_id' },
	{ name: 'Status', value: 'status_id' },
];

const productFields: INodePropertyOptions[] = [
	{ name: 'Article Number', value: 'article_number' },
	{ name: 'Categories', value: 'category_ids' },
	{ name: 'EAN', value: 'ean1' },
	{ name: 'Listing', value: 'show' },
	{ name: 'Manufacturer’s Number', value: 'manufacturer_model' },
	modifiedDate,
	{ name: 'Name', value: 'name' },
	{ name: 'Price', value: 'price' },
	{ name: 'Purchase Price', value: 'price_in' },
	{ name: 'Status', value: 'status' },
	{ name: 'Stock', value: 'quantity' },
	{ name: 'VAT Class', value: 'tax_class_id' },
	{ name: 'Weight', value: 'weight' },
];

function changeFields(
	resource: PollResource,
	options: INodePropertyOptions[],
	usual: readonly string[],
): INodeProperties {
	return {
		displayName: 'Fields That Count',
		name: 'changeFields',
		type: 'multiOptions',
		options,
		default: [...usual],
		displayOptions: { show: { resource: [resource] } },
		description:
			'A record is handed on when one of these fields has changed; with none, only when it is new. An expression may name any other field of the shop. When you change the choice, records that were handed on before may come once more.',
	};
}

/** The parameters of the poll trigger; n8n adds the poll times. */
export const properties: INodeProperties[] = [
	{
		displayName: `The shop cannot be asked for changes, so every poll reads the whole list, ${PAGE_SIZE} rows a call: 10,000 products cost ${CALLS_FOR_10_000} calls a poll. Poll as seldom as you can bear.`,
		name: 'cost',
		type: 'notice',
		default: '',
		displayOptions: { show: { lookThrough: ['all'] } },
	},
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Customer', value: 'customer' },
			{ name: 'Order', value: 'order' },
			{ name: 'Product', value: 'product' },
		],
		default: 'product',
	},
	changeFields(
		'customer',
		customerFields,
		customerFields.map(({ value }) => value as string),
	),
	changeFields('order', orderFields, ['status_id']),
	changeFields('product', productFields, PRODUCT_FIELDS),
	{
		displayName: 'First Poll',
		name: 'firstPoll',
		type: 'options',
		options: [
			{
				name: 'Everything',
				value: 'everything',
				description: 'Hand on every record that the shop has',
			},
			{
				name: 'Only Later Changes',
				value: 'laterChanges',
				description:
					'Take note of what the shop has, and hand on what is new or changed after that',
			},
		],
		default: 'everything',
		description:
			'What becomes of the records that are there when the trigger looks for the first time',
	},
	{
		displayName: 'Look Through',
		name: 'lookThrough',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'The whole list' },
			{
				name: 'Newest',
				value: 'newest',
				description: 'Only the records with the highest IDs, in few calls',
			},
		],
		default: 'all',
		description:
			'How much of the list each poll reads. Of orders the newest usually do: as many as come in the days within which an unfinished order may still be finished.',
	},
	{
		displayName: 'Number of Newest',
		name: 'newest',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 500,
		displayOptions: { show: { lookThrough: ['newest'] } },
		description: 'How many of the newest records each poll looks through',
	},
	{ ...simplify, displayOptions: { show: { resource: ['product'] } } },
	{
		displayName: 'Read Each in Full',
		name: 'readInFull',
		type: 'boolean',
		default: true,
		displayOptions: { show: { resource: ['order'] } },
		description:
			'Whether to read each order that is handed on by its ID as well, because rows of a list may lack order rows and totals',
	},
	{
		displayName: 'Batch Size',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description:
			'Max number of items handed on to one execution. They count as handed on when it has ended well; when it fails, all of them come again.',
	},
];
