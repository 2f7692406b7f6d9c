import Big from 'big.js';
import { Refusal } from '../../shared/refusal';
import type { SpecterOrderRow } from '../../Specter/records';
import type { VendreOrder } from '../../Vendre/records';
import { vendreWords } from '../../Vendre/transport/dialect';
import { inWholeOre, sumInclVat, toOre, withoutVat, ORE, type MoneyRow } from './money';
import type { Notes } from './notes';
import type { LineArticle, OrderSettings } from './settings';
import { wordFor } from './wordFor';

/** A row with the article and the name that Specter gets for it. */
interface NamedRow extends MoneyRow {
	articleNo: string;
	name: string;
}

type Total = NonNullable<VendreOrder['totals']>[number];

const KIND = vendreWords.totals;

/** Classes of totals that stand for no row: sums, and rounding, which is reckoned with our own. */
const NO_ROW = new Set<string>([KIND.total, ...KIND.sums, KIND.rounding]);

/** By less than this a coupon is more than its percentage because the shop rounds it. */
const WHOLE_KRONA = 1;

/** Order totals that lower what the customer pays, whatever sign the shop gives them. */
const DEDUCTIONS = new Set<string>([KIND.coupon, KIND.giftCard]);

/**
 * The rows of an order for Specter (matrix O26–O32): the products with a percentage coupon spread over
 * them, then freight, fees, a fixed discount, a gift card and, where whole öre make it necessary, a
 * rounding row. Rows times VAT equal the shop's total to the öre.
 * @throws {Refusal} for a row without article number, and when the sums differ by more than rounding
 * explains (one öre a row and one for the total)
 */
export function mapOrderRows(
	order: VendreOrder,
	settings: OrderSettings,
	notes: Notes,
): SpecterOrderRow[] {
	const products = productRows(order, notes);
	const totals = (order.totals ?? []).filter(({ value }) => value !== null && value !== 0);
	const percent = percentCoupon(order);
	const { factor, lines: given } = percent
		? spread(percent, totals, products, notes)
		: { factor: new Big(1), lines: totals };
	const discounted = products.map((row) => ({ ...row, price: row.price.times(factor) }));
	const lines = given.flatMap((total) => lineRows(total, products, settings));
	const exact = [...discounted, ...lines];
	const shopTotal = checkedTotal(order, settings, exact);
	const rows = exact.flatMap((row) => inWholeOre(row).map((part) => ({ ...row, ...part })));
	return [...rows, ...roundingRow(shopTotal, rows, settings.rounding)].map(toSpecterRow);
}

function toSpecterRow({ articleNo, name, price, quantity, vat }: NamedRow): SpecterOrderRow {
	return {
		articleNo,
		articleName: name,
		priceExclVAT: price.toFixed(2),
		noOfItems: quantity.toFixed(),
		vatPercent: vat.toFixed(),
	};
}

function productRows(order: VendreOrder, notes: Notes): NamedRow[] {
	const rows = (order.products ?? []).map((row, index): NamedRow => {
		const where = `Order ${order.id}, row ${index + 1} "${row.name}"`;
		if (!row.model) {
			throw new Refusal(
				`${where} has no article number`,
				'Give the product an article number in Vendre, and the order’s row as well.',
			);
		}
		for (const field of ['quantity', 'price', 'tax'] as const) {
			if (row[field] !== null) continue;
			throw new Refusal(`${where} has no ${field}`, 'Correct the row of the order in Vendre.');
		}
		return {
			articleNo: row.model,
			name: row.name,
			price: new Big(row.price as number),
			quantity: new Big(row.quantity as number),
			vat: new Big(row.tax as number),
		};
	});
	const counted = rows.filter(({ quantity }) => !quantity.eq(0));
	if (counted.length < rows.length) notes.push('Rows with quantity 0 were left out');
	return counted;
}

/** No coupon takes off more than everything. */
const percentCoupon = ({ coupon }: VendreOrder) =>
	coupon?.type === 'percent' && coupon.value
		? new Big(Math.min(Math.abs(coupon.value), 100))
		: undefined;

const sumOf = (totals: readonly Total[]) =>
	totals.reduce((sum, { value }) => sum.plus(new Big(value ?? 0).abs()), new Big(0));

/**
 * What is left of a row's price after a percentage coupon (O31), and the other lines of the totals. Where the
 * shop's coupon total shows that the coupon did not count for all rows, that amount is spread in proportion
 * instead; where it is more than the percentage of the rows, the rest is a line of its own, at the VAT of the
 * freight and the fee that it was counted for, if it was for them.
 */
function spread(
	percent: Big,
	totals: readonly Total[],
	products: readonly NamedRow[],
	notes: Notes,
): { factor: Big; lines: Total[] } {
	const coupons = totals.filter((total) => total.class === KIND.coupon);
	const lines = totals.filter((total) => total.class !== KIND.coupon);
	const whole = sumInclVat(products);
	const declared = whole.times(percent).div(100);
	const booked = sumOf(coupons);
	const explained = ORE.times(products.length + 1);
	const factor = new Big(100).minus(percent).div(100);
	if (booked.eq(0) || whole.lt(0) || booked.minus(declared).abs().lte(explained)) {
		return { factor, lines };
	}
	const rest = booked.minus(declared);
	const covered = [[KIND.freight], [KIND.freight, KIND.fee]]
		.map((kinds: string[]) => lines.filter((line) => kinds.includes(line.class)))
		.find((each) => sumOf(each).times(percent).div(100).minus(rest).abs().lte(explained));
	const lowered = `The coupon of ${percent.toFixed()} % lowered the order by ${booked.toFixed(2)} and not ${declared.toFixed(2)}`;
	if (!covered && rest.lt(WHOLE_KRONA) && booked.lte(whole)) {
		notes.push(
			`${lowered}: the shop did not count it for all rows. The amount was spread over all of them in proportion.`,
		);
		return { factor: new Big(1).minus(booked.div(whole)), lines };
	}
	notes.push(
		`${lowered}: the shop counted it for more than the rows. The rest is a row of its own.`,
	);
	const [coupon] = coupons;
	const lowers = covered ?? [coupon];
	const beyond = lowers.map(({ value, tax }) => {
		const share = new Big(value as number).div(sumOf(lowers)).times(rest);
		return { ...coupon, value: share.toNumber(), tax };
	});
	return { factor, lines: [...lines, ...beyond] };
}

