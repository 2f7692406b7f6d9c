import Big from 'big.js';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { asText } from '../shared/asText';
import { vendreWords } from './transport/dialect';

/**
 * The records that Vendre answers with, read leniently: numbers, flags and dates may be text, a field
 * may be missing or null or come by an older name, and fields that we do not know are kept
 * (contract vendre §2–§4).
 */

const blank = (value: unknown) =>
	value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** An empty list is how PHP writes an empty record. */
const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Whether there is no record, where one may be; false is another way to say so. */
const noRecord = (value: unknown) => blank(value) || value === false || isEmptyList(value);

/** Text as people mean it: without the blanks around it, which nobody sees in a shop's admin; a missing value is ''. */
const text = z.preprocess(
	(value) => (blank(value) ? '' : asText(value)),
	z.string({ message: 'text is wanted' }).trim(),
);

/** A number, also from text with a decimal comma; a missing value is null. */
export const number = z.preprocess(
	(value) => {
		if (blank(value)) return null;
		return typeof value === 'string' ? Number(value.replace(/\s/g, '').replace(',', '.')) : value;
	},
	z.number({ message: 'a number is wanted' }).finite('a number is wanted').nullable(),
);

export const flag = z.preprocess(
	(value) => value === true || value === 1 || value === '1' || value === 'true',
	z.boolean(),
);

const NO_DATE = 'a date is wanted, as unix seconds or ISO text';

/** What JavaScript can hold as a date, in seconds. */
const LAST_SECOND = 8_640_000_000_000;

/** Unix seconds, from seconds or from ISO text, which is Swedish time where it names no zone. */
const date = z.preprocess(
	(value) => {
		if (blank(value)) return null;
		if (typeof value === 'object') return value;
		if (/^0000-/.test(String(value))) return null;
		if (/^\d+$/.test(String(value))) return Number(value);
		const options = { zone: vendreWords.timeZone };
		const iso = DateTime.fromISO(String(value).trim().replace(' ', 'T'), options);
		return iso.isValid ? Math.trunc(iso.toSeconds()) : value;
	},
	z.number({ message: NO_DATE }).max(LAST_SECOND, NO_DATE).nullable(),
);

/** A number of Specter's; 0 is how some columns say that there is none. */
export const specterNumber = text.transform((number) => (number === '0' ? '' : number));

/** A whole number that is held exactly, also from text. */
const wholeNumber = z.preprocess(
	(value) => (typeof value === 'string' && !blank(value) ? Number(value) : value),
	z.number({ message: 'a whole number is wanted' }).int().safe(),
);
const id = wholeNumber;
const optionalId = z.preprocess((value) => (blank(value) ? null : value), wholeNumber.nullable());

/** Texts by language. A bare text is taken as the text of every language. */
const texts = z.preprocess((value) => {
	if (isEmptyList(value)) return { '': '' };
	return typeof value === 'object' && value !== null ? value : { '': value };
}, z.record(text));

/** Gives a field the value of the first alias that is there, where the field itself is not. */
function withAliases(aliases: Record<string, readonly string[]>) {
	return (value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		const record = { ...(value as Record<string, unknown>) };
		for (const [field, others] of Object.entries(aliases)) {
			record[field] ??= others.map((other) => record[other]).find((found) => found !== undefined);
		}
		return record;
	};
}

/** Contract vendre §2, the fields that the sync uses. Prices excl. VAT, weight in kg. */
export const vendreProduct = z
	.object({
		id,
		article_number: text,
		external_id: text,
		ean1: text,
		name: texts,
		price: number,
		price_in: number,
		tax_class_id: optionalId,
		weight: number,
		quantity: number,
		manufacturer_model: text,
		status: flag,
		parent: number,
		is_parent: flag,
		package_size: z.unknown(),
		date_added: date,
		date_modified: date,
	})
	.passthrough();
export type VendreProduct = z.output<typeof vendreProduct>;

/** Text to be saved; a number is written as text. */
const writtenText = z.preprocess(
	(value) => (typeof value === 'number' ? asText(value) : value),
	z.string({ message: 'text is wanted' }),
);

/** A number to be saved; text is read as one. */
const writtenNumber = z.preprocess(
	(value) => (blank(value) ? value : (number.safeParse(value).data ?? value)),
	z.number({ message: 'a number is wanted' }).finite('a number is wanted'),
);
const writtenId = writtenNumber.pipe(z.number().int('a whole number is wanted'));

