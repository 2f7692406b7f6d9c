import Big from 'big.js';
import type { ArticleChange } from '../../Specter/changes';
import type { Notes } from './notes';
import { shopId, toldNumber } from './numbers';
import type { SupplierSettings } from './settings';
import { wordFor } from './wordFor';

/** A supplier on a product of the shop; the price is text with 4 decimals (contract vendre §2). */
export interface ProductSupplier {
	id: number;
	/** The supplier's own number of the article. */
	model: string;
	price?: string;
	currencies_id?: number;
}

/**
 * An article's suppliers by the shop's ids (matrix A10), undefined where there is none to write. One
 * that the user did not map is left out with a note.
 * @throws {Refusal} for a price that is no number and for an id that is none
 */
export function mapSuppliers(
	{ articleNo, suppliers = [] }: ArticleChange,
	{ ids, currencyId }: SupplierSettings,
	notes: Notes,
): ProductSupplier[] | undefined {
	const mapped = suppliers.flatMap(({ supplierNo, name, buyPrice, articleNo: model }) => {
		const id = wordFor(ids, supplierNo);
		if (!id) {
			notes.push(`Supplier "${supplierNo}" (${name}) is not in Supplier IDs and was left out`);
			return [];
		}
		const what = `buyPrice of supplier "${supplierNo}" of article ${articleNo}`;
		const price = toldNumber(buyPrice, what);
		const supplier: ProductSupplier = { id: shopId(id, 'Supplier IDs'), model };
		if (price !== undefined) supplier.price = new Big(price).toFixed(4);
		if (currencyId) supplier.currencies_id = shopId(currencyId, 'Currency ID of Suppliers');
		return [supplier];
	});
	return mapped.length > 0 ? mapped : undefined;
}
