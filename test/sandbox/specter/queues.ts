import type { SpecterDialect } from './dialect';
import { Refusal } from './refusal';

/** A batch that is about to be confirmed. */
export interface QueueConfirmation<Key> {
	batchNo: string;
	/** All that stand in the batch. */
	records: readonly Key[];
	/** Those of them that have changed since they came into the batch: they come again in a later one. */
	changedSince: readonly Key[];
}

/**
 * One of the three change queues (contract specter §4): pending changes, and at most one open batch.
 * A change that comes while its record stands in an open batch waits for the next batch, so that a
 * confirmation never swallows it.
 */
export class ChangeQueue<Key> {
	/** Waiting to be fetched, oldest first. */
	private pending = new Set<Key>();
	private open?: { batchNo: string; keys: Key[] };
	private readonly used = new Set<string>();

	/**
	 * @param openBatchInSecondQuotes on a confirmation, the open batch's number is the second quoted text
	 * (else the first)
	 * @param onConfirm is told of a confirmation before the batch's records leave the queue
	 */
	constructor(
		private readonly dialect: SpecterDialect,
		private readonly most: number,
		private readonly openBatchInSecondQuotes: boolean,
		private readonly onConfirm: (confirmation: QueueConfirmation<Key>) => void,
	) {}

	get pendingCount(): number {
		return this.pending.size;
	}

	get openBatchNo(): string | undefined {
		return this.open?.batchNo;
	}

	get openKeys(): readonly Key[] {
		return this.open?.keys ?? [];
	}

	add(key: Key): void {
		this.pending.add(key);
	}

	remove(key: Key): void {
		this.pending.delete(key);
	}

	/** Everything again: the open batch is given up, as clearArticleBatch does. */
	restart(keys: Iterable<Key>): void {
		this.open = undefined;
		this.pending = new Set(keys);
	}

	/**
	 * Puts what is pending into the batch; the open batch's own number gives that batch again.
	 *
	 * @throws Refusal openBatch, with its number as the first quoted text
	 */
	fetch(batchNo: string): { keys: readonly Key[]; more: boolean } {
		if (this.open && this.open.batchNo !== batchNo) {
			throw new Refusal(
				'openBatch',
				`Batch '${this.open.batchNo}' is not confirmed; '${batchNo}' cannot be opened`,
			);
		}
		if (!this.open) {
			if (this.used.has(batchNo)) {
				throw new Refusal('batch', `Batch '${batchNo}' has been used before`);
			}
			const keys = [...this.pending].slice(0, this.most);
			if (keys.length === 0 && !this.dialect.emptyBatchStaysOpen) return { keys, more: false };
			for (const key of keys) this.pending.delete(key);
			this.open = { batchNo, keys };
		}
		return { keys: this.open.keys, more: this.pending.size > 0 };
	}

	/** @throws Refusal openBatch if another batch is open */
	confirm(batchNo: string): void {
		if (this.open?.batchNo === batchNo) {
			const records = this.open.keys;
			const changedSince = records.filter((key) => this.pending.has(key));
			this.onConfirm({ batchNo, records, changedSince });
			this.used.add(batchNo);
			this.open = undefined;
			return;
		}
		if (this.open) {
			const parts = [
				`batch '${this.open.batchNo}' is open`,
				`batch '${batchNo}' cannot be confirmed`,
			];
			if (this.openBatchInSecondQuotes) parts.reverse();
			throw new Refusal('openBatch', parts.join('; '));
		}
		if (this.dialect.confirmationOfClosedBatch === 'refuse') {
			throw new Refusal('batch', `Batch '${batchNo}' is not open`);
		}
	}
}