/** A supplier of a product, to be saved; the price is text with four decimals. */
const writtenSupplier = z
	.object({
		id: writtenId,
		model: writtenText.optional(),
		price: writtenNumber.transform((price) => new Big(price).toFixed(4)).optional(),
		currencies_id: writtenId.optional(),
	})
	.passthrough();

/**
 * Fields of a product to be saved (contract vendre §2, matrix A1–A17), written as in the shop's own
 * rows. Any may be left out; fields that are not named here go as they are.
 */
export const vendreProductFields = z
	.object({
		article_number: writtenText,
		name: z.record(writtenText, { message: 'texts by language are wanted, as {"sv": "Mugg"}' }),
		ean1: writtenText,
		price: writtenNumber,
		price_in: writtenNumber.nullable(),
		weight: writtenNumber.nullable(),
		quantity: writtenId,
		reorder_stock: writtenNumber.nullable(),
		tax_class_id: writtenId,
		manufacturer_model: writtenText,
		note: writtenText,
		status: z.boolean({ message: 'true or false is wanted' }),
		show: z.boolean({ message: 'true or false is wanted' }),
		category_ids: z.array(writtenId, { message: 'a list of ids is wanted' }),
		suppliers: z.array(writtenSupplier, { message: 'a list of suppliers is wanted' }),
	})
	.partial()
	.passthrough();

/** Contract vendre §1: `parent` is the id of the category above, 0 for none. */
export const vendreCategory = z.object({ id, name: texts, parent: number }).passthrough();
export type VendreCategory = z.output<typeof vendreCategory>;

const address = z.preprocess(
	(value) => (noRecord(value) ? {} : value),
	z
		.object({
			name_first: text,
			name_last: text,
			company: text,
			street: text,
			street2: text,
			postcode: text,
			city: text,
			country_code: text,
		})
		.passthrough(),
);
export type VendreAddress = z.output<typeof address>;

/** Contract vendre §3. */
export const vendreCustomer = z
	.object({
		id,
		external_id: specterNumber,
		type: number,
		name_first: text,
		name_last: text,
		company: text,
		email_address: text,
		phone_default: text,
		phone_mobile: text,
		fax: text,
		vat: text,
		identification_number: text,
		language_code: text,
		address_street: text,
		address_street2: text,
		address_postcode: text,
		address_city: text,
		address_country_code_alpha2: text,
		delivery_address: address.optional(),
		date_added: date,
		date_modified: date,
	})
	.passthrough();
export type VendreCustomer = z.output<typeof vendreCustomer>;

const orderRow = z.preprocess(
	withAliases(vendreWords.aliases.orderRow),
	z
		.object({
			product_id: optionalId,
			model: text,
			name: text,
			quantity: number,
			price: number,
			tax: number,
		})
		.passthrough(),
);

const orderTotal = z.object({ class: text, title: text, value: number, tax: number }).passthrough();

/** A coupon; whatever is no percentage counts as a fixed amount, which the totals tell. */
const coupon = z
	.object({
		code: text,
		type: z.preprocess(
			(type) => (type === 'percent' ? 'percent' : 'fixed'),
			z.enum(vendreWords.couponTypes),
		),
		value: number,
	})
	.passthrough();

/** A list that may be missing. */
const optionalList = <Row extends z.ZodTypeAny>(row: Row) =>
	z.preprocess((value) => value || undefined, z.array(row).optional());

/**
 * Contract vendre §4. Row prices excl. VAT and before the coupon, totals incl. VAT, `tax` in percent.
 * A row of a list may lack `products` and `totals`; the order read by id has them.
 */
export const vendreOrder = z.preprocess(
	withAliases(vendreWords.aliases.order),
	z
		.object({
			id,
			external_id: specterNumber,
			status_id: optionalId,
			status_name: text,
			date_added: date,
			date_modified: date,
			customer_id: optionalId,
			customer_type: number,
			customer_external_id: specterNumber,
			name_first: text,
			name_last: text,
			company: text,
			identification_number: text,
			vat: text,
			email_address: text,
			phone_default: text,
			phone_mobile: text,
			fax: text,
			language_code: text,
			currency: text,
			customer_comment: text,
			customer_reference: text,
			billing_address: address,
			delivery_address: address,
			payment_method: text,
			payment_method_code: text,
			payment_reference: text,
			shipping_method: text,
			shipping_method_code: text,
			coupon_code: text,
			coupon: z.preprocess((value) => {
				const given: unknown = Array.isArray(value) ? value[0] : value;
				return noRecord(given) ? null : given;
			}, coupon.nullable()),
			products: optionalList(orderRow),
			totals: optionalList(orderTotal),
		})
		.passthrough(),
);
export type VendreOrder = z.output<typeof vendreOrder>;
