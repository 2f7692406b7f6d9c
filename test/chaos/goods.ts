import type { Sandbox, SpecterArticle } from '../sandbox';
import { enterProducts } from '../sandbox/data/known';
import type { Random } from '../sandbox/data/random';
import type { Intended } from './intended';

/** Products that nobody orders: what is edited in them cannot be written over by an order's own copy. */
const PREFIX = 'EGEN-';
const OWNED_BY_EACH = 12;
const MOST_DELETED = 2;

/** Whether a number belongs to the products that are edited during a storm. */
export function isEdited(articleNo: string): boolean {
	return articleNo.startsWith(PREFIX);
}

const priceOf = (random: Random) => (random.between(1_000, 99_999) / 100).toFixed(2);

/**
 * The products that people edit while the storm lasts, half of them in the shop and half in Specter: two
 * who edit the same one at the same time would have to agree, which is no matter of a sync.
 */
export class EditedGoods {
	private readonly inShop: number[] = [];
	private readonly inSpecter: SpecterArticle[] = [];
	private readonly renamed = new Set<SpecterArticle>();
	private numbers = 0;

	/** Puts them into the shop, and all of its products into Specter, as they stand when all is in sync. */
	constructor(
		private readonly sandbox: Sandbox,
		private readonly random: Random,
		private readonly intended: Intended,
	) {
		const { vendre, specter } = sandbox;
		const made = Array.from({ length: 2 * OWNED_BY_EACH }, () => this.create());
		enterProducts(sandbox);
		for (const [index, articleNo] of made.entries()) {
			const article = specter.articles.get(articleNo);
			const product = vendre.productShelf.withArticleNo(articleNo);
			if (index % 2 === 0 && product) this.inShop.push(product.id);
			else if (article) this.inSpecter.push(article);
		}
	}

	/** Somebody in the shop enters a product, gives one another number, or another price. */
	editInShop(): void {
		const { random, intended } = this;
		const { vendre } = this.sandbox;
		const chance = random.next();
		if (chance < 0.1) {
			const product = vendre.productShelf.withArticleNo(this.create());
			if (product) this.inShop.push(product.id);
			return;
		}
		const id = random.pick(this.inShop);
		const { article_number: former } = vendre.products.get(id) ?? {};
		if (former === undefined) return;
		if (chance < 0.25) {
			const articleNo = this.nextNumber();
			vendre.editProduct(id, { article_number: articleNo });
			intended.rename(former, articleNo);
			return;
		}
		const price = priceOf(random);
		vendre.editProduct(id, { price: Number(price) });
		intended.prices.set(former, price);
	}

	/** Somebody in Specter enters an article, gives one another number, deletes one, or changes a price. */
	editInSpecter(): void {
		const { random, intended, renamed } = this;
		const { specter } = this.sandbox;
		const chance = random.next();
		const article = random.pick(this.inSpecter);
		if (chance < 0.1) {
			const articleNo = this.nextNumber();
			const price = priceOf(random);
			const values = { name: `Vara ${articleNo}`, priceExclVAT: price, vatPercent: '25' };
			this.inSpecter.push(specter.addArticle(articleNo, values));
			specter.setStock(articleNo, random.between(1, 50));
			intended.prices.set(articleNo, price);
		} else if (chance < 0.25 && !renamed.has(article)) {
			const { articleNo: former } = article;
			specter.editArticle(former, { articleNo: this.nextNumber() });
			intended.rename(former, article.articleNo);
			// Specter tells of one former number alone: an article is not renumbered twice between two looks.
			renamed.add(article);
		} else if (chance < 0.3 && intended.deleted.size < MOST_DELETED) {
			specter.deleteArticle(article.articleNo);
			intended.delete(article.articleNo);
			this.inSpecter.splice(this.inSpecter.indexOf(article), 1);
		} else {
			const price = priceOf(random);
			specter.editArticle(article.articleNo, { priceExclVAT: price });
			intended.prices.set(article.articleNo, price);
		}
	}

	/** A product that is new in the shop; answers with its number. */
	private create(): string {
		const articleNo = this.nextNumber();
		const price = priceOf(this.random);
		this.sandbox.vendre.productShelf.create({
			article_number: articleNo,
			name: { sv: `Vara ${articleNo}`, en: `Item ${articleNo}` },
			price: Number(price),
			tax_class_id: 2,
			status: true,
		});
		this.intended.prices.set(articleNo, price);
		return articleNo;
	}

	private nextNumber(): string {
		this.numbers += 1;
		return `${PREFIX}${this.numbers}`;
	}
}
