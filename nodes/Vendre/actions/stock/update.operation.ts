import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { recordOrFailure } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { Refusal } from '../../../shared/refusal';
import { number } from '../../records';
import { saveRecord } from '../../transport/client';
import { vendreWords } from '../../transport/dialect';
import { attemptsUntilOutage } from '../../transport/outage';
import { articleNumberOf } from '../../transport/productLookup';
import { eachAlone, notesOf, readItems, runGroups, usable, withNote, type Read } from '../bulk';
import {
	findByParameters,
	findProducts,
	givenKey,
	missingNote,
	namedBy,
	type ProductKey,
} from '../findProduct';

const { stockField } = vendreWords;

interface StockLevel {
	key: ProductKey;
	/** Whole units, also below zero; null where no number is known. */
	quantity: number | null;
}

/** @throws {Refusal} for a quantity that is no whole number */
function givenLevel(context: IExecuteFunctions, itemIndex: number): StockLevel {
	const given = context.getNodeParameter('quantity', itemIndex);
	const quantity = number.safeParse(given);
	if (quantity.success && (quantity.data === null || Number.isInteger(quantity.data))) {
		return { key: givenKey(context, itemIndex), quantity: quantity.data };
	}
	throw new Refusal(
		`The parameter quantity is ${JSON.stringify(given)}: a whole number is wanted`,
		'Round it in the node before this one; the Vendre Specter Mapper does.',
	);
}

/** The last item that has a number for each product; what came before it is out of date. */
function lastByProduct(
	levels: Array<Read<StockLevel>>,
	find: (key: ProductKey) => IDataObject | undefined,
): Map<number, number> {
	const last = new Map<number, number>();
	levels.forEach((level, itemIndex) => {
		if (!level || level instanceof Error || level.quantity === null) return;
		const product = find(level.key);
		if (product) last.set(Number(product.id), itemIndex);
	});
	return last;
}

/**
 * Sets the main stock of products (matrix S1, S2). The products of all items are looked up together and
 * written only where the number differs, each once: by the last of its items. An article that the shop
 * does not sell, or without a number, is no error.
 */
export const update: Operation = {
	description: forOperation('stock', 'update', [
		...findByParameters('$json.articleNumber', '$json.productId'),
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'string',
			default: '={{ $json.quantity }}',
			placeholder: 'e.g. 12',
			description:
				'How many there are in the main stock, in whole units, whatever the shop has now. An item without a number is skipped.',
		},
		requestOptions,
	]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const input = context.getInputData();
		const levels = readItems(context, (itemIndex) => givenLevel(context, itemIndex));
		const keys = usable(levels).flatMap(({ key, quantity }) => (quantity === null ? [] : [key]));
		const find = await recordOrFailure(
			context,
			async () => await findProducts(context, keys, limit, [stockField]),
		);
		const last = find instanceof Error ? undefined : lastByProduct(levels, find);
		const attempt = attemptsUntilOutage(context);

		return await runGroups(context, limit, levels, eachAlone(levels), async (level, itemIndex) => {
			const { key, quantity } = level;
			const notes = notesOf(input[itemIndex]);
			const skipped = { outcome: 'skipped', ...namedBy(key), quantity, quantityBefore: null };
			if (quantity === null) {
				return withNote(skipped, notes.length > 0 ? notes : ['There is no number to set']);
			}
			if (find instanceof Error) throw find;
			const product = find(key);
			if (!product) return withNote(skipped, [...notes, missingNote(key)]);

			const productId = Number(product.id);
			const quantityBefore = number.safeParse(product[stockField]).data ?? null;
			const articleNumber = articleNumberOf(product);
			const result = { articleNumber, productId, quantity, quantityBefore };
			if (last?.get(productId) !== itemIndex) {
				const note = 'A later item has a newer number for the same product';
				return withNote({ outcome: 'skipped', ...result }, [...notes, note]);
			}
			if (quantity === quantityBefore) return withNote({ outcome: 'unchanged', ...result }, notes);
			await attempt(
				async () =>
					await saveRecord(
						context,
						'products',
						productId,
						{ [stockField]: quantity },
						{ itemIndex },
					),
			);
			return withNote({ outcome: 'updated', ...result }, notes);
		});
	},
};
