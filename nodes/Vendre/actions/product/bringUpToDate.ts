import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { changesTo } from '../../sameField';
import type { Attempt } from '../../transport/outage';
import { saveProduct } from '../../transport/productWrites';

/**
 * Saves those of the wanted fields that differ on the product, also in `product` itself, so that a later
 * item of the run sees them.
 * @returns the fields that were saved; where there is none, the shop was not called
 */
export async function bringUpToDate(
	context: IExecuteFunctions,
	attempt: Attempt,
	product: IDataObject,
	wanted: IDataObject,
	itemIndex: number,
): Promise<string[]> {
	const changes = changesTo(product, wanted);
	const changed = Object.keys(changes);
	if (changed.length > 0) {
		await attempt(async () => await saveProduct(context, product, changes, itemIndex));
		Object.assign(product, changes);
	}
	return changed;
}

/** The fields that must be known of the products to tell what differs. */
export function fieldsToCompare(wanted: IDataObject[]): string[] {
	return [...new Set(wanted.flatMap((fields) => Object.keys(fields)))];
}
