import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { vendreProduct } from './records';

/** What Specter gets of a product (matrix P1–P7). Stock is sent on creation only and is no change. */
export const SENT_PRODUCT_FIELDS = [
	'article_number',
	'ean1',
	'name',
	'price',
	'price_in',
	'tax_class_id',
	'weight',
] as const;

/**
 * A short text that is the same for two states of a product exactly if Specter would get the same of
 * both, however the shop writes numbers and texts. It is kept for each product that stands in both
 * systems, so that what one of them told the other does not come back as a change.
 */
export function productFingerprint(product: IDataObject): string {
	const values = SENT_PRODUCT_FIELDS.map((field) => {
		const value = product[field];
		return vendreProduct.shape[field].safeParse(value).data ?? value;
	});
	return digest(values);
}

/** A digest of values, in which empty texts count as missing and the order of keys does not matter. */
export function digest(values: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(canonical(values)))
		.digest('hex')
		.slice(0, 16);
}

function canonical(value: unknown): unknown {
	if (value === undefined || value === '') return null;
	if (Array.isArray(value)) return value.map(canonical);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value)
		.map(([key, inner]) => [key, canonical(inner)] as const)
		.filter(([, inner]) => inner !== null);
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
