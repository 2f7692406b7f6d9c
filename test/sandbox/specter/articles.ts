import type { SpecterDialect } from './dialect';
import { FORMATS, type Rules } from './parameters';
import { Refusal } from './refusal';

export const MOST_ARTICLES_A_CALL = 100;

export const ARTICLE_HEADER_RULES: Rules = {
	forceArticleUpdate: { format: FORMATS.flag },
	addSupplier: { format: FORMATS.flag },
};

const SUPPLIER_RULES: Rules = {
	supplierNo: {},
	supplierName: {},
	supplierBuyPrice: { format: FORMATS.twoDecimals },
	supplierArticleNo: {},
};

/** @returns the rules of one row, with what the dialect requires */
export function articleRules({ requiredOfArticle }: SpecterDialect): Rules {
	const rules: Rules = {
		articleNo: {},
		name: {},
		priceExclVAT: { format: FORMATS.twoDecimals },
		vatPercent: { format: FORMATS.vat },
		buyPrice: { format: FORMATS.twoDecimals },
		stockPrice: { format: FORMATS.twoDecimals },
		barCode: {},
		productWeight: { format: FORMATS.threeDecimals },
		productVolume: { format: FORMATS.volume },
		createArticleStock: { format: FORMATS.flag },
		noItemsInStock: { format: FORMATS.upToFourDecimals },
		manufacturingCountryCode: { format: FORMATS.country },
		newArticleNo: {},
		...SUPPLIER_RULES,
	};
	for (const name of requiredOfArticle) rules[name] = { ...rules[name], required: true };
	return rules;
}

/** What an update overwrites where it is sent. */
const WRITTEN = [
	'name',
	'priceExclVAT',
	'vatPercent',
	'stockPrice',
	'barCode',
	'productWeight',
	'productVolume',
	'manufacturingCountryCode',
] as const;

export interface ArticleSupplier {
	supplierNo: string;
	name: string;
	buyPrice: string;
	articleNo: string;
}

/** An article as Specter keeps it. Texts are as they were sent, empty where they never were. */
export interface SpecterArticle extends Record<(typeof WRITTEN)[number] | 'buyPrice', string> {
	specterArticleId: number;
	articleNo: string;
	/** The numbers it had before, oldest first. */
	formerArticleNos: string[];
	isStockArticle: boolean;
	/** By stock site, main site first. null = Specter has no number to tell. */
	stock: Array<{ site: string; available: number | null }>;
	suppliers: ArticleSupplier[];
	notes: string;
	reorderPoint: string;
	/** The manufacturer's article number. */
	supplierArticleNo: string;
	isPackage: boolean;
	deleted: boolean;
}

export const MAIN_SITE = 'Huvudlager';

export interface ArticleSubmission {
	first: SpecterArticle;
	created: SpecterArticle[];
	updated: SpecterArticle[];
	unchanged: SpecterArticle[];
}

type Row = ReadonlyMap<string, string>;

/** The articles of the account by number. */
export class ArticleRegister {
	readonly byNo = new Map<string, SpecterArticle>();

	private nextId = 50001;

	constructor(private readonly dialect: SpecterDialect) {}

	/**
	 * newArticleSubmit (contract specter §4): all rows or, if one cannot be carried out, none.
	 *
	 * @param rows parameters that are checked already
	 * @throws Refusal
	 */
	submit(header: Row, rows: readonly Row[]): ArticleSubmission {
		if (rows.length === 0) throw new Refusal('parameter', 'articleNo_1 is missing');
		this.checkNumbers(rows);
		const withSuppliers = header.get('addSupplier') === '1';
		rows.forEach((row, index) => checkSupplier(row, index, withSuppliers));

		const submission: Omit<ArticleSubmission, 'first'> = {
			created: [],
			updated: [],
			unchanged: [],
		};
		const articles = rows.map((row) => {
			const known = this.byNo.get(row.get('articleNo') ?? '');
			if (!known) {
				const article = this.add(row.get('newArticleNo') || (row.get('articleNo') ?? ''));
				article.isStockArticle = row.get('createArticleStock') === '1';
				article.stock[0].available = Number(row.get('noItemsInStock') || 0);
				this.write(article, row, withSuppliers);
				submission.created.push(article);
				return article;
			}
			if (header.get('forceArticleUpdate') === '1') {
				this.write(known, row, withSuppliers);
				const newNo = row.get('newArticleNo');
				if (newNo) this.rename(known, newNo);
				submission.updated.push(known);
			} else {
				submission.unchanged.push(known);
			}
			return known;
		});
		return { first: articles[0], ...submission };
	}

