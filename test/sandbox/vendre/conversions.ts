import { invalid } from './apiError';
import type { VendreDialect } from './dialect';
import type { Conversion } from './wire';

/** Where the clock of a shop in Sweden stands. */
const SHOP_ZONE = 'Europe/Stockholm';

/** The contract's words and the shop's; undefined where they are the same. */
export function words(
	known: ReadonlyArray<readonly [contract: string | number, shop: string | number]>,
): Conversion | undefined {
	if (known.every(([contract, shop]) => contract === shop)) return undefined;
	return {
		toWire: (value) => known.find(([contract]) => contract === value)?.[1] ?? value,
		fromWire(value) {
			const word = known.find(([, shop]) => shop === value);
			if (!word) throw invalid(`"${value}" is none of ${known.map(([, shop]) => shop).join(', ')}`);
			return word[0];
		},
	};
}

/** Words of which the shop has some of its own. */
export function someWords(names: Readonly<Record<string, string>>): Conversion | undefined {
	return words(Object.entries(names));
}

/** Kilograms, which the shop may tell in gram. */
export function weights({ weightUnit }: VendreDialect): Conversion | undefined {
	if (weightUnit === 'kg') return undefined;
	return {
		toWire: (kg) => (typeof kg === 'number' ? Number((kg * 1000).toFixed(3)) : kg),
		fromWire: (g) => (typeof g === 'number' ? g / 1000 : g),
	};
}

/** Unix seconds, which the shop may tell as text. The shop keeps its dates itself: none is ever saved. */
export function dates({ orderDates }: VendreDialect): Conversion | undefined {
	if (orderDates === 'unix') return undefined;
	const local = new Intl.DateTimeFormat('sv-SE', {
		dateStyle: 'short',
		timeStyle: 'medium',
		timeZone: SHOP_ZONE,
	});
	return {
		toWire(seconds) {
			const date = new Date(Number(seconds) * 1000);
			return orderDates === 'iso' ? date.toISOString() : local.format(date);
		},
		fromWire: (value) => value,
	};
}