/** The rows that a line of the totals becomes; none for sums and for what nobody mapped. */
function lineRows(
	total: Total,
	products: readonly NamedRow[],
	settings: OrderSettings,
): NamedRow[] {
	const { class: kind } = total;
	if (NO_ROW.has(kind)) return [];
	const article = articleOfLine(kind, settings);
	if (!article) return [];

	const given = new Big(total.value as number);
	const amount = DEDUCTIONS.has(kind) ? given.abs().times(-1) : given;
	const row = (part: Big, vat: Big): NamedRow => ({
		articleNo: article.articleNo,
		name: total.title || article.name,
		price: withoutVat(part, vat),
		quantity: new Big(1),
		vat,
	});
	if (total.tax !== null) return [row(amount, new Big(total.tax))];
	if (kind === KIND.giftCard) return [row(amount, new Big(0))];
	return shareByVat(amount, products).map(({ part, vat }) => row(part, vat));
}

/** The article of a class of totals, undefined for a class that nobody mapped. */
function articleOfLine(kind: string, settings: OrderSettings): LineArticle | undefined {
	const { freight, fee, discount, giftCard, otherTotals } = settings;
	const known: Record<string, LineArticle> = {
		[KIND.freight]: freight,
		[KIND.fee]: fee,
		[KIND.coupon]: discount,
		[KIND.giftCard]: giftCard,
	};
	const other = wordFor(otherTotals, kind);
	return wordFor(known, kind) ?? (other ? { articleNo: other, name: kind } : undefined);
}

/**
 * An amount incl. VAT shared over the VAT rates of the products in proportion to what each sold for,
 * for a line whose rate the shop does not tell. The last share takes the remainder.
 */
function shareByVat(amount: Big, products: readonly NamedRow[]): Array<{ part: Big; vat: Big }> {
	const sold = new Map<string, Big>();
	for (const row of products) {
		const rate = row.vat.toFixed();
		sold.set(rate, (sold.get(rate) ?? new Big(0)).plus(sumInclVat([row])));
	}
	const whole = [...sold.values()].reduce((sum, part) => sum.plus(part), new Big(0));
	if (whole.eq(0)) return [{ part: amount, vat: new Big([...sold.keys()][0] ?? 0) }];
	const rates = [...sold].filter(([, part]) => !part.eq(0));
	let left = amount;
	return rates.map(([rate, part], index) => {
		const share = index === rates.length - 1 ? left : toOre(amount.times(part).div(whole));
		left = left.minus(share);
		return { part: share, vat: new Big(rate) };
	});
}

/**
 * The shop's total, when the exact sum of the rows and the shop's own rounding come to it.
 * @throws {Refusal} when the difference is more than rounding explains
 */
function checkedTotal(order: VendreOrder, settings: OrderSettings, rows: readonly NamedRow[]): Big {
	const totals = order.totals ?? [];
	const given = totals.find((total) => total.class === KIND.total)?.value;
	if (given === undefined || given === null) {
		throw new Refusal(
			`Order ${order.id} has no total (${KIND.total}), so its sum cannot be checked`,
			'Read the order in full by its id before it is mapped.',
		);
	}
	const shopTotal = new Big(given);
	const sum = totals
		.filter((total) => total.class === KIND.rounding)
		.reduce((rounded, { value }) => rounded.plus(value ?? 0), sumInclVat(rows));
	const unexplained = shopTotal.minus(sum).abs();
	if (unexplained.gt(ORE.times(rows.length + 1))) throw sumsDiffer(order, settings, shopTotal, sum);
	return shopTotal;
}

/** The row that makes up for öre, the shop's own rounding and ours together; none where nothing is left. */
function roundingRow(
	shopTotal: Big,
	rows: readonly NamedRow[],
	{ articleNo, name }: LineArticle,
): NamedRow[] {
	const price = shopTotal.minus(toOre(sumInclVat(rows)));
	if (price.eq(0)) return [];
	return [{ articleNo, name, price, quantity: new Big(1), vat: new Big(0) }];
}

function sumsDiffer(order: VendreOrder, settings: OrderSettings, shop: Big, rows: Big): Refusal {
	const unknown = (order.totals ?? []).filter(
		({ class: kind, value }) => value && !NO_ROW.has(kind) && !articleOfLine(kind, settings),
	);
	const hint = unknown.length
		? ` The lines ${unknown.map(({ class: kind }) => kind).join(', ')} have no article: name one in the mapper under Other Totals.`
		: '';
	return new Refusal(
		`Order ${order.id} does not add up: the shop’s total is ${shop.toFixed(2)}, its rows with VAT are ${toOre(rows).toFixed(2)}`,
		`More than rounding lies between. Compare the rows, the discount and the VAT of the order in Vendre.${hint}`,
	);
}
