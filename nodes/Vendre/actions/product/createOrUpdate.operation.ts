import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { apiError } from '../../../shared/errors';
import { isRetryable, recordOrFailure } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { productFingerprint, SENT_PRODUCT_FIELDS } from '../../fingerprint';
import { attemptsUntilOutage, type Attempt } from '../../transport/outage';
import { productsByArticleNumbers } from '../../transport/productLookup';
import { createProduct } from '../../transport/productWrites';
import { shopOf } from '../../transport/shop';
import { notesOf, readItems, runGroups, usable, withNote } from '../bulk';
import { givenArticleNumber } from '../findProduct';
import { bringUpToDate, fieldsToCompare } from './bringUpToDate';
import { fieldsInput, givenFields } from './fields';
import { byShopNumbers, notedProducts, renumberedInShop } from './notedProducts';
import { inWorkableOrder, numbersOf, type NumberedRecord } from './workableOrder';

interface ProductChange extends NumberedRecord {
	/** The number that Specter has the article by; the shop may have its product by another one. */
	specterNumber: string;
	/** What a product is made of where the shop has none; without it, as for a deletion, none is made. */
	create?: IDataObject;
	update: IDataObject;
}

function givenChange(context: IExecuteFunctions, itemIndex: number): ProductChange {
	const articleNumber = givenArticleNumber(context, itemIndex);
	const former = context.getNodeParameter('formerArticleNumber', itemIndex, '');
	const formerArticleNumber = String(former ?? '').trim();
	const mayCreate = context.getNodeParameter('createMissing', itemIndex) as boolean;
	const create = mayCreate ? givenFields(context, 'create', itemIndex) : {};
	return {
		specterNumber: articleNumber,
		articleNumber,
		formerArticleNumber: formerArticleNumber === articleNumber ? '' : formerArticleNumber,
		create: Object.keys(create).length > 0 ? create : undefined,
		update: givenFields(context, 'update', itemIndex),
	};
}

/** A deletion as the mapper puts it out: the product becomes inactive, and is never made (matrix A9). */
const isDeletion = ({ create, update }: ProductChange) => !create && update.status === false;

function liveNumbers(changes: ProductChange[]): Set<string> {
	const live = changes.filter((change) => !isDeletion(change));
	return new Set(live.map(({ specterNumber }) => specterNumber));
}

/** One run over all items, as its records see it. */
interface Run {
	context: IExecuteFunctions;
	attempt: Attempt;
	/** The shop's products by number, as the run changes them. */
	products: Map<string, IDataObject>;
	/** The items that find their product by its former number. */
	renames: Set<number>;
	/** The numbers for which the run has a record of an article that is not deleted. */
	live: Set<string>;
	/** Numbers that the run could not move, and why: another record with one would meet the wrong product. */
	stuck: Map<string, Error>;
}

/** Gives the product that has the former number the new one, and what else differs (matrix A17). */
async function rename(run: Run, change: ProductChange, itemIndex: number): Promise<IDataObject> {
	const { context, attempt, products, stuck } = run;
	const { articleNumber, formerArticleNumber } = change;
	const product = products.get(formerArticleNumber) as IDataObject;
	const update = { ...change.update, article_number: articleNumber };
	const saving = bringUpToDate(context, attempt, product, update, itemIndex);
	void saving.catch((error: Error) => {
		for (const number of numbersOf(change)) stuck.set(number, error);
	});
	const changed = await saving;
	products.delete(formerArticleNumber);
	products.set(articleNumber, product);
	return { outcome: 'updated', productId: Number(product.id), changed };
}

/** Makes the product, unless it has come into the shop since it was looked up. */
async function create(run: Run, change: ProductChange, itemIndex: number): Promise<IDataObject> {
	const { context, attempt, products } = run;
	const { articleNumber } = change;
	const fields = { ...change.create, article_number: articleNumber };
	const { product, created } = await attempt(
		async () => await createProduct(context, articleNumber, fields, itemIndex),
	);
	products.set(articleNumber, created ? { ...fields, ...product } : product);
	if (!created) return await updateKnown(run, product, change, itemIndex);
	return { outcome: 'created', productId: Number(product.id), changed: Object.keys(fields) };
}

async function updateKnown(
	{ context, attempt }: Run,
	product: IDataObject,
	{ update }: ProductChange,
	itemIndex: number,
): Promise<IDataObject> {
	const changed = await bringUpToDate(context, attempt, product, update, itemIndex);
	const outcome = changed.length > 0 ? 'updated' : 'unchanged';
	return { outcome, productId: Number(product.id), changed };
}

/** @throws {NodeApiError} where a product that was to be moved first still has one of the numbers */
function checkNotStuck({ context, stuck }: Run, change: ProductChange, itemIndex: number): void {
	const reason = numbersOf(change)
		.map((number) => stuck.get(number))
		.find((each) => each !== undefined);
	if (!reason) return;
	for (const number of numbersOf(change)) stuck.set(number, reason);
	throw apiError(context.getNode(), {
		message: `Article ${change.articleNumber} was not tried, because a product that shares a number with it did not get its new number: ${reason.message}`,
		description: 'Once that one is done, run this one again.',
		itemIndex,
		retryable: isRetryable(reason),
	});
}

