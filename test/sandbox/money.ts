/** Decimals kept of a price, a quantity and a VAT rate. */
const PRICE_DECIMALS = 4;
const QUANTITY_DECIMALS = 4;
const VAT_DECIMALS = 2;

/** Parts of an öre in an exact amount: price × quantity × (100 + VAT), without the decimals. */
const ORE_PARTS = 10n ** BigInt(PRICE_DECIMALS + QUANTITY_DECIMALS + VAT_DECIMALS);

/**
 * The whole number that a decimal is, once its point is moved: ("12.5", 2) is 1250.
 *
 * @throws Error if it is no plain decimal or has more decimals than that
 */
export function scaled(value: number | string, decimals: number): bigint {
	const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value));
	if (!match || (match[3]?.length ?? 0) > decimals) {
		throw new Error(`"${value}" is no number with at most ${decimals} decimals`);
	}
	const digits = BigInt(match[2] + (match[3] ?? '').padEnd(decimals, '0'));
	return match[1] ? -digits : digits;
}

/** Divides and rounds to the nearest whole number, halves away from zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
	const half = divisor / 2n;
	return dividend < 0n ? -((-dividend + half) / divisor) : (dividend + half) / divisor;
}

/** One row of an order: price excl. VAT, quantity, VAT %. */
export interface PricedRow {
	price: number | string;
	quantity: number | string;
	vat: number | string;
}

/** price × quantity × (1 + VAT), incl. VAT, in whole öre: the exact sum of the rows rounded once. */
export function grossOre(...rows: PricedRow[]): number {
	const exact = rows.reduce(
		(sum, { price, quantity, vat }) =>
			sum +
			scaled(price, PRICE_DECIMALS) *
				scaled(quantity, QUANTITY_DECIMALS) *
				(10_000n + scaled(vat, VAT_DECIMALS)),
		0n,
	);
	// Kronor × 100 parts of VAT is öre already: 1 kr without VAT is 1 × 100 %.
	return Number(divideRounded(exact, ORE_PARTS));
}

/** Öre as kronor with two decimals, for people. */
export function kronor(ore: number): string {
	const digits = String(Math.abs(ore)).padStart(3, '0');
	return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
