import { z } from 'zod';
import { asText } from '../shared/asText';

/**
 * The records of Specter's three change queues, read leniently (contract specter §4): a field that
 * Specter did not send is absent, one that it sent empty is ''. Decimals are text with a point; text
 * that is no number stays as it is, so that whoever uses it can refuse it by name.
 */

const NUMBER = /^[-+]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?$/i;

/** A number with a decimal point: `12,50` is 12.50, `,5` is 0.5; anything else as it stands. */
function withDecimalPoint(text: string): string {
	const bare = text.replace(/\s/g, '');
	return NUMBER.test(bare) ? bare.replace(',', '.').replace(/^([-+]?)\./, '$10.') : text;
}

const trimmed = (value: unknown) => {
	const text = asText(value);
	return typeof text === 'string' ? text.trim() : text;
};

const text = z.preprocess((value) => trimmed(value) ?? '', z.string({ message: 'text is wanted' }));
const optionalText = z.preprocess(trimmed, z.string().nullish().transform(orAbsent));
const decimal = z.preprocess(
	trimmed,
	z.string().transform(withDecimalPoint).nullish().transform(orAbsent),
);

function orAbsent(value: string | null | undefined): string | undefined {
	return value ?? undefined;
}

/** -1 is how Visual Basic writes true. */
const flag = z.preprocess(
	(value) => /^(1|-1|true|yes)$/i.test(String(trimmed(value))),
	z.boolean(),
);

/** Units in stock; null where Specter tells no number, which must never be taken for 0. */
const units = z.preprocess((value) => {
	const text = withDecimalPoint(String(trimmed(value) ?? ''));
	const number = NUMBER.test(text) ? Number(text) : NaN;
	return Number.isSafeInteger(Math.trunc(number)) ? number : null;
}, z.number().nullable());

/** The batch that the record came in. */
const inBatch = {
	batchNo: z.string().optional(),
	recovered: z.boolean().optional(),
	moreToCome: z.boolean().optional(),
};

/** Matrix S1, S2: the main site's number. `note` says what stood there where it is no number. */
export const stockChange = z.object({
	articleNo: text,
	noItemsAvailable: units,
	otherSites: z.array(units).optional(),
	note: z.string().optional(),
	...inBatch,
});
export type StockChange = z.output<typeof stockChange>;

const supplier = z.object({
	supplierNo: text,
	name: text,
	buyPrice: decimal,
	articleNo: text,
});

/** Matrix A1–A17. Prices excl. VAT, weight in kg; `supplierArticleNo` is the manufacturer's number. */
export const articleChange = z.object({
	articleNo: text,
	oldArticleNo: optionalText,
	name: optionalText,
	priceExclVAT: decimal,
	vatPercent: decimal,
	buyPrice: decimal,
	barCode: optionalText,
	productWeight: decimal,
	supplierArticleNo: optionalText,
	reorderPoint: decimal,
	notes: optionalText,
	isPackage: flag,
	deleted: flag,
	suppliers: z.array(supplier).optional(),
	...inBatch,
});
export type ArticleChange = z.output<typeof articleChange>;

/** Matrix T1. `deliveryStatus` D = delivered, `statusId` 5 = cancelled; others are the account's own. */
export const orderChange = z.object({
	orderNo: text,
	externalOrderNo: text,
	deliveryStatus: text,
	statusId: text,
	deliveries: z.array(z.object({ trackingNo: text })).default([]),
	deliveriesUpdated: flag,
	...inBatch,
});
export type OrderChange = z.output<typeof orderChange>;
