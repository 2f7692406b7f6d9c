/** A map of the latest entries: one that is set again is the newest, and the oldest goes where there are too many. */
export class LatestMap<Key, Value> extends Map<Key, Value> {
	constructor(private readonly most: number) {
		super();
	}

	override set(key: Key, value: Value): this {
		this.delete(key);
		super.set(key, value);
		const [oldest] = this.keys();
		if (this.size > this.most) this.delete(oldest);
		return this;
	}
}
