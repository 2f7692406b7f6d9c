import type { IDataObject } from 'n8n-workflow';
import { vendreWords, type VendreDialect } from './dialect';

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A path of field names: `products[].model` is the field `model` of every record in the list `products`. */
interface Renaming {
	/** The record or list that the field stands in, by the contract's name; none for the record itself. */
	container?: string;
	ours: string;
	theirs: string;
}

function renamings(list: string, { fields }: Pick<VendreDialect, 'fields'>): Renaming[] {
	const names = (fields as Partial<Record<string, Record<string, string>>>)[list] ?? {};
	return Object.entries(names).map(([path, theirs]) => {
		const [ours, container] = path.split('.').reverse();
		return { ...(container ? { container: container.replace('[]', '') } : {}), ours, theirs };
	});
}

const without = (record: IDataObject, field: string): IDataObject =>
	Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));

function withRenamed(record: IDataObject, from: string, to: string): IDataObject {
	return from in record ? { ...without(record, from), [to]: record[from] } : record;
}

/** The same change to a record, or to each record of a list. */
function inEach(value: unknown, change: (record: IDataObject) => IDataObject): unknown {
	if (Array.isArray(value)) return value.map((each) => (isRecord(each) ? change(each) : each));
	return isRecord(value) ? change(value) : value;
}

function within(
	record: IDataObject,
	field: string,
	change: (record: IDataObject) => IDataObject,
): IDataObject {
	return field in record
		? { ...record, [field]: inEach(record[field], change) as IDataObject }
		: record;
}

/** A record of the shop with its fields by their names in the contract, and its values as they are. */
export function fieldsFromShop(
	list: string,
	record: IDataObject,
	dialect: Pick<VendreDialect, 'fields'>,
): IDataObject {
	let read = record;
	const all = renamings(list, dialect);
	for (const { ours, theirs } of all.filter(({ container }) => !container)) {
		// A field of that name that the shop uses for something else is not the one we mean.
		read = withRenamed(without(read, ours), theirs, ours);
	}
	for (const { container, ours, theirs } of all) {
		if (!container) continue;
		read = within(read, container, (each) => withRenamed(each, theirs, ours));
	}
	return read;
}

/**
 * A record of the shop in the words of the contract (vendre §2–§4): its fields by their names there, and
 * types, statuses, classes and units as they stand there. A shop without differences gives it as it is.
 */
export function fromShop(list: string, record: IDataObject, dialect: VendreDialect): IDataObject {
	const read = fieldsFromShop(list, record, dialect);
	if (list === 'orders') return orderFromShop(read, dialect);
	if (list === 'customers') return typed(read, 'type', dialect);
	if (list === 'products') return inUnit(read, dialect, (weight) => weight / GRAMS);
	return read;
}

/** Fields to be saved, by the names and in the units of the shop. */
export function toShop(list: string, fields: IDataObject, dialect: VendreDialect): IDataObject {
	let written =
		list === 'products'
			? inUnit(fields, dialect, (weight) => Math.round(weight * GRAMS))
			: { ...fields };
	const all = renamings(list, dialect);
	for (const { container, ours, theirs } of all) {
		if (container) written = within(written, container, (each) => withRenamed(each, ours, theirs));
	}
	for (const { container, ours, theirs } of all) {
		if (!container) written = withRenamed(written, ours, theirs);
	}
	return written;
}

const GRAMS = 1000;

function inUnit(
	product: IDataObject,
	{ weightUnit }: VendreDialect,
	convert: (weight: number) => number,
): IDataObject {
	const { weight } = product;
	if (weightUnit === 'kg' || weight === null || weight === undefined || weight === '') {
		return product;
	}
	return { ...product, weight: convert(Number(String(weight).replace(',', '.'))) };
}

function orderFromShop(order: IDataObject, dialect: VendreDialect): IDataObject {
	const { unfinishedStatusIds, totalClasses, percentCoupon } = dialect;
	const isUnfinished =
		order.status_id !== null && unfinishedStatusIds.includes(Number(order.status_id));
	const classes = new Map(Object.entries(totalClasses).map(([ours, theirs]) => [theirs, ours]));
	const [percent, fixed] = vendreWords.couponTypes;
	let read = typed(order, 'customer_type', dialect);
	if (isUnfinished && 'status_id' in read) {
		read = { ...read, status_id: vendreWords.unfinishedStatusId };
	}
	read = within(read, 'totals', (total) => ({
		...total,
		class: classes.get(String(total.class)) ?? total.class,
	}));
	return within(read, 'coupon', (coupon) => ({
		...coupon,
		type: coupon.type === percentCoupon ? percent : fixed,
	}));
}

/** The type of a customer as the contract has it, where the record tells one. */
function typed(
	record: IDataObject,
	field: string,
	{ businessCustomerType }: VendreDialect,
): IDataObject {
	const type = record[field];
	if (type === null || type === undefined || type === '') return record;
	const { business, private: person } = vendreWords.customerTypes;
	return { ...record, [field]: String(type) === businessCustomerType ? business : person };
}
