import type { IDataObject } from 'n8n-workflow';
import type { z } from 'zod';
import { digest } from '../fingerprint';
import { normalized } from '../normalize';
import { vendreCustomer, vendreOrder, vendreProduct } from '../records';
import type { PollList } from './settings';

/** How each field is read. A whole record is not read to see that nothing has changed: that takes long. */
const fieldsOf: Record<PollList, z.ZodRawShape> = {
	customers: vendreCustomer.shape,
	orders: vendreOrder.innerType().shape,
	products: vendreProduct.shape,
};

/** A row of the shop's list as a poll sees it. */
export interface Sighting {
	id: number;
	/** 32 bits of the fields that count as a change. */
	digest: number;
}

/** A record in the shape of the other nodes, or why it cannot be read. */
export interface Reading extends Sighting {
	record: IDataObject | Error;
}

/**
 * A row with the digest of the fields that count, however the shop writes their values. Undefined for a
 * row without an id, by which nobody could tell it from others.
 */
export function sightingOf(
	list: PollList,
	row: IDataObject,
	fields: readonly string[],
): Sighting | undefined {
	const id = Number(row.id);
	if (!Number.isSafeInteger(id) || id <= 0) return undefined;
	const shape = fieldsOf[list];
	// By name, so that a field which is empty in a record does not change its digest when it is chosen.
	const values = fields.map((field) => [
		field,
		shape[field]?.safeParse(row[field]).data ?? row[field],
	]);
	return { id, digest: digestOf(Object.fromEntries(values)) };
}

/** Reads a row that was sighted. One that cannot be read is another state than the same one when it can. */
export function readingOf(list: PollList, row: IDataObject, sighting: Sighting): Reading {
	try {
		return { ...sighting, record: normalized(list, row) };
	} catch (error) {
		const record = error as Error;
		return { id: sighting.id, digest: digestOf([record.message, sighting.digest]), record };
	}
}

const digestOf = (values: unknown) => parseInt(digest(values).slice(0, 8), 16);
