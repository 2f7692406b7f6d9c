import type { RequestContext } from '../../shared/http';
import { LatestMap } from '../../shared/latestMap';
import { Turns } from '../../shared/turns';
import type { VendreCredential } from './request';

/** Article numbers kept of one shop, and shops kept; the oldest are dropped. */
const MOST_NUMBERS = 100_000;
const MOST_SHOPS = 50;
/** How long a scan tells that a number is not in the shop. */
const SCAN_HOLDS_MS = 10 * 60_000;

/** How much of the shop's list a scan has seen. */
export interface Scanned {
	rows: number;
	/** The highest id among them; newer products have higher ones. */
	lastId: number;
}

/**
 * What this process remembers of a shop's products: which id an article number had when it was last
 * seen, and how the shop answers. An id is a hint only, to be checked against the product itself.
 */
export class ProductIndex {
	/** Whether the shop was seen to answer a filter with rows that were not asked for. */
	readonly ignores = { articleNumber: false, productIds: false };

	/** How many products the shop has, as far as is known. */
	length?: number;

	private ids = new Map<string, number>();
	private lastScan?: Scanned & { until: number };
	private readonly turns = new Turns();

	constructor(private readonly mostNumbers = MOST_NUMBERS) {}

	idOf(articleNumber: string): number | undefined {
		return this.ids.get(articleNumber);
	}

	remember(articleNumber: string, id: number): void {
		this.ids.delete(articleNumber);
		this.ids.set(articleNumber, id);
		this.dropOldest();
	}

	forget(articleNumber: string): void {
		this.ids.delete(articleNumber);
	}

	/** Takes over what a scan of the whole list saw; without `scanned` it tells nothing of what is missing. */
	replace(ids: Map<string, number>, scanned?: Scanned): void {
		this.ids = ids;
		this.lastScan = scanned && { ...scanned, until: performance.now() + SCAN_HOLDS_MS };
		this.dropOldest();
	}

	/** The last scan, while a number that it did not see and that is not in a later row is in no product. */
	get freshScan(): Scanned | undefined {
		return this.lastScan && performance.now() < this.lastScan.until ? this.lastScan : undefined;
	}

	/** To be called when the list no longer continues where the last scan ended. */
	dropScan(): void {
		this.lastScan = undefined;
	}

	/**
	 * Runs `work` when nothing else is under way for the article number. Two executions may hold the same
	 * new article, and must not both make a product of it.
	 */
	async alone<Output>(articleNumber: string, work: () => Promise<Output>): Promise<Output> {
		return await this.turns.take(articleNumber, work);
	}

	private dropOldest(): void {
		for (const articleNumber of this.ids.keys()) {
			if (this.ids.size <= this.mostNumbers) return;
			this.ids.delete(articleNumber);
			// From here on a number that is not known here may be in the shop.
			this.lastScan = undefined;
		}
	}
}

const indexes = new LatestMap<string, ProductIndex>(MOST_SHOPS);

/** The index of the credential's shop; another credential or another address has one of its own. */
export async function productIndexOf(context: RequestContext): Promise<ProductIndex> {
	const { shopUrl, apiPath } = await context.getCredentials<VendreCredential>('vendreApi');
	const { id } = context.getNode().credentials?.vendreApi ?? {};
	const key = JSON.stringify([id, shopUrl, apiPath]);
	const index = indexes.get(key) ?? new ProductIndex();
	indexes.set(key, index);
	return index;
}
