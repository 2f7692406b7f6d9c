import { Refusal } from '../../shared/refusal';
import type { ArticleChange } from '../../Specter/changes';
import { riskyNumberNote } from './article';
import type { Notes } from './notes';
import { shopId, toldNumber } from './numbers';
import type { ProductSettings } from './settings';
import { mapSuppliers, type ProductSupplier } from './suppliers';

/**
 * The fields of a product that Specter decides, as the shop takes them (contract vendre §2): prices
 * excl. VAT, weight in kg. A field that is absent is left alone.
 */
export interface ProductFields {
	article_number?: string;
	name?: Record<string, string>;
	ean1?: string;
	price?: number;
	price_in?: number;
	weight?: number | null;
	tax_class_id?: number;
	manufacturer_model?: string;
	quantity?: number;
	status?: boolean;
	show?: boolean;
	note?: string;
	reorder_stock?: number;
	category_ids?: number[];
	suppliers?: ProductSupplier[];
}

/** What one article becomes in the shop, where the product is missing and where it is there. */
export interface MappedProduct {
	articleNumber: string;
	/** The number that the shop may still have the product by (A17); '' where it was not changed. */
	formerArticleNumber: string;
	/** Whether a product that the shop does not have is made. */
	createMissing: boolean;
	create: ProductFields;
	update: ProductFields;
	notes: Notes;
}

/**
 * An article of Specter's as a product of the shop (matrix A1–A17). What Specter did not send is in
 * neither record, and what only a new product gets (A1–A8) is not in `update`.
 * @throws {Refusal} without an article number, for a number that cannot be read, for a VAT rate or an
 * id that the settings have no place for
 */
export function mapProduct(change: ArticleChange, settings: ProductSettings): MappedProduct {
	const { articleNo: articleNumber, oldArticleNo = '', deleted } = change;
	if (!articleNumber) {
		throw new Refusal(
			'The article change has no articleNo',
			'Give the node the items of Article Change: Get Pending.',
		);
	}
	const formerArticleNumber = oldArticleNo === articleNumber ? '' : oldArticleNo;
	const product = { articleNumber, formerArticleNumber, createMissing: !deleted };
	if (deleted) {
		const notes = [`Article ${articleNumber} was deleted in Specter: the product becomes inactive`];
		return { ...product, create: {}, update: { status: false }, notes };
	}

	const notes = riskyNumberNote(articleNumber);
	const both = fieldsOfBoth(change, settings, notes);
	const { nameLanguage } = settings;
	if (!change.name) {
		notes.push(`Article ${articleNumber} has no name: a new product gets its number as the name`);
	}
	const create = {
		...both,
		article_number: articleNumber,
		name: { [nameLanguage]: change.name || articleNumber },
		...fieldsOfNew(change, settings),
	};
	const update = {
		...both,
		article_number: formerArticleNumber ? articleNumber : undefined,
		name: change.name ? { [nameLanguage]: change.name } : undefined,
		// Specter is never told the shop's number (P1–P8), so that it has none says nothing of it.
		manufacturer_model: change.supplierArticleNo || undefined,
	};
	return { ...product, create: present(create), update: present(update), notes };
}

/** What a product gets whether it is new or not (A10, A12–A16). */
function fieldsOfBoth(
	change: ArticleChange,
	settings: ProductSettings,
	notes: Notes,
): ProductFields {
	return {
		suppliers: settings.suppliers && mapSuppliers(change, settings.suppliers, notes),
		ean1: change.barCode,
		price: numberIn(change, 'priceExclVAT'),
		weight: change.productWeight === '' ? null : numberIn(change, 'productWeight'),
		tax_class_id: taxClass(change, settings, notes),
		manufacturer_model: change.supplierArticleNo,
	};
}

/** What a new product alone gets (A1, A3–A8). */
function fieldsOfNew(change: ArticleChange, settings: ProductSettings): ProductFields {
	// A package is bought and counted by its parts.
	const counted = !settings.packagesAreSold && !change.isPackage;
	const categoryIds = settings.categoryIds
		.split(',')
		.filter((id) => id.trim())
		.map((id) => shopId(id, 'Category IDs of New Products'));
	return {
		quantity: 0,
		status: settings.newProductsActive,
		show: true,
		price_in: counted && settings.takePurchasePrice ? numberIn(change, 'buyPrice') : undefined,
		note: change.notes,
		reorder_stock:
			counted && settings.takeReorderPoint ? numberIn(change, 'reorderPoint') : undefined,
		category_ids: categoryIds.length > 0 ? categoryIds : undefined,
	};
}

function numberIn(
	change: ArticleChange,
	field: 'priceExclVAT' | 'vatPercent' | 'buyPrice' | 'productWeight' | 'reorderPoint',
): number | undefined {
	return toldNumber(change[field], `${field} of article ${change.articleNo}`);
}

/**
 * The shop's class of an article's VAT rate (A15); 25 and 25.00 are the same rate.
 * @throws {Refusal} for a rate that the user did not map
 */
function taxClass(
	change: ArticleChange,
	{ taxClassByVat }: ProductSettings,
	notes: Notes,
): number | undefined {
	const vat = numberIn(change, 'vatPercent');
	if (vat === undefined) {
		notes.push(`Specter tells no VAT of article ${change.articleNo}: the tax class is left alone`);
		return undefined;
	}
	const entries = Object.entries(taxClassByVat);
	const entry = entries.find(([rate]) => rate.trim() !== '' && Number(rate) === vat);
	if (entry) return shopId(entry[1], 'Tax Class by VAT');
	throw new Refusal(
		`Article ${change.articleNo} has ${vat} % VAT, for which the shop’s tax class is not given`,
		'Enter the rate and the ID of the tax class in the mapper under Tax Class by VAT.',
	);
}

/** A record without the fields that have no value; '' and null are values here. */
function present(fields: ProductFields): ProductFields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
