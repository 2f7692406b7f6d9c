import {
	jsonParse,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { z } from 'zod';
import { checkRecord } from '../../../shared/records';
import { articleNumberOf } from '../../transport/productLookup';
import { productsByIds } from '../../transport/products';
import { shopOf } from '../../transport/shop';
import { numbersOf, type NumberedRecord } from './workableOrder';

/** One list for all items, as the Data Table `vendre products in specter` keeps it. */
export const notedProducts: INodeProperties = {
	displayName: 'Noted Products',
	name: 'notedProducts',
	type: 'json',
	default: '[]',
	description:
		'Which product each article was when both systems had it: a list of <code>{ shop, productId, articleNo }</code>, the same for all items. A product that has another number in the shop by now is found by its ID, and keeps that number.',
};

/** Rows of a table; those of another kind, such as a failure to read it, tell nothing. */
const notedRows = z.array(
	z.object({
		shop: z.string().nullish(),
		productId: z.coerce.number().nullish(),
		articleNo: z.string().nullish(),
	}),
);

/** The ids of this shop’s products, by the number that Specter had them by. */
async function givenNotedIds(context: IExecuteFunctions): Promise<Map<string, number>> {
	const given = context.getNodeParameter('notedProducts', 0, []);
	const list =
		typeof given === 'string' ? jsonParse(given || '[]', { fallbackValue: given }) : given;
	const rows = checkRecord(notedRows, list, 'The parameter notedProducts');
	const shop = await shopOf(context);
	return new Map(
		rows.flatMap((row) =>
			row.shop === shop && row.articleNo && row.productId ? [[row.articleNo, row.productId]] : [],
		),
	);
}

/**
 * Finds the products that have got another number in the shop, of which Specter does not know yet: by
 * Specter’s number the shop has none of them, or another one, and a change would make a second product.
 * @param products the shop's products by number; those that are found are added
 * @returns the numbers by which the shop has them, by those of Specter
 */
export async function renumberedInShop(
	context: IExecuteFunctions,
	changes: readonly NumberedRecord[],
	products: Map<string, IDataObject>,
	limit: number,
	fields: readonly string[],
): Promise<Map<string, string>> {
	const notedIds = await givenNotedIds(context);
	const isElsewhere = (change: NumberedRecord, id: number) =>
		numbersOf(change).every((number) => Number(products.get(number)?.id) !== id);
	const wanted = changes.flatMap((change) =>
		numbersOf(change).flatMap((number) => {
			const id = notedIds.get(number);
			return id !== undefined && isElsewhere(change, id) ? [{ number, id }] : [];
		}),
	);
	const ids = wanted.map(({ id }) => id);
	const byId = await productsByIds(context, ids, limit, fields);
	const shopNumbers = new Map<string, string>();
	for (const { number, id } of wanted) {
		const product = byId.get(id);
		const shopNumber = product && articleNumberOf(product);
		if (!shopNumber) continue;
		if (Number(products.get(shopNumber)?.id) !== id) products.set(shopNumber, product);
		shopNumbers.set(number, shopNumber);
	}
	return shopNumbers;
}

/** The change of an article by the numbers that the shop has its product by; those stay. */
export function byShopNumbers<Change extends NumberedRecord & { update: IDataObject }>(
	change: Change,
	shopNumbers: ReadonlyMap<string, string>,
): Change {
	const { articleNumber, formerArticleNumber } = change;
	const shopNumber = shopNumbers.get(articleNumber);
	if (shopNumber) {
		const update = { ...change.update, article_number: shopNumber };
		return { ...change, articleNumber: shopNumber, formerArticleNumber: '', update };
	}
	const former = shopNumbers.get(formerArticleNumber) ?? formerArticleNumber;
	return { ...change, formerArticleNumber: former };
}
