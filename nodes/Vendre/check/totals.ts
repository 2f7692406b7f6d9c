import type { IDataObject } from 'n8n-workflow';
import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { VendreDialect } from '../transport/dialect';
import { totalClasses, type TotalClass } from '../transport/facts';
import { asSet, differs } from './shop';

/** What the lines of each class are called; the first that fits is taken. */
const WORDS: ReadonlyArray<readonly [TotalClass, RegExp]> = [
	['ot_subtotal', /sub.?total|delsum/i],
	['ot_tax', /tax|vat|moms/i],
	['ot_rounding', /round|avrund/i],
	['ot_gift_card', /(?<!av)gift|presentkort|_gv/i],
	['ot_coupon', /coupon|rabatt|discount|voucher|kampanj/i],
	['ot_shipping', /ship|freight|frakt|deliver|leverans|porto/i],
	['ot_payment_fee', /fee|avgift|payment|betal/i],
	['ot_total', /total|summa|due/i],
];

/**
 * By which classes the lines of an order's totals go: those that are set, and where the shop has others, the
 * one that its name or its line gives away.
 * @param orders by the contract's names of fields
 */
export function probeTotals(orders: readonly IDataObject[], dialect: VendreDialect): Findings {
	const all = orders.map(linesOf).filter((lines) => lines.length > 0);
	const names = Object.keys(totalClasses) as TotalClass[];
	const set = (name: TotalClass) => dialect.totalClasses[name] ?? name;
	const seen = new Set(all.flat().map(({ class: name }) => String(name ?? '')));
	const known = new Set(names.map(set));
	const guesses = guessed(
		[...seen].filter((name) => name && !known.has(name)),
		names.filter((name) => !seen.has(set(name))),
		all,
	);
	const findings: Findings = {};
	for (const name of names) {
		const guess = guesses.get(name);
		if (seen.has(set(name))) findings[`totals.${name}`] = holds(asSet(set(name), name));
		else if (guess) {
			findings[`totals.${name}`] = {
				verdict: 'differs',
				found: `It is probably ${guess}`,
				entry: { totalClasses: { [name]: guess } },
			};
		} else if (name === 'ot_total' && all.length > 0) {
			findings[`totals.${name}`] = differs(
				`No order has it; the classes are ${[...seen].join(', ')}`,
			);
		} else {
			findings[`totals.${name}`] = notTested(`None of the ${all.length} orders with totals has it`);
		}
	}
	return findings;
}

/** The lines of an order's totals. */
export function linesOf({ totals }: IDataObject): IDataObject[] {
	return Array.isArray(totals) ? (totals as IDataObject[]) : [];
}

/** Which of the unknown classes each missing one is; none is given twice. */
function guessed(
	unknown: readonly string[],
	missing: readonly TotalClass[],
	all: readonly IDataObject[][],
): Map<TotalClass, string> {
	const guesses = new Map<TotalClass, string>();
	const give = (name: TotalClass | undefined, other: string) => {
		if (name && missing.includes(name) && !guesses.has(name)) guesses.set(name, other);
	};
	const byWords = (text: string) => WORDS.find(([, words]) => words.test(text))?.[0];
	for (const other of unknown) give(byWords(other), other);
	const left = unknown.filter((other) => ![...guesses.values()].includes(other));
	for (const other of left) {
		const line = all.flat().find(({ class: name }) => name === other);
		give(isLast(other, all) ? 'ot_total' : byWords(String(line?.title ?? '')), other);
	}
	return guesses;
}

/** Whether every order has it, and as its last line. */
const isLast = (name: string, all: readonly IDataObject[][]) =>
	all.every((lines) => lines.at(-1)?.class === name);
