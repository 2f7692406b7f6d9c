import type { IDataObject } from 'n8n-workflow';
import { pack, unpack } from './packing';
import type { Sighting } from './sighting';

const DAY_MS = 24 * 3_600_000;
/** How often a record must have failed in one state, over a day at least, to be left until it changes. */
const FAILURES_TO_GIVE_UP = 3;
/** Failed records that are kept; those beyond them come again all the same, but are not counted. */
const MOST_FAILED = 5_000;
/** Records kept in mind of a list of which only the newest rows are read, where none is seen to be gone. */
const MOST_KNOWN_OF_NEWEST = 100_000;

/** A digest that stands for no state which the record is known to have had. */
const otherThan = (digest: number) => ~digest >>> 0;

/** A record whose execution failed. */
interface Failure {
	digest: number;
	/** When it first failed in this state, in milliseconds. */
	since: number;
	times: number;
	/** Whether the pass under way leaves it out, so that it does not hold up the records after it. */
	waits: boolean;
}

/** Records handed on to an execution whose end is not known yet: id → digest. */
export interface Pending {
	token: string;
	/** In milliseconds. */
	since: number;
	records: Map<number, number>;
}

/**
 * What the trigger keeps in mind from one poll to the next: in which state each record was last handed on
 * to an execution that ended well, by a digest. It stands in n8n's static data as few short texts, which
 * n8n stores whenever an execution is started.
 */
export class PollState {
	private readonly known: Map<number, number>;
	private readonly failed: Map<number, Failure>;

	/** Where the pass under way goes on; undefined where none is. */
	offset?: number;
	/** Whether a pass has ever come to its end. */
	hasPassed: boolean;
	pending?: Pending;

	/**
	 * @param data the node's static data
	 * @param source what is polled; what is kept of another one is forgotten
	 */
	constructor(
		private readonly data: IDataObject,
		private readonly source: string,
	) {
		const kept = data.source === source ? data : {};
		this.known = unpack((kept.known as string | undefined) ?? '');
		this.failed = new Map(JSON.parse((kept.failed as string | undefined) ?? '[]') as []);
		this.offset = kept.offset as number | undefined;
		this.hasPassed = kept.hasPassed === true;
		if (kept.pendingToken) {
			this.pending = {
				token: kept.pendingToken as string,
				since: kept.pendingSince as number,
				records: unpack(kept.pendingRecords as string),
			};
		}
	}

	/** Writes it into the static data; to be called before n8n stores that. */
	save(): void {
		const { source, offset, hasPassed, pending } = this;
		const kept: IDataObject = {
			source,
			known: pack(this.known),
			failed: JSON.stringify([...this.failed]),
			offset,
			hasPassed,
			pendingToken: pending?.token,
			pendingSince: pending?.since,
			pendingRecords: pending && pack(pending.records),
		};
		for (const [name, value] of Object.entries(kept)) {
			if (value === undefined) delete this.data[name];
			else if (this.data[name] !== value) this.data[name] = value;
		}
	}

	isKnown(id: number): boolean {
		return this.known.has(id);
	}

	/** Whether there is nothing to hand on of a record in this state, for now at least. */
	isQuiet({ id, digest }: Sighting): boolean {
		const failure = this.failed.get(id);
		return this.known.get(id) === digest || (failure?.digest === digest && failure.waits);
	}

	/** Takes a record for handed on in this state. */
	learn({ id, digest }: Sighting): void {
		this.known.set(id, digest);
		this.failed.delete(id);
	}

	/** The execution of what is pending has ended well. */
	takenOver(): void {
		for (const [id, digest] of this.pending?.records ?? []) this.learn({ id, digest });
		this.pending = undefined;
	}

	/**
	 * The execution of what is pending has failed, so its records come again in the next pass.
	 * @returns the ids of those that have failed for a day in the same state, which are left until they change
	 */
	notTakenOver(): number[] {
		const records = this.pending?.records ?? new Map<number, number>();
		this.pending = undefined;
		return [...records].flatMap(([id, digest]) => (this.comesAgain({ id, digest }) ? [] : [id]));
	}

	private comesAgain({ id, digest }: Sighting): boolean {
		const before = this.failed.get(id);
		const first = { digest, since: Date.now(), times: 0 };
		const { since, times } = before?.digest === digest ? before : first;
		if (times + 1 >= FAILURES_TO_GIVE_UP && Date.now() - since > DAY_MS) {
			this.learn({ id, digest });
			return false;
		}
		// Whoever gets the items may have this state or the one before, so neither is a known one.
		if (this.known.has(id)) this.known.set(id, otherThan(digest));
		const waits = this.offset !== undefined;
		if (before || this.failed.size < MOST_FAILED) {
			this.failed.set(id, { digest, since, times: times + 1, waits });
		}
		return true;
	}

	/**
	 * The pass under way has come to its end.
	 * @param all the ids of all records, where the pass has seen the whole list; others are forgotten
	 */
	endPass(all?: ReadonlySet<number>): void {
		this.offset = undefined;
		this.hasPassed = true;
		for (const failure of this.failed.values()) failure.waits = false;
		if (!all) return;
		for (const records of [this.known, this.failed]) {
			for (const id of records.keys()) if (!all.has(id)) records.delete(id);
		}
	}

	/** Forgets the oldest records of a list whose newest `count` rows alone are read. */
	keepNewest(count: number): void {
		const ids = [...this.known.keys()].sort((a, b) => b - a);
		for (const id of ids.slice(Math.max(MOST_KNOWN_OF_NEWEST, 2 * count))) this.known.delete(id);
	}
}
