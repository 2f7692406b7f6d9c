import type { IDataObject } from 'n8n-workflow';
import { productFingerprint } from './fingerprint';
import { simplifiedProduct } from './normalize';

/** Where a product was read, and when. */
export interface ShopReading {
	shop: string;
	/** When the shop was asked for it: what another run has done to it since may not be in it. */
	readAt: Date;
}

/**
 * A product with the shop that it is of, when it was read (ISO, UTC), and the fingerprint by which a later
 * change of it shows.
 * @param simple without its texts, pictures and groups
 */
export function productOfShop(
	product: IDataObject,
	{ shop, readAt }: ShopReading,
	simple: boolean,
): IDataObject {
	const shown = simple ? simplifiedProduct(product) : product;
	return { ...shown, shop, readAt: readAt.toISOString(), fingerprint: productFingerprint(product) };
}
