import Big from 'big.js';
import { z } from 'zod';
import { asText } from '../shared/asText';
import { transliterate } from '../shared/transliterate';

/**
 * The records that Specter is sent, by their names on the wire (contract specter §4). Exact: an
 * unknown field, a text over its length or a malformed number is refused before anything is sent.
 */

/** A text's length as Specter gets it: € goes as three characters, a + ring as one. */
const lengthOnWire = (text: string) => transliterate(text).trim().length;

/** Text, blanks at the ends cut; numbers are taken as their digits. */
const text = (maximum = Infinity) =>
	z.preprocess(
		(value) => (typeof value === 'number' ? asText(value) : value),
		z
			.string()
			.trim()
			.refine(
				(value) => lengthOnWire(value) <= maximum,
				`Specter takes at most ${maximum} characters`,
			),
	);

/** A name whose runs of blanks are folded, as Specter's signature counts it. */
const nameText = (maximum: number) =>
	z.preprocess(
		(value) => (typeof value === 'string' ? value.replace(/\s+/g, ' ') : value),
		text(maximum),
	);

/** Text that must be there. A missing value and an empty one are the same to Specter. */
const requiredText = (maximum?: number) =>
	z
		.preprocess((value) => value ?? '', text(maximum))
		.refine((value) => lengthOnWire(value) > 0, 'a value is required');

const NO_NUMBER = { message: 'a number is wanted, with a decimal point' };

/** A decimal number in plain digits with exactly or at most `digits` decimals. */
const decimal = (digits: number, { padded = false } = {}) =>
	z
		.union(
			[
				z.number().finite(NO_NUMBER),
				z
					.string()
					.trim()
					.regex(/^-?\d+(\.\d+)?$/, NO_NUMBER),
			],
			{ errorMap: () => NO_NUMBER },
		)
		.transform((value, context) => {
			const number = new Big(value);
			if (!number.round(digits).eq(number)) {
				const message = `at most ${digits} decimals are taken`;
				context.addIssue({ code: 'custom', message, fatal: true });
				return z.NEVER;
			}
			return padded ? number.toFixed(digits) : number.toFixed();
		});

const country = z
	.string()
	.trim()
	.regex(/^[A-Z]{2}$/, 'a country code of two capital letters is wanted, such as SE');
const currency = z
	.string()
	.trim()
	.regex(/^[A-Z]{3}$/, 'a currency code of three capital letters is wanted, such as SEK');
const language = z.enum(['SE', 'EN', 'NO', 'FI', 'DA', 'DE', 'ES']);
const date = z.string().trim().date('a date is wanted as YYYY-MM-DD');
const organizationalForm = z.enum(['C', 'P']);

const deliveryAddress = {
	deliveryCompanyName: text().optional(),
	deliveryAttention: text().optional(),
	deliveryAddress: text().optional(),
	deliveryAddressRow2: text().optional(),
	deliveryZipCodeEng: text().optional(),
	deliveryCity: text().optional(),
	deliveryregion: text().optional(),
	deliveryCountryCode: country.optional(),
};

/** Matrix C1–C16. `customerId` is Specter's own customer number, where it is known. */
export const specterCustomer = z
	.object({
		customerId: text().optional(),
		customerOrganizationalForm: organizationalForm,
		name: nameText(100).optional(),
		firstName: nameText(50).optional(),
		surName: nameText(50).optional(),
		contactPerson: text().optional(),
		orgNo: text(20).optional(),
		vatNo: text(30).optional(),
		emailAddress: requiredText(100),
		phoneNo: text(50).optional(),
		mobileNo: text(50).optional(),
		faxNo: text().optional(),
		homepage: text(50).optional(),
		language: language.optional(),
		currency: currency.optional(),
		customerGroupId: text().optional(),
		attention: text().optional(),
		invoiceCompanyName: text().optional(),
		address: text().optional(),
		addressRow2: text().optional(),
		zipCodeEng: text().optional(),
		city: text().optional(),
		region: text().optional(),
		countryCode: country.optional(),
		...deliveryAddress,
	})
	.strict()
	.superRefine((customer, context) => {
		const names =
			customer.customerOrganizationalForm === 'C'
				? (['name'] as const)
				: (['firstName', 'surName'] as const);
		for (const name of names) {
			if (lengthOnWire(customer[name] ?? '') > 0) continue;
			const message = `a value is required for customer type ${customer.customerOrganizationalForm}`;
			context.addIssue({ code: 'custom', path: [name], message });
		}
	});
