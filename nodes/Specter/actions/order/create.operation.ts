import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	parallelRequests,
	type Operation,
} from '../../../shared/operation';
import { checkRecord } from '../../../shared/records';
import { specterOrder } from '../../records';
import { accountDialect } from '../../transport/account';
import { refusalError, write } from '../../transport/client';
import { saysDuplicateOrder } from '../../transport/duplicateOrder';
import { rowParameters, toParameters } from '../../transport/parameters';
import { givenRecordWithRows, recordInput, rowsInput } from '../recordInput';

const flag = { type: 'boolean', default: true } as const;

const description = forOperation('order', 'create', [
	...recordInput(
		'order',
		'Order',
		{
			customerId: 'Customer Number',
			externalOrderNo: 'External Order Number',
			webshopId: 'Web-Shop ID',
			customerOrderReference: 'Customer Order Reference',
			customerReference: 'Customer Reference',
			customerOrganizationalForm: 'Customer Type',
			firstName: 'First Name',
			surName: 'Last Name',
			name: 'Company Name',
			orgNo: 'Organisation Number',
			orderDate: 'Order Date',
			deliveryDate: 'Delivery Date',
			currency: 'Currency',
			language: 'Language',
			stocksiteid: 'Stock Site ID',
			payTypeIdentifier: 'Payment Method',
			payTypeReference: 'Payment Reference',
			payTypeIdentifierPaySystemUser: 'Payment System User',
			isPrepayment: 'Prepayment',
			internalComment: 'Internal Comment',
			publishedComment: 'Public Comment',
			externalDeliveryMethod: 'Shipping Method',
			preparedShipmentId: 'Prepared Shipment ID',
			sendOrderMail: 'Send Order Mail',
			sendOrderMailToUser: 'Send Order Mail to User',
			shopEmail: 'Shop E-Mail',
			notifyDeliveryByMobile: 'Notify of Delivery by Mobile',
			notifyDeliveryMobileNo: 'Mobile to Notify',
			deliveryCompanyName: 'Delivery Company Name',
			deliveryAttention: 'Delivery Attention',
			deliveryAddress: 'Delivery Street',
			deliveryAddressRow2: 'Delivery Street, Row 2',
			deliveryZipCodeEng: 'Delivery Postcode',
			deliveryCity: 'Delivery City',
			deliveryregion: 'Delivery Region',
			deliveryCountryCode: 'Delivery Country Code',
		},
		{
			isPrepayment: flag,
			sendOrderMail: flag,
			sendOrderMailToUser: flag,
			notifyDeliveryByMobile: flag,
		},
	),
	rowsInput([
		{ displayName: 'Article Number', name: 'articleNo', type: 'string', default: '' },
		{ displayName: 'Comment', name: 'articleComment', type: 'string', default: '' },
		{ displayName: 'Name', name: 'articleName', type: 'string', default: '' },
		{ displayName: 'Price Excl. VAT', name: 'priceExclVAT', type: 'string', default: '' },
		{ displayName: 'Quantity', name: 'noOfItems', type: 'string', default: '1' },
		{ displayName: 'VAT Percent', name: 'vatPercent', type: 'string', default: '25' },
	]),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Allow a Known External Number',
				name: 'ignoreExternalOrderNoControl',
				type: 'boolean',
				default: false,
				description:
					'Whether Specter makes a second order with an external order number that it has already. Takes away the protection against doubles.',
			},
			parallelRequests,
		],
	},
]);

/**
 * newOrderSubmit: makes one order per item (matrix O5–O32, contract specter §4). With an external
 * order number the call can be repeated: Specter refuses the double, and the outcome is `duplicate`
 * with no order number, because Specter does not tell the number of the order that it has.
 */
export const create: Operation = {
	description,
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const dialect = await accountDialect(context);
			const given = givenRecordWithRows(context, 'order', itemIndex);
			const { rows, ...header } = checkRecord(specterOrder, given, 'The order');
			const ignoreControl = context.getNodeParameter(
				'options.ignoreExternalOrderNoControl',
				itemIndex,
				false,
			) as boolean;
			const what = `the order ${header.externalOrderNo ?? ''}`.trim();
			const { answer } = await write(
				context,
				{
					action: 'newOrderSubmit',
					userSource: 'webuser',
					...(ignoreControl ? { ignoreExternalOrderNoControl: '1' } : {}),
					...toParameters(header),
					...rowParameters(rows),
				},
				{ repeatable: Boolean(header.externalOrderNo) && !ignoreControl, what, itemIndex },
			);
			const ids = { externalOrderNo: header.externalOrderNo, customerId: header.customerId };
			if (answer.done) {
				return [{ outcome: 'created', orderNo: answer.id, ...ids, message: answer.message }];
			}
			if (header.externalOrderNo && saysDuplicateOrder(answer, dialect)) {
				return [{ outcome: 'duplicate', orderNo: null, ...ids, message: answer.message }];
			}
			throw refusalError(context.getNode(), answer, {
				what,
				advice:
					'Specter has stored nothing of this order. Correct what it names, in the shop or in the settings, and run the item again.',
				itemIndex,
			});
		});
	},
};
