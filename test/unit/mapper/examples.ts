import { vendreOrder, type VendreOrder } from '../../../nodes/Vendre/records';
import type { OrderSettings } from '../../../nodes/VendreSpecterMapper/mapping/settings';

/** The mapper's parameters as a user finds them. */
export const settings: OrderSettings = {
	customerType: 'shop',
	languages: {},
	countries: {},
	nameLanguage: 'sv',
	purchasePrice: false,
	stockOnCreation: false,
	paymentCodes: {},
	paymentFallback: '',
	shippingCodes: {},
	shippingFallback: '',
	paymentReference: 'dibsKlarna',
	customerReferenceAs: 'customerReference',
	sendOrderMail: false,
	articleNumbers: {},
	vatByTaxClass: {},
	webshopId: '',
	orderNumberPrefix: '',
	shopEmail: '',
	makeLineArticles: true,
	freight: { articleNo: 'FRAKT', name: 'Frakt' },
	fee: { articleNo: 'AVGIFT', name: 'Avgift' },
	discount: { articleNo: 'RABATT', name: 'Rabatt' },
	giftCard: { articleNo: 'PRESENTKORT', name: 'Presentkort' },
	rounding: { articleNo: 'AVRUNDNING', name: 'Öresavrundning' },
	otherTotals: {},
};

const address = {
	name_first: 'Åsa',
	name_last: 'Öberg',
	company: '',
	street: 'Storgatan 1',
	street2: '',
	postcode: '111 22',
	city: 'Stockholm',
	country_code: 'SE',
};

/** A private customer's order of two mugs with freight, 228.00 kr in all; `changes` replace fields. */
export function exampleOrder(changes: Record<string, unknown> = {}): VendreOrder {
	return vendreOrder.parse({
		id: 1001,
		external_id: '',
		status_id: 1,
		status_name: 'Mottagen',
		date_added: 1767222000,
		customer_id: 7,
		customer_type: 0,
		name_first: 'Åsa',
		name_last: 'Öberg',
		company: '',
		identification_number: '19800101-1234',
		email_address: 'asa@example.com',
		phone_default: '08-123 45',
		phone_mobile: '070-123 45 67',
		fax: '',
		language_code: 'sv',
		currency: 'SEK',
		customer_comment: '',
		customer_reference: '',
		customer_external_id: '',
		billing_address: address,
		delivery_address: { ...address, street: 'Sommarvägen 2' },
		payment_method: 'Klarna',
		payment_method_code: 'KG',
		payment_reference: 'K-123',
		shipping_method: 'PostNord',
		shipping_method_code: 'MYPACK',
		coupon: null,
		products: [
			{
				id: 1,
				product_id: 11,
				model: 'MUGG-1',
				name: 'Mugg – blå',
				quantity: 2,
				price: 71.6,
				tax: 25,
			},
		],
		totals: [
			{ class: 'ot_subtotal', title: 'Delsumma', value: 179, tax: null },
			{ class: 'ot_shipping', title: 'PostNord', value: 49, tax: 25 },
			{ class: 'ot_tax', title: 'Moms', value: 45.6, tax: null },
			{ class: 'ot_total', title: 'Summa', value: 228, tax: null },
		],
		...changes,
	});
}
