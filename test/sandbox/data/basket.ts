import { divideRounded, grossOre, scaled } from '../money';
import type {
	Coupon,
	CustomerRecord,
	DeliveryAddress,
	OrderDraft,
	OrderRow,
	OrderTotal,
} from '../vendre/records';
import type { Module } from './shop';

/** A filled basket at the checkout, before the shop adds it up. Amounts incl. VAT are whole öre. */
export interface Basket {
	/** The customer's record, or what a guest filled in. */
	customer: CustomerRecord;
	isGuest?: boolean;
	rows: Array<Omit<OrderRow, 'id'>>;
	currency?: string;
	payment: Module;
	paymentReference?: string;
	/** `ore` incl. VAT. */
	paymentFee?: { ore: number; vat: number };
	shipping: Module & { ore: number; vat: number };
	coupon?: Coupon;
	giftCardOre?: number;
	/** The shop rounds the total to whole kronor. */
	rounds?: boolean;
	deliveryAddress?: DeliveryAddress;
	comment?: string;
	reference?: string;
}

/**
 * Adds the basket up as a shop does: each row incl. VAT is rounded to whole öre, everything after that is
 * whole öre, so the total is exactly the sum of its lines.
 *
 * @param guestId the customer id of somebody without a record
 */
export function checkOut(basket: Basket, guestId: number | null): OrderDraft {
	const { customer, payment, shipping } = basket;
	return {
		customer_id: basket.isGuest ? guestId : customer.id,
		customer_type: customer.type,
		name_first: customer.name_first,
		name_last: customer.name_last,
		company: customer.company,
		identification_number: customer.identification_number,
		vat: customer.vat,
		email_address: customer.email_address,
		phone_default: customer.phone_default,
		phone_mobile: customer.phone_mobile,
		fax: customer.fax,
		language_code: customer.language_code,
		currency: basket.currency ?? 'SEK',
		customer_comment: basket.comment ?? '',
		customer_reference: basket.reference ?? '',
		billing_address: addressOf(customer),
		delivery_address: basket.deliveryAddress ?? addressOf(customer),
		payment_method: payment.name,
		payment_method_code: payment.code,
		payment_reference: basket.paymentReference ?? '',
		shipping_method: shipping.name,
		shipping_method_code: shipping.code,
		coupon_code: basket.coupon?.code ?? '',
		coupon: basket.coupon ?? null,
		products: basket.rows.map((row, index) => ({ id: index + 1, ...row })),
		totals: totalsOf(basket),
	};
}

function addressOf(customer: CustomerRecord): DeliveryAddress {
	return {
		name_first: customer.name_first,
		name_last: customer.name_last,
		company: customer.company,
		street: customer.address_street,
		street2: customer.address_street2,
		postcode: customer.address_postcode,
		city: customer.address_city,
		country_code: customer.address_country_code_alpha2,
	};
}

function totalsOf(basket: Basket): OrderTotal[] {
	const { shipping, paymentFee, coupon, giftCardOre = 0 } = basket;
	const byVat = new Map<number, number>();
	for (const { price, quantity, tax } of basket.rows) {
		byVat.set(tax, (byVat.get(tax) ?? 0) + grossOre({ price, quantity, vat: tax }));
	}
	const subtotal = sum([...byVat.values()]);
	const discount = coupon ? discountOf(coupon, subtotal) : 0;
	const totals: OrderTotal[] = [line('ot_subtotal', 'Delsumma', subtotal)];
	if (coupon) {
		const highest = Math.max(...byVat.keys());
		totals.push(line('ot_coupon', `Rabattkod ${coupon.code}`, -discount, highest));
	}
	totals.push(line('ot_shipping', shipping.name, shipping.ore, shipping.vat));
	if (paymentFee) {
		totals.push(line('ot_payment_fee', 'Betalningsavgift', paymentFee.ore, paymentFee.vat));
	}
	if (giftCardOre > 0) totals.push(line('ot_gift_card', 'Presentkort', -giftCardOre));
	const exact = subtotal - discount + shipping.ore + (paymentFee?.ore ?? 0) - giftCardOre;
	const total = basket.rounds ? Math.round(exact / 100) * 100 : exact;
	if (total !== exact) totals.push(line('ot_rounding', 'Öresavrundning', total - exact));

	spreadDiscount(byVat, discount, subtotal);
	for (const { ore, vat } of [shipping, ...(paymentFee ? [paymentFee] : [])]) {
		byVat.set(vat, (byVat.get(vat) ?? 0) + ore);
	}
	const tax = sum([...byVat].map(([vat, ore]) => vatWithin(ore, vat)));
	totals.push(line('ot_tax', 'Moms', tax), line('ot_total', 'Summa', total));
	return totals;
}

function discountOf({ type, value }: Coupon, subtotal: number): number {
	const ore = type === 'percent' ? Math.round((subtotal * value) / 100) : Math.round(value * 100);
	return Math.min(ore, subtotal);
}

/** Takes the discount off each VAT rate by its share, the last one taking what rounding leaves. */
function spreadDiscount(byVat: Map<number, number>, discount: number, subtotal: number): void {
	let left = discount;
	const last = [...byVat.keys()].at(-1);
	for (const [vat, ore] of byVat) {
		const share = vat === last ? left : Math.round((discount * ore) / (subtotal || 1));
		byVat.set(vat, ore - share);
		left -= share;
	}
}

function vatWithin(grossOreAmount: number, vat: number): number {
	const rate = scaled(vat, 2);
	return Number(divideRounded(BigInt(grossOreAmount) * rate, 10_000n + rate));
}

function line(kind: OrderTotal['class'], title: string, ore: number, tax = 0): OrderTotal {
	return { class: kind, title, value: ore / 100, tax };
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
