import type { IDataObject } from 'n8n-workflow';
import { productFingerprint } from './fingerprint';
import { simplifiedProduct } from './normalize';

/**
 * A product with the shop that it is of, and the fingerprint by which a later change of it shows.
 * @param simple without its texts, pictures and groups
 */
export function productOfShop(product: IDataObject, shop: string, simple: boolean): IDataObject {
	const shown = simple ? simplifiedProduct(product) : product;
	return { ...shown, shop, fingerprint: productFingerprint(product) };
}
