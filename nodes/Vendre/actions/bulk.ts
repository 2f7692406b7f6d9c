import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import { mapBounded } from '../../shared/concurrency';
import { failedBefore, runPerItem, toNodeError } from '../../shared/items';

/** An item's record as it was read; its error where it cannot be used; nothing where it failed before. */
export type Read<RecordOfItem> = RecordOfItem | Error | undefined;

/**
 * What each item asks for. One that cannot be used must not keep the others from being done, so its
 * error waits for its turn.
 */
export function readItems<RecordOfItem>(
	context: IExecuteFunctions,
	read: (itemIndex: number) => RecordOfItem,
): Array<Read<RecordOfItem>> {
	return context.getInputData().map((input, itemIndex) => {
		if (failedBefore(context, input)) return undefined;
		try {
			return read(itemIndex);
		} catch (error) {
			return error as Error;
		}
	});
}

/** The records that can be used. */
export function usable<RecordOfItem>(reads: Array<Read<RecordOfItem>>): RecordOfItem[] {
	return reads.filter(
		(each): each is RecordOfItem => each !== undefined && !(each instanceof Error),
	);
}

/**
 * Does the items group by group: at most `limit` groups at a time, the items of a group one after
 * another in the order given, because they touch the same record of the shop. What comes of them is put
 * out in the order of the items.
 */
export async function runGroups<RecordOfItem>(
	context: IExecuteFunctions,
	limit: number,
	reads: Array<Read<RecordOfItem>>,
	groups: number[][],
	work: (record: RecordOfItem, itemIndex: number) => Promise<IDataObject>,
): Promise<INodeExecutionData[]> {
	const outcomes = new Map<number, IDataObject | Error>();
	const one = async (itemIndex: number) => {
		const read = reads[itemIndex];
		try {
			if (read instanceof Error) throw read;
			outcomes.set(itemIndex, await work(read as RecordOfItem, itemIndex));
		} catch (error) {
			if (!context.continueOnFail()) {
				throw toNodeError(context.getNode(), error, itemIndex) as NodeApiError;
			}
			outcomes.set(itemIndex, error as Error);
		}
	};
	await mapBounded(groups, limit, async (group) => {
		for (const itemIndex of group) await one(itemIndex);
	});
	return await runPerItem(context, reads.length, async (itemIndex) => [
		outcomes.get(itemIndex) as IDataObject | Error,
	]);
}

/** The items that can be tried, in groups that touch the same record; one that cannot be used stands alone. */
export function groupedBy<RecordOfItem>(
	reads: Array<Read<RecordOfItem>>,
	keyOf: (record: RecordOfItem, itemIndex: number) => unknown,
): number[][] {
	const groups = new Map<unknown, number[]>();
	reads.forEach((read, itemIndex) => {
		if (read === undefined) return;
		const key = read instanceof Error ? read : keyOf(read, itemIndex);
		groups.set(key, [...(groups.get(key) ?? []), itemIndex]);
	});
	return [...groups.values()];
}

/** Every item that can be tried, each a group of its own. */
export function eachAlone(reads: Array<Read<unknown>>): number[][] {
	return reads.flatMap((read, itemIndex) => (read === undefined ? [] : [[itemIndex]]));
}

/** The notes that the mapper put on an item, which go along with what came of it. */
export function notesOf({ json }: INodeExecutionData): string[] {
	return Array.isArray(json.notes) ? json.notes.map(String) : [];
}

/** An outcome with its notes, if there are any, in one text. */
export function withNote(outcome: IDataObject, notes: string[]): IDataObject {
	return notes.length > 0 ? { ...outcome, note: notes.join('; ') } : outcome;
}
