import Big from 'big.js';

/**
 * A row of an order in exact amounts: unit price excl. VAT, quantity, VAT in percent. Amounts are in
 * the order's currency; an öre is a hundredth of it.
 */
export interface MoneyRow {
	price: Big;
	quantity: Big;
	vat: Big;
}

export const ORE = new Big('0.01');
const HUNDRED = new Big(100);

/** An amount rounded half up to whole öre. */
export function toOre(amount: Big): Big {
	return amount.round(2, Big.roundHalfUp);
}

/** An amount excl. VAT with VAT added. */
export function withVat(amount: Big, vat: Big): Big {
	return amount.times(HUNDRED.plus(vat)).div(HUNDRED);
}

/** An amount incl. VAT with VAT taken off, exact to 20 decimals. */
export function withoutVat(amount: Big, vat: Big): Big {
	return amount.times(HUNDRED).div(HUNDRED.plus(vat));
}

/** What rows amount to incl. VAT, unrounded. */
export function sumInclVat(rows: readonly MoneyRow[]): Big {
	return rows.reduce(
		(sum, { price, quantity, vat }) => sum.plus(withVat(price.times(quantity), vat)),
		new Big(0),
	);
}

/**
 * A row whose unit price is in whole öre, as Specter takes it. A price with more decimals times a
 * quantity can be off by more than one öre; then the row is sent as two, their prices an öre apart,
 * which together come within one öre. (Twelve at 88.3929 are 8 at 88.39 and 4 at 88.40.)
 */
export function inWholeOre(row: MoneyRow): MoneyRow[] {
	const { price, quantity, vat } = row;
	const rounded = toOre(price);
	const drift = withVat(rounded.minus(price).times(quantity), vat).abs();
	if (drift.lte(ORE)) return [{ ...row, price: rounded }];

	const lower = price.round(2, price.lt(0) ? Big.roundUp : Big.roundDown);
	const size = quantity.abs();
	const dearer = price.minus(lower).times(size).div(ORE).round(0, Big.roundHalfUp);
	const sign = quantity.s;
	return [
		{ price: lower, quantity: size.minus(dearer).times(sign), vat },
		{ price: lower.plus(ORE), quantity: dearer.times(sign), vat },
	].filter((part) => !part.quantity.eq(0));
}
