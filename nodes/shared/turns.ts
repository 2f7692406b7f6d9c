/** Has work of the same key done one after another, while work of other keys goes on. */
export class Turns {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Runs `work` when everything that was given here for the key before it has ended, well or badly. */
	async take<Output>(key: string, work: () => Promise<Output>): Promise<Output> {
		const turn = (this.last.get(key) ?? Promise.resolve()).then(work);
		const over = turn.catch(() => undefined);
		this.last.set(key, over);
		try {
			return await turn;
		} finally {
			if (this.last.get(key) === over) this.last.delete(key);
		}
	}
}
