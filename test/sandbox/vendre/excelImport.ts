import type { SheetRow } from './excel';
import type { ProductShelf } from './products';
import type { ProductRecord } from './records';

/** What an import of variants has done. */
export interface ImportReport {
	/** Article numbers of the products that are variants now. */
	joined: string[];
	/** Rows that were not carried out; the headings stand in line 1. */
	refused: Array<{ line: number; model: string; reason: string }>;
}

/** What a customer chooses between, by the choice's number. */
type Choices = Record<string, { type: string; choice: string }>;
type Variants = Record<string, { name: Record<string, string>; choices: string[] }>;
type VariantProducts = Record<string, Record<string, string>>;

class RefusedRow extends Error {}

const COLUMN = /^variant_(?:type|choice)_name_([1-9]\d*)_sv$/;

/**
 * Joins variants to their main products as the admin's Excel import does (contract vendre §7). A row that
 * cannot be carried out is refused alone.
 *
 * @param seconds the time of the change, unix seconds
 * @throws Error for a column that the import does not know, or a sheet without its two columns
 */
export function importVariants(
	shelf: ProductShelf,
	rows: readonly SheetRow[],
	seconds: number,
): ImportReport {
	const columns = new Set(rows.flatMap((row) => Object.keys(row)));
	for (const column of columns) {
		if (column !== 'model' && column !== 'Parent_id' && !COLUMN.test(column)) {
			throw new Error(`The import knows no column "${column}"`);
		}
	}
	const report: ImportReport = { joined: [], refused: [] };
	rows.forEach((row, index) => {
		const { model = '' } = row;
		if (Object.keys(row).length === 0) return;
		try {
			const variant = productOf(shelf, model);
			const main = mainProductOf(shelf, row);
			join(shelf, variant, main, choicesOf(row), seconds);
			report.joined.push(model);
		} catch (error) {
			if (!(error instanceof RefusedRow)) throw error;
			report.refused.push({ line: index + 2, model, reason: error.message });
		}
	});
	return report;
}

/** @throws RefusedRow */
function productOf(shelf: ProductShelf, articleNo: string): ProductRecord {
	const product = shelf.withArticleNo(articleNo);
	if (!product) throw new RefusedRow(`There is no product with the model "${articleNo}"`);
	return product;
}

/** @throws RefusedRow */
function mainProductOf(shelf: ProductShelf, { Parent_id: named = '' }: SheetRow): ProductRecord {
	if (named.startsWith('model:')) return productOf(shelf, named.slice('model:'.length));
	const product = /^\d+$/.test(named) ? shelf.byId.get(Number(named)) : undefined;
	if (!product) throw new RefusedRow(`Parent_id: there is no product "${named}"`);
	return product;
}

/** @throws RefusedRow unless types and choices come in pairs, from 1 on without a gap */
function choicesOf(row: SheetRow): Choices {
	const numbers = new Set(Object.keys(row).flatMap((column) => COLUMN.exec(column)?.[1] ?? []));
	if (numbers.size === 0) throw new RefusedRow('There is no choice');
	return Object.fromEntries(
		Array.from({ length: numbers.size }, (_, index) => {
			const number = String(index + 1);
			const type = row[`variant_type_name_${number}_sv`];
			const choice = row[`variant_choice_name_${number}_sv`];
			if (!type || !choice) {
				throw new RefusedRow(`Choice ${number} must have both a type and a choice`);
			}
			return [number, { type, choice }];
		}),
	);
}

/** @throws RefusedRow if the two cannot belong together, or the main product has such a variant */
function join(
	shelf: ProductShelf,
	variant: ProductRecord,
	main: ProductRecord,
	choices: Choices,
	seconds: number,
): void {
	if (variant.id === main.id) throw new RefusedRow('A product is no variant of itself');
	if (main.parent !== 0) throw new RefusedRow(`${main.article_number} is itself a variant`);
	if (variant.is_parent) throw new RefusedRow('A main product cannot become a variant');

	const variants: Variants = { ...(main.variants as Variants) };
	const chosen = Object.fromEntries(
		Object.entries(choices).map(([number, { choice }]) => [number, choice]),
	);
	for (const [number, { type, choice }] of Object.entries(choices)) {
		const known = variants[number] ?? { name: { sv: type, en: '' }, choices: [] };
		if (known.name.sv !== type) {
			throw new RefusedRow(`Choice ${number} of ${main.article_number} is "${known.name.sv}"`);
		}
		variants[number] = { ...known, choices: [...new Set([...known.choices, choice])] };
	}
	const { [variant.id]: before, ...others } = main.variant_products as VariantProducts;
	for (const [id, taken] of Object.entries(others)) {
		if (isSame(taken, chosen)) throw new RefusedRow(`Product ${id} has the same choices`);
	}

	if (variant.parent !== 0 && !before) leave(shelf, variant, seconds);
	Object.assign(variant, { parent: main.id, date_modified: seconds });
	Object.assign(main, {
		is_parent: true,
		child_product_ids: [...new Set([...main.child_product_ids, variant.id])],
		variants,
		variant_products: { ...others, [variant.id]: chosen },
		date_modified: seconds,
	});
}

/** Takes a variant away from the main product that it had. */
function leave(shelf: ProductShelf, variant: ProductRecord, seconds: number): void {
	const main = shelf.byId.get(variant.parent);
	if (!main) return;
	const others = { ...(main.variant_products as VariantProducts) };
	delete others[variant.id];
	const children = main.child_product_ids.filter((id) => id !== variant.id);
	Object.assign(main, {
		is_parent: children.length > 0,
		child_product_ids: children,
		variant_products: others,
		date_modified: seconds,
	});
}

function isSame(one: Record<string, string>, other: Record<string, string>): boolean {
	const numbers = new Set([...Object.keys(one), ...Object.keys(other)]);
	return [...numbers].every((number) => one[number] === other[number]);
}
