import { sleep, type IDataObject, type NodeApiError } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import type { RequestContext } from '../../shared/http';
import { isRetryable, toNodeError } from '../../shared/items';
import { saveRecord, unwrap, vendreRequest } from './client';
import { productIndexOf } from './productIndex';
import { articleNumberOf, productsByArticleNumbers } from './productLookup';
import { shopDialect } from './shop';
import { fromShop, toShop } from './translation';

const MOST_TRIES = 3;
const PAUSE_MS = 1000;

/** Saves some fields of a product, and keeps its number in mind where that is one of them (matrix A17). */
export async function saveProduct(
	context: RequestContext,
	product: IDataObject,
	fields: IDataObject,
	itemIndex: number,
): Promise<void> {
	const id = Number(product.id);
	await saveRecord(context, 'products', id, fields, { itemIndex });
	if (fields.article_number === undefined) return;
	const index = await productIndexOf(context);
	index.forget(articleNumberOf(product));
	index.remember(articleNumberOf(fields), id);
}

/**
 * The shop's product with this number, made of `fields` unless it is there. A creation cannot be
 * repeated: after one without a usable answer the number is looked up before it is tried again, and after
 * a refusal as well, because somebody else may have made the product (contract vendre §1).
 * @throws {NodeApiError} when the shop refuses it or does not answer
 */
export async function createProduct(
	context: RequestContext,
	articleNumber: string,
	fields: IDataObject,
	itemIndex: number,
): Promise<{ product: IDataObject; created: boolean }> {
	const index = await productIndexOf(context);
	const lookUp = async () =>
		(await productsByArticleNumbers(context, [articleNumber], 1)).get(articleNumber);

	return await index.alone(articleNumber, async () => {
		// Known by now: another execution has made it while this one waited its turn.
		const meanwhile = index.idOf(articleNumber) === undefined ? undefined : await lookUp();
		if (meanwhile) return { product: meanwhile, created: false };
		for (let attempt = 1; ; attempt++) {
			try {
				const product = await post(context, fields, itemIndex);
				index.remember(articleNumber, Number(product.id));
				return { product, created: true };
			} catch (error) {
				const product = await lookUp();
				if (product) return { product, created: isRetryable(error) };
				if (!isRetryable(error) || attempt >= MOST_TRIES) {
					throw toNodeError(context.getNode(), error) as NodeApiError;
				}
				await sleep(PAUSE_MS * attempt);
			}
		}
	});
}

/** @throws {NodeApiError} also where the answer names no product, which may stand in the shop all the same */
async function post(
	context: RequestContext,
	fields: IDataObject,
	itemIndex: number,
): Promise<IDataObject> {
	const dialect = await shopDialect(context);
	const body = toShop('products', fields, dialect);
	const request = { method: dialect.createVerb, path: 'products', body };
	const answer = unwrap(await vendreRequest(context, request, { itemIndex, repeatable: false }));
	const product = answer && fromShop('products', answer, dialect);
	if (product && Number(product.id) > 0) return product;
	throw apiError(context.getNode(), {
		message: `Vendre answered ${dialect.createVerb} products with no product`,
		description: 'Check the API path in the credential.',
		itemIndex,
		retryable: true,
	});
}
