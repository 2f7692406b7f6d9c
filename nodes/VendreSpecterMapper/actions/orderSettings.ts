import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { LineArticle, OrderSettings } from '../mapping/settings';
import { givenArticleSettings, vatByTaxClass } from './articleSettings';
import { givenCustomerSettings } from './customerSettings';
import { givenMap, mapProperty } from './maps';
import { givenPrefix, prefixProperty } from './orderNumberPrefix';

/** The article of a kind of line, as two fields: its number and its name in Specter. */
function lineFields(
	kind: string,
	label: string,
	articleNo: string,
	name: string,
): INodeProperties[] {
	return [
		{
			displayName: `${label}: Article Number`,
			name: `${kind}ArticleNo`,
			type: 'string',
			default: articleNo,
		},
		{ displayName: `${label}: Name`, name: `${kind}Name`, type: 'string', default: name },
	];
}

const lineDefaults = {
	discount: { label: 'Discount', articleNo: 'RABATT', name: 'Rabatt' },
	fee: { label: 'Fee', articleNo: 'AVGIFT', name: 'Avgift' },
	freight: { label: 'Freight', articleNo: 'FRAKT', name: 'Frakt' },
	giftCard: { label: 'Gift Card', articleNo: 'PRESENTKORT', name: 'Presentkort' },
	rounding: { label: 'Rounding', articleNo: 'AVRUNDNING', name: 'Öresavrundning' },
} as const;
type LineKind = keyof typeof lineDefaults;

/** The choices of matrix O14–O32. */
export const orderProperties: INodeProperties[] = [
	mapProperty(
		'Payment Codes',
		'paymentCodes',
		'From the code or name of the shop’s payment method to Specter’s code, for example {"klarna_checkout": "KG"}. Without an entry the module’s own code (Extern modulidentifierare) goes through as it stands.',
	),
	{
		displayName: 'Payment Fallback',
		name: 'paymentFallback',
		type: 'string',
		default: '',
		description:
			'The code for a payment method that has none. Empty: such an order is stopped, with a sentence that says where to enter the code.',
	},
	mapProperty(
		'Shipping Codes',
		'shippingCodes',
		'From the code or name of the shop’s shipping method to Specter’s. Without an entry the module’s own code goes through as it stands.',
	),
	{
		displayName: 'Shipping Fallback',
		name: 'shippingFallback',
		type: 'string',
		default: '',
		description: 'The code for a shipping method that has none. Empty: such an order is stopped.',
	},
	{
		displayName: 'Send Order Mail',
		name: 'sendOrderMail',
		type: 'boolean',
		default: false,
		description: 'Whether Specter mails the order confirmation to the customer',
	},
	{
		displayName: 'Web-Shop ID',
		name: 'webshopId',
		type: 'string',
		default: '',
		description: 'The shop’s ID in Specter, where several shops share one account',
	},
	prefixProperty,
	{
		displayName: 'Shop E-Mail',
		name: 'shopEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. order@myshop.se',
		description: 'The shop’s own e-mail address; sent only when it is entered here',
	},
	{
		displayName: 'Payment Reference',
		name: 'paymentReference',
		type: 'options',
		options: [
			{ name: 'Always', value: 'always' },
			{ name: 'For DIBS and Klarna', value: 'dibsKlarna' },
			{ name: 'Never', value: 'never' },
		],
		default: 'dibsKlarna',
		description: 'When to send the reference of the payment',
	},
	{
		displayName: 'Customer Reference As',
		name: 'customerReferenceAs',
		type: 'options',
		options: [
			{ name: 'Customer Order Reference', value: 'customerOrderReference' },
			{ name: 'Customer Reference', value: 'customerReference' },
		],
		default: 'customerReference',
		description: 'The field of Specter’s order that gets the customer’s reference from the shop',
	},
	{
		displayName: 'Make Articles for Other Lines',
		name: 'makeLineArticles',
		type: 'boolean',
		default: true,
		description:
			'Whether the articles for freight, fee, discount, gift card and rounding are sent with each order, so that they are made when missing. Turn it off once they stand in Specter with a name and price of your own.',
	},
	{
		displayName: 'Articles for Other Lines',
		name: 'lines',
		type: 'collection',
		placeholder: 'Add Article',
		default: {},
		description: 'Which articles stand for freight, fee, discount, gift card and rounding',
		options: [
			...Object.entries(lineDefaults).flatMap(([kind, { label, articleNo, name }]) =>
				lineFields(kind, label, articleNo, name),
			),
			mapProperty(
				'Other Totals',
				'otherTotals',
				'From a further class of order totals to the article number for it, for example {"ot_wrapping": "INSLAGNING"}',
			),
		],
	},
	{
		...vatByTaxClass,
		description:
			'From the shop’s tax class ID to VAT in percent, for the articles of an order that goes abroad, whose rows have another VAT or none. Articles of other orders get the VAT of their row.',
	},
	mapProperty(
		'Article Numbers in Specter',
		'articleNumbers',
		'From a product’s ID to the number that Specter has it by, for example {"5001": "MUG-1"}. Rows of other products go by the number on the order. An empty one stops the order: the number is being changed.',
	),
];

/** What the user chose for an item. */
export function givenOrderSettings(context: IExecuteFunctions, itemIndex: number): OrderSettings {
	const given = <Value>(name: string) => context.getNodeParameter(name, itemIndex) as Value;
	const lines = context.getNodeParameter('lines', itemIndex, {}) as IDataObject;
	const line = (kind: LineKind): LineArticle => ({
		articleNo: String(lines[`${kind}ArticleNo`] || lineDefaults[kind].articleNo).trim(),
		name: String(lines[`${kind}Name`] || lineDefaults[kind].name),
	});
	return {
		...givenCustomerSettings(context, itemIndex),
		...givenArticleSettings(context, itemIndex),
		vatByTaxClass: givenMap(context, 'VAT by Tax Class', 'vatByTaxClass', itemIndex),
		articleNumbers: givenMap(context, 'Article Numbers in Specter', 'articleNumbers', itemIndex),
		paymentCodes: givenMap(context, 'Payment Codes', 'paymentCodes', itemIndex),
		paymentFallback: given('paymentFallback'),
		shippingCodes: givenMap(context, 'Shipping Codes', 'shippingCodes', itemIndex),
		shippingFallback: given('shippingFallback'),
		paymentReference: given('paymentReference'),
		customerReferenceAs: given('customerReferenceAs'),
		sendOrderMail: given('sendOrderMail'),
		webshopId: String(given('webshopId') ?? ''),
		orderNumberPrefix: givenPrefix(context, itemIndex),
		shopEmail: given('shopEmail'),
		makeLineArticles: given('makeLineArticles'),
		freight: line('freight'),
		fee: line('fee'),
		discount: line('discount'),
		giftCard: line('giftCard'),
		rounding: line('rounding'),
		otherTotals: givenMap(context, 'Other Totals', 'lines.otherTotals', itemIndex),
	};
}
