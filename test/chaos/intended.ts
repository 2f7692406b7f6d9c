/**
 * What the people in the shop and in Specter have asked for and must find in both systems when all is
 * quiet. Orders, stock and order status need no note here: the systems themselves tell what they should be.
 */
export class Intended {
	/** Price excl. VAT of a product that one of them has edited, by its present article number. */
	readonly prices = new Map<string, string>();

	/** Article numbers that have been given up for another one. */
	readonly gone = new Set<string>();

	/** Articles that were deleted in Specter: their products stay, but are not sold. */
	readonly deleted = new Set<string>();

	/** Street of a customer who came or moved, by the shop's customer number. */
	readonly streets = new Map<number, string>();

	rename(from: string, to: string): void {
		const price = this.prices.get(from);
		if (price !== undefined) this.prices.set(to, price);
		this.prices.delete(from);
		this.gone.add(from);
	}

	/** A deleted article is asked for nothing else. */
	delete(articleNo: string): void {
		this.prices.delete(articleNo);
		this.deleted.add(articleNo);
	}
}
