import { recordOrFailure } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { attemptsUntilOutage } from '../../transport/outage';
import { articleNumberOf } from '../../transport/productLookup';
import { groupedBy, notesOf, readItems, runGroups, usable, withNote } from '../bulk';
import { findByParameters, findProducts, givenKey, missingNote, namedBy } from '../findProduct';
import { bringUpToDate, fieldsToCompare } from './bringUpToDate';
import { fieldsInput, givenFields } from './fields';

/** Saves those of the given fields that differ from what the shop has (contract vendre §1, §2). */
export const update: Operation = {
	description: forOperation('product', 'update', [
		...findByParameters('$json.articleNumber', '$json.productId'),
		...fieldsInput([
			{
				name: 'update',
				displayName: 'Update',
				description: 'Fields of the product by the shop’s names; what is left out stays as it is',
			},
		]),
		requestOptions,
	]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const input = context.getInputData();
		const updates = readItems(context, (itemIndex) => ({
			key: givenKey(context, itemIndex),
			update: givenFields(context, 'update', itemIndex),
		}));
		const wanted = usable(updates);
		const find = await recordOrFailure(
			context,
			async () =>
				await findProducts(
					context,
					wanted.map(({ key }) => key),
					limit,
					fieldsToCompare(wanted.map((each) => each.update)),
				),
		);
		const attempt = attemptsUntilOutage(context);
		// Updates of one product are done one after another, in their order.
		const groups = groupedBy(updates, ({ key }, itemIndex) => {
			const product = find instanceof Error ? undefined : find(key);
			return product ? Number(product.id) : `item ${itemIndex}`;
		});

		return await runGroups(context, limit, updates, groups, async (each, itemIndex) => {
			if (find instanceof Error) throw find;
			const { key, update: fields } = each;
			const notes = notesOf(input[itemIndex]);
			const product = find(key);
			if (!product) {
				const skipped = { outcome: 'skipped', ...namedBy(key), changed: [] };
				return withNote(skipped, [...notes, missingNote(key)]);
			}
			const changed = await bringUpToDate(context, attempt, product, fields, itemIndex);
			const outcome = changed.length > 0 ? 'updated' : 'unchanged';
			const productId = Number(product.id);
			const articleNumber = articleNumberOf(product);
			return withNote({ outcome, productId, articleNumber, changed }, notes);
		});
	},
};