async function apply(run: Run, change: ProductChange, itemIndex: number): Promise<IDataObject> {
	const { articleNumber, formerArticleNumber } = change;
	checkNotStuck(run, change, itemIndex);
	if (run.renames.has(itemIndex)) {
		const renamed = await rename(run, change, itemIndex);
		return { ...renamed, renamedFrom: formerArticleNumber };
	}
	const product = run.products.get(articleNumber);
	if (product) {
		const result = await updateKnown(run, product, change, itemIndex);
		const other = run.products.get(formerArticleNumber);
		const isLeft = other && !run.live.has(formerArticleNumber);
		return isLeft
			? { ...result, note: `Product ${String(other.id)} keeps the former number` }
			: result;
	}
	if (change.create) return await create(run, change, itemIndex);
	const note = `The shop has no product with article number "${articleNumber}"`;
	return { outcome: 'skipped', productId: null, changed: [], note };
}

interface Found {
	/** The shop's products by number. */
	products: Map<string, IDataObject>;
	/** The numbers by which the shop has articles that Specter has by others. */
	shopNumbers: ReadonlyMap<string, string>;
}

const NOTHING_FOUND: Found = { products: new Map(), shopNumbers: new Map() };

async function findAll(
	context: IExecuteFunctions,
	changes: ProductChange[],
	limit: number,
): Promise<Found> {
	const fields = [...fieldsToCompare(changes.map(({ update }) => update)), ...SENT_PRODUCT_FIELDS];
	const numbers = changes.flatMap(numbersOf);
	const products = await productsByArticleNumbers(context, numbers, limit, fields);
	const shopNumbers = await renumberedInShop(context, changes, products, limit, fields);
	return { products, shopNumbers };
}

/**
 * The shop, and what Specter would get of the product as it stands there now, so that what came from
 * Specter is not sent back to it (matrix F4 against F7); nothing where the shop has no such product, and
 * no fingerprint where Specter has to get its number.
 */
function standing(
	shop: string,
	product: IDataObject | undefined,
	{ articleNumber, specterNumber }: ProductChange,
): IDataObject {
	if (!product) return {};
	return {
		shop,
		fingerprint: articleNumber === specterNumber ? productFingerprint(product) : '',
	};
}

function numberNote({ articleNumber, specterNumber }: ProductChange): string[] {
	if (articleNumber === specterNumber) return [];
	return [
		`The shop has article ${specterNumber} as "${articleNumber}" by now, and keeps that number`,
	];
}

/**
 * Makes or updates products as Specter's articles say (matrix A1–A17). A product is found by its number,
 * else by its former one, and then gets the new number: its id, orders and pictures stay. One that has
 * another number in the shop by now is found by what was noted of it, and keeps that. Only what differs is
 * written. New numbers are given first; records that share a number are done in their order;
 * where a number was deleted and is in use again, the article in use holds.
 */
export const createOrUpdate: Operation = {
	description: forOperation('product', 'createOrUpdate', [
		{
			displayName: 'Article Number',
			name: 'articleNumber',
			type: 'string',
			default: '={{ $json.articleNumber }}',
			required: true,
		},
		{
			displayName: 'Former Article Number',
			name: 'formerArticleNumber',
			type: 'string',
			default: '={{ $json.formerArticleNumber }}',
			description:
				'The number that the shop may still have the product by. The product found by it gets the new number and keeps its ID, orders and pictures.',
		},
		{
			displayName: 'Create Missing Product',
			name: 'createMissing',
			type: 'boolean',
			default: true,
			description:
				'Whether to create the product where the shop has none. Off, or without fields to create it of, it is skipped.',
		},
		...fieldsInput([
			{
				name: 'create',
				displayName: 'Create',
				description: 'Fields of a new product by the shop’s names',
			},
			{
				name: 'update',
				displayName: 'Update',
				description:
					'Fields of a product that the shop has, by the shop’s names; what is left out stays as it is',
			},
		]),
		notedProducts,
		requestOptions,
	]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const shop = await shopOf(context);
		const input = context.getInputData();
		const given = readItems(context, (itemIndex) => givenChange(context, itemIndex));
		const wanted = usable(given);
		const found = await recordOrFailure(context, async () => await findAll(context, wanted, limit));
		const { products, shopNumbers } = found instanceof Error ? NOTHING_FOUND : found;
		const changes = given.map((change) =>
			change && !(change instanceof Error) ? byShopNumbers(change, shopNumbers) : change,
		);
		const { groups, renames } = inWorkableOrder(
			changes.map((change) => (change instanceof Error ? undefined : change)),
			(articleNumber) => products.has(articleNumber),
		);
		const unusable = changes.flatMap((change, itemIndex) =>
			change instanceof Error ? [[itemIndex]] : [],
		);
		const run: Run = {
			context,
			attempt: attemptsUntilOutage(context),
			products,
			renames,
			live: liveNumbers(wanted),
			stuck: new Map(),
		};

		const work = async (change: ProductChange, itemIndex: number) => {
			if (found instanceof Error) throw found;
			const { specterNumber } = change;
			const notes = [...notesOf(input[itemIndex]), ...numberNote(change)];
			if (isDeletion(change) && run.live.has(specterNumber)) {
				const note = `The number ${specterNumber} is in use again: the deletion is left out`;
				const skipped = { outcome: 'skipped', productId: null, changed: [] };
				return withNote({ ...skipped, articleNumber: specterNumber }, [...notes, note]);
			}
			const { note, ...result } = await apply(run, change, itemIndex);
			const product = products.get(change.articleNumber);
			const outcome = {
				...result,
				articleNumber: specterNumber,
				...standing(shop, product, change),
			};
			return withNote(outcome, note ? [...notes, String(note)] : notes);
		};
		return await runGroups(context, limit, changes, [...unusable, ...groups], work);
	},
};
