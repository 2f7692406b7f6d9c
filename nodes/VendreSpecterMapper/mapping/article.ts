import Big from 'big.js';
import { checkRecord } from '../../shared/records';
import { transliterate } from '../../shared/transliterate';
import { specterArticle, type SpecterArticle } from '../../Specter/records';
import type { VendreProduct } from '../../Vendre/records';
import { withoutBlanks } from './customer';
import type { ArticleSettings } from './settings';
import { wordFor } from './wordFor';

/** Numbers of articles as other shops of Specter's forbid them: worth a warning, not altered. */
const RISKY_ARTICLE_NUMBER = /[\s,åäöÅÄÖ&%#]/;

/** A warning where an article number has characters that are known to make trouble (specter §4). */
export function riskyNumberNote(articleNo: string): string[] {
	return RISKY_ARTICLE_NUMBER.test(articleNo)
		? [
				`Article number "${articleNo}" has blanks or one of , å ä ö & % #, which some systems refuse`,
			]
		: [];
}

/**
 * The warnings about a number of the shop's on its way to Specter. One that Latin-1 cannot hold is spelled
 * anew on the wire (specter §1), and Specter's changes then come by a number that the shop does not have.
 */
export function articleNumberNotes(articleNo: string): string[] {
	const inSpecter = transliterate(articleNo);
	const notes = riskyNumberNote(articleNo);
	if (inSpecter === articleNo) return notes;
	return [
		...notes,
		`Article number "${articleNo}" has characters that cannot be sent to Specter, where it becomes "${inSpecter}": changes from Specter will not find the product until its number in the shop is changed`,
	];
}

/** An amount or weight in so many decimals, rounded half up; undefined where the shop has none. */
export function rounded(value: number | null, decimals: number): string | undefined {
	return value === null
		? undefined
		: new Big(value).round(decimals, Big.roundHalfUp).toFixed(decimals);
}

/** The product's name in the chosen language, else in the first language that has one. */
function nameOf({ name }: VendreProduct, language: string): string {
	const names = [wordFor(name, language) ?? '', ...Object.values(name)];
	return names.find((text) => text.trim() !== '') ?? '';
}

/**
 * A product as Specter's article (matrix P1–P8): price excl. VAT, VAT in percent, weight in kg.
 * Stock is used by Specter on creation only (contract specter §4).
 * @param as the number that Specter knows the article by, the new one where it was changed (P7), and
 * the VAT percentage
 * @throws {Refusal} when a field does not fit, such as a missing article number
 */
export function mapArticle(
	product: VendreProduct,
	as: Pick<SpecterArticle, 'articleNo' | 'newArticleNo' | 'mayBeRenamed' | 'vatPercent'>,
	settings: ArticleSettings,
): SpecterArticle {
	const article = {
		...as,
		name: nameOf(product, settings.nameLanguage) || as.articleNo,
		priceExclVAT: rounded(product.price, 2),
		barCode: product.ean1,
		buyPrice: settings.purchasePrice ? rounded(product.price_in, 2) : undefined,
		productWeight: rounded(product.weight, 3),
		createArticleStock: true,
		noItemsInStock: settings.stockOnCreation
			? String(Math.max(0, product.quantity ?? 0))
			: undefined,
	};
	return withoutBlanks(checkRecord(specterArticle, article, `Product ${product.id}`));
}
