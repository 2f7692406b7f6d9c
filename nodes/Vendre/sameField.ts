import Big from 'big.js';
import type { IDataObject } from 'n8n-workflow';
import { transliterate } from '../shared/transliterate';
import { flag, number } from './records';
import { vendreWords } from './transport/dialect';

/**
 * Decimals in which Specter has a number. The shop keeps more, and what it keeps beyond them must not
 * come back to it as a change (matrix P2, P5 and P6 against A13, A5 and A14).
 */
const DECIMALS: Record<string, number> = { price: 2, price_in: 2, weight: 3 };

/**
 * Whether a record of the shop has the value that a field is to have, however it writes it: numbers by
 * value, texts without the blanks around them and as Specter spells them. Of texts by language and of
 * suppliers only those that are wanted are compared, because the others stay.
 */
export function sameField(field: string, wanted: unknown, record: IDataObject): boolean {
	const stored = record[field];
	if (field === 'suppliers') return sameSuppliers(wanted, stored);
	if (Array.isArray(wanted)) return Array.isArray(stored) && sameMembers(wanted, stored);
	if (wanted === null || typeof wanted === 'number') return sameNumber(field, wanted, stored);
	if (typeof wanted === 'boolean') return flag.parse(stored) === wanted;
	if (typeof wanted === 'object') return sameTexts(wanted as IDataObject, stored);
	return textOf(wanted) === textOf(stored);
}

/**
 * Whether what the shop answers to a save is what was saved. Its total counts stock below zero as 0,
 * and what other stock places hold stands in it as well, so it may be more than what was set for the
 * main one (contract vendre §2).
 */
export function isSaved(field: string, wanted: unknown, saved: IDataObject): boolean {
	if (sameField(field, wanted, saved)) return true;
	if (field !== vendreWords.stockField) return false;
	const total = number.safeParse(saved[field]).data ?? -Infinity;
	const hasOtherPlaces = Array.isArray(saved.warehouses) && saved.warehouses.length > 1;
	return total > Number(wanted) && (hasOtherPlaces || total === 0);
}

/**
 * Specter has no typographic characters (contract specter §1), and what they were spelled as on the way
 * there must not come back as a change either.
 */
const textOf = (value: unknown) => transliterate(String(value ?? '')).trim();

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** No number and 0 mean the same in every field that can be without one. */
function sameNumber(field: string, wanted: number | null, stored: unknown): boolean {
	const read = number.safeParse(stored);
	if (!read.success) return false;
	const [mine, theirs] = [wanted ?? 0, read.data ?? 0];
	const decimals = DECIMALS[field];
	if (mine === theirs || decimals === undefined) return mine === theirs;
	return new Big(theirs).round(decimals, Big.roundHalfUp).eq(mine);
}

/** A bare text is the text of every language. */
function sameTexts(wanted: IDataObject, stored: unknown): boolean {
	return Object.entries(wanted).every(
		([language, text]) => textOf(text) === textOf(isRecord(stored) ? stored[language] : stored),
	);
}

function sameMembers(wanted: unknown[], stored: unknown[]): boolean {
	const members = (list: unknown[]) => JSON.stringify(list.map(textOf).sort());
	return members(wanted) === members(stored);
}

function sameSuppliers(wanted: unknown, stored: unknown): boolean {
	const theirs = Array.isArray(stored) ? (stored as IDataObject[]) : [];
	return (wanted as IDataObject[]).every((supplier) => {
		const same = theirs.find(({ id }) => Number(id) === Number(supplier.id));
		return (
			same && Object.entries(supplier).every(([key, value]) => sameFact(key, value, same[key]))
		);
	});
}

/** "160.0000", "160" and 160 are one price; a supplier's number of the article is text. */
function sameFact(key: string, wanted: unknown, stored: unknown): boolean {
	const [mine, theirs] = [textOf(wanted), textOf(stored)];
	if (mine === theirs || mine === '' || theirs === '') return mine === theirs;
	return key !== 'model' && Number(mine) === Number(theirs);
}

/**
 * What must be sent so that a record has the wanted fields: those that differ. A field is replaced as a
 * whole (contract vendre §1), so texts in other languages and other suppliers are sent along unchanged.
 */
export function changesTo(record: IDataObject, wanted: IDataObject): IDataObject {
	const changed = Object.entries(wanted).filter(
		([field, value]) => !sameField(field, value, record),
	);
	return Object.fromEntries(
		changed.map(([field, value]) => [field, withTheRest(field, value, record[field])]),
	) as IDataObject;
}

function withTheRest(field: string, wanted: unknown, stored: unknown): unknown {
	if (field === 'suppliers') {
		const theirs = Array.isArray(stored) ? (stored as IDataObject[]) : [];
		const byId = new Map(theirs.map((supplier) => [Number(supplier.id), supplier]));
		for (const supplier of wanted as IDataObject[]) {
			const id = Number(supplier.id);
			byId.set(id, { ...byId.get(id), ...supplier });
		}
		return [...byId.values()];
	}
	return isRecord(wanted) && isRecord(stored) ? { ...stored, ...wanted } : wanted;
}