	/** An article that is in Specter from before, or is entered on the account's page. */
	add(articleNo: string, values: Partial<SpecterArticle> = {}): SpecterArticle {
		if (this.byNo.has(articleNo)) throw new Refusal('article', `Article ${articleNo} exists`);
		const article: SpecterArticle = {
			specterArticleId: this.nextId,
			formerArticleNos: [],
			name: '',
			priceExclVAT: '0.00',
			vatPercent: '25',
			stockPrice: '',
			buyPrice: '',
			barCode: '',
			productWeight: '',
			productVolume: '',
			manufacturingCountryCode: '',
			isStockArticle: true,
			stock: [{ site: MAIN_SITE, available: 0 }],
			suppliers: [],
			notes: '',
			reorderPoint: '',
			supplierArticleNo: '',
			isPackage: false,
			deleted: false,
			...values,
			articleNo,
		};
		this.nextId += 1;
		this.byNo.set(articleNo, article);
		return article;
	}

	/** @throws Refusal if another article has that number */
	rename(article: SpecterArticle, articleNo: string): void {
		if (articleNo === article.articleNo) return;
		if (this.byNo.has(articleNo)) throw new Refusal('article', `Article ${articleNo} exists`);
		this.byNo.delete(article.articleNo);
		article.formerArticleNos.push(article.articleNo);
		article.articleNo = articleNo;
		this.byNo.set(articleNo, article);
	}

	/** Every number, old or new, must be free for the row that names it. */
	private checkNumbers(rows: readonly Row[]): void {
		const taken = new Set<string>();
		rows.forEach((row, index) => {
			const articleNo = row.get('articleNo') ?? '';
			const newNo = row.get('newArticleNo') || articleNo;
			const fail = (what: string) => new Refusal('article', `Row ${index + 1}: ${what}`);
			for (const number of new Set([articleNo, newNo])) {
				if (taken.has(number)) throw fail(`article ${number} stands in the call twice`);
				taken.add(number);
			}
			if (newNo === articleNo) return;
			if (this.byNo.has(newNo)) throw fail(`article ${newNo} exists`);
			if (!this.byNo.has(articleNo) && this.dialect.renameOfUnknownArticle === 'refuse') {
				throw fail(`article ${articleNo} does not exist and cannot get a new number`);
			}
		});
	}

	private write(article: SpecterArticle, row: Row, withSuppliers: boolean): void {
		for (const name of WRITTEN) article[name] = row.get(name) ?? article[name];
		// A purchase price has no effect where Specter keeps suppliers for the article.
		if (article.suppliers.length === 0) article.buyPrice = row.get('buyPrice') ?? article.buyPrice;
		if (!withSuppliers || !row.get('supplierNo')) return;
		const supplier: ArticleSupplier = {
			supplierNo: row.get('supplierNo') ?? '',
			name: row.get('supplierName') ?? '',
			buyPrice: row.get('supplierBuyPrice') ?? '',
			articleNo: row.get('supplierArticleNo') ?? '',
		};
		const others = article.suppliers.filter(({ supplierNo }) => supplierNo !== supplier.supplierNo);
		article.suppliers = [...others, supplier];
	}
}

function checkSupplier(row: Row, index: number, withSuppliers: boolean): void {
	const sent = Object.keys(SUPPLIER_RULES).find((name) => row.get(name));
	if (sent && !withSuppliers) {
		throw new Refusal('parameter', `Row ${index + 1}: ${sent} needs addSupplier=1`);
	}
}