export type SpecterCustomer = z.output<typeof specterCustomer>;

/**
 * Matrix P1–P8. Prices excl. VAT with 2 decimals, weight in kg with 3, volume in m³. `onlyIfMissing` is
 * no field of Specter's: such an article is made where there is none of its number, else left as it is.
 * Nor is `mayBeRenamed`: an earlier try may have given the article its new number already.
 */
export const specterArticle = z
	.object({
		onlyIfMissing: z.boolean().optional(),
		mayBeRenamed: z.boolean().optional(),
		articleNo: requiredText(),
		name: text().optional(),
		priceExclVAT: decimal(2, { padded: true }).optional(),
		vatPercent: decimal(2).optional(),
		buyPrice: decimal(2, { padded: true }).optional(),
		stockPrice: decimal(2, { padded: true }).optional(),
		barCode: text().optional(),
		productWeight: decimal(3, { padded: true }).optional(),
		productVolume: decimal(6).optional(),
		createArticleStock: z.boolean().optional(),
		noItemsInStock: decimal(4).optional(),
		manufacturingCountryCode: country.optional(),
		newArticleNo: text().optional(),
	})
	.strict();
export type SpecterArticle = z.output<typeof specterArticle>;

/** Matrix O26–O32. Price excl. VAT, 2 decimals, negative for a discount. */
export const specterOrderRow = z
	.object({
		articleNo: requiredText(),
		articleName: text().optional(),
		articleComment: text().optional(),
		priceExclVAT: decimal(2, { padded: true }),
		noOfItems: decimal(4),
		vatPercent: decimal(2),
	})
	.strict();
export type SpecterOrderRow = z.output<typeof specterOrderRow>;

/** Matrix O5–O25. `customerId` is Specter's customer number, `externalOrderNo` the shop's order number. */
export const specterOrder = z
	.object({
		customerId: requiredText(),
		webshopId: text().optional(),
		externalOrderNo: text().optional(),
		customerOrderReference: text(50).optional(),
		customerReference: text(70).optional(),
		customerOrganizationalForm: organizationalForm.optional(),
		firstName: nameText(50).optional(),
		surName: nameText(50).optional(),
		name: nameText(100).optional(),
		orgNo: text(20).optional(),
		orderDate: date.optional(),
		deliveryDate: date.optional(),
		currency: currency.optional(),
		language: language.optional(),
		stocksiteid: text().optional(),
		payTypeIdentifier: text().optional(),
		payTypeReference: text().optional(),
		payTypeIdentifierPaySystemUser: text().optional(),
		isPrepayment: z.boolean().optional(),
		internalComment: text().optional(),
		publishedComment: text().optional(),
		externalDeliveryMethod: text(100).optional(),
		preparedShipmentId: text().optional(),
		sendOrderMail: z.boolean().optional(),
		sendOrderMailToUser: z.boolean().optional(),
		shopEmail: text(100).optional(),
		notifyDeliveryByMobile: z.boolean().optional(),
		notifyDeliveryMobileNo: text(50).optional(),
		...deliveryAddress,
		rows: z.array(specterOrderRow).min(1, 'an order has at least one row'),
	})
	.strict();
export type SpecterOrder = z.output<typeof specterOrder>;

/** How many are delivered: a delivery cannot be taken back here, so none is made of nothing or less. */
const deliveredItems = decimal(4).refine(
	(value) => new Big(value).gt(0),
	'more than zero is wanted',
);

/** Contract specter §4. `orderId` is Specter's order number; without a date today is meant. */
export const specterDelivery = z
	.object({
		orderId: requiredText(),
		deliveryDate: date.optional(),
		rows: z
			.array(z.object({ articleNo: requiredText(), noOfItems: deliveredItems }).strict())
			.min(1, 'a delivery has at least one row'),
	})
	.strict();

/** Contract specter §4. `orderId` is Specter's order number: an invoice is for the whole order. */
export const specterInvoice = z.object({ orderId: requiredText() }).strict();

/** An invoice that Specter has, by its own number. */
export const specterInvoiceNumber = z.object({ invoiceId: requiredText() }).strict();
