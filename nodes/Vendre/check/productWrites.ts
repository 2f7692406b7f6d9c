import type { IDataObject } from 'n8n-workflow';
import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { assumedVendre } from '../transport/dialect';
import { productsByArticleNumbers } from '../transport/productLookup';
import { createProduct } from '../transport/productWrites';
import { readRaw, saveWithEitherVerb, verbFound } from './saving';
import { asSet, differs, withFindings, type Shop } from './shop';

/** What was found by writing, and the shop to go on with. */
export interface Written {
	shop: Shop;
	findings: Findings;
}

/** What a sale or a save changes by itself. */
const MOVING = new Set(['date_modified', 'quantity', 'warehouses', 'ordered']);

/**
 * Saves another note on the test article and then its own again, and makes the article where the shop has
 * none. Everything else of it is compared.
 * @param sample any product, for the languages and a tax class of the shop
 */
export async function probeProductWrites(
	shop: Shop,
	articleNumber: string,
	sample: IDataObject | undefined,
): Promise<Written> {
	const known = (await productsByArticleNumbers(shop.context, [articleNumber], 1)).get(
		articleNumber,
	);
	const making = known ? undefined : await make(shop, articleNumber, sample);
	const product = known ?? making?.product;
	const createVerb =
		making?.finding ?? notTested('The shop has the test article: name one that it does not have');
	if (!product) return { shop, findings: { createVerb } };
	const saving = await probeSaving(shop, Number(product.id));
	return { shop: saving.shop, findings: { createVerb, ...saving.findings } };
}

/** Makes the article, inactive, with the verb that is set, else with the other one. */
async function make(
	shop: Shop,
	articleNumber: string,
	sample: IDataObject | undefined,
): Promise<{ finding: Finding; product?: IDataObject }> {
	if (!sample) return { finding: notTested('The shop has no product to take a tax class from') };
	const languages = Object.keys((sample.name ?? {}) as IDataObject);
	const fields: IDataObject = {
		article_number: articleNumber,
		name: Object.fromEntries(languages.map((language) => [language, articleNumber])),
		price: 1,
		tax_class_id: sample.tax_class_id,
		status: false,
	};
	const set = shop.dialect.createVerb;
	const other = set === 'POST' ? 'PUT' : 'POST';
	for (const createVerb of [set, other] as const) {
		const finding: Finding =
			createVerb === set
				? holds(`${asSet(set, assumedVendre.createVerb)}; the article stays in the shop, inactive`)
				: { verdict: 'differs', found: `${createVerb} makes a product`, entry: { createVerb } };
		try {
			const there = createVerb === set ? shop : await withFindings(shop, { createVerb: finding });
			const { product } = await createProduct(there.context, articleNumber, fields, 0);
			return { finding, product };
		} catch {
			// The other verb, or neither.
		}
	}
	return { finding: differs(`Neither ${set} nor ${other} makes a product`) };
}

async function probeSaving(shop: Shop, id: number): Promise<Written> {
	const note = shop.dialect.fields.products.note ?? 'note';
	const path = `products/${id}`;
	const before = await readRaw(shop, 'products', id);
	if (!before || !(note in before)) {
		return { shop, findings: { saveVerb: notTested(`The test article has no ${note}`) } };
	}
	const changed = `${textOf(before[note])} *`.trim();
	let after: IDataObject = before;
	const saved = await saveWithEitherVerb(shop, path, { [note]: changed }, async () => {
		after = (await readRaw(shop, 'products', id)) ?? before;
		return textOf(after[note]) === changed;
	});
	if (!saved.shop) {
		return { shop, findings: { saveVerb: differs(saved.refusals.join(', ')) } };
	}
	const others = Object.keys(before).filter(
		(name) => name !== note && !MOVING.has(name) && !isSame(before[name], after[name]),
	);
	const own: IDataObject = { [note]: before[note] ?? '' };
	for (const name of others) own[name] = before[name];
	const restored = await saveWithEitherVerb(saved.shop, path, own, async () => {
		return textOf((await readRaw(shop, 'products', id))?.[note]) === textOf(before[note]);
	});
	const verb = verbFound(shop, saved.shop);
	return {
		shop: saved.shop,
		findings: {
			saveVerb: restored.shop
				? verb
				: { ...verb, found: `${verb.found}; the note of the test article could not be put back` },
			partialBodies:
				others.length === 0
					? holds('All other fields of the article stayed as they were')
					: differs(`Saving the note changed ${others.join(', ')} as well, which were sent back`),
		},
	};
}

const textOf = (value: unknown) => String(value ?? '').trim();

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
