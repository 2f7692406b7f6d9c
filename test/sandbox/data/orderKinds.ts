import type { CustomerRecord, DeliveryAddress, OrderDraft, ProductRecord } from '../vendre/records';
import { checkOut, type Basket } from './basket';
import { PAYMENTS, SHIPPINGS, TAX_CLASSES } from './shop';

/** Where the kinds of order take their goods and customers from, each time the next ones. */
export interface Stall {
	/** Goods that can be ordered, with this VAT rate if one is given; never main products of variants. */
	goods(count: number, vat?: number): ProductRecord[];
	/** Goods whose price has four decimals. */
	oddlyPriced(count: number): ProductRecord[];
	/** Variants of one main product. */
	variants(): ProductRecord[];
	customer(who: Clientele): CustomerRecord;
	guestId: number | null;
	/** A number that is different for every order. */
	serial(): number;
}

export type Clientele = 'person' | 'company' | 'known' | 'finnish person' | 'norwegian company';

interface Kind {
	label: string;
	/** The customer has not paid: the order has no status yet. */
	isUnfinished?: boolean;
	build(stall: Stall): OrderDraft;
}

type Row = Basket['rows'][number];

const PARCEL = { ...SHIPPINGS.parcel, ore: 4900, vat: 25 };
const FREE_PARCEL = { ...SHIPPINGS.parcel, ore: 0, vat: 25 };
const FREIGHT = { ...SHIPPINGS.freight, ore: 39_500, vat: 25 };

/** A basket as most are: a person, two kinds of goods, card, parcel. */
function usual(stall: Stall, changes: Partial<Basket> = {}): OrderDraft {
	const basket: Basket = {
		customer: changes.customer ?? stall.customer('person'),
		rows: changes.rows ?? rows(stall.goods(2, 25), [1, 2]),
		payment: PAYMENTS.card,
		paymentReference: `KORT-${stall.serial()}`,
		shipping: PARCEL,
		...changes,
	};
	return checkOut(basket, stall.guestId);
}

/** Goods on their rows; the last quantity holds for all further goods. */
function rows(goods: readonly ProductRecord[], quantities: readonly number[] = [1]): Row[] {
	return goods.map((product, index) => ({
		product_id: product.id,
		model: product.article_number,
		name: product.name.sv,
		quantity: quantities[Math.min(index, quantities.length - 1)],
		price: product.price,
		tax: TAX_CLASSES[product.tax_class_id],
	}));
}

/** The same rows in another currency and country. */
function abroad(goods: readonly Row[], rate: number, vatOf: (vat: number) => number): Row[] {
	return goods.map((row) => ({
		...row,
		price: Math.round((row.price / rate) * 10_000) / 10_000,
		tax: vatOf(row.tax),
	}));
}

function mixed(stall: Stall): Row[] {
	return [25, 12, 6].flatMap((vat) => rows(stall.goods(1, vat), [vat === 12 ? 3 : 1]));
}

const GIFT_ADDRESS: DeliveryAddress = {
	name_first: 'Märta',
	name_last: 'Ljungqvist-Hägg',
	company: '',
	street: 'Rönnbärsstigen 4',
	street2: 'c/o Öberg',
	postcode: '981 40',
	city: 'Kiruna',
	country_code: 'SE',
};

/** Orders that a shop takes every day, and what makes each kind special. */
export const ORDER_KINDS = {
	person: { label: 'Person, card, parcel', build: (stall) => usual(stall) },
	company: {
		label: 'Company with organisation number, invoice',
		build: (stall) =>
			usual(stall, {
				customer: stall.customer('company'),
				payment: PAYMENTS.invoice,
				paymentReference: '',
				shipping: FREIGHT,
				reference: `Inköp ${stall.serial()}`,
			}),
	},
	guest: {
		label: 'Guest without a customer record',
		build: (stall) =>
			usual(stall, {
				isGuest: true,
				customer: {
					...stall.customer('person'),
					name_first: 'Gäst',
					name_last: `Örnsköld ${stall.serial()}`,
					email_address: `gast${stall.serial()}@post.example`,
				},
			}),
	},
	'known-customer': {
		label: 'Customer who has a Specter number already',
		build: (stall) => usual(stall, { customer: stall.customer('known') }),
	},
	'mixed-vat': {
		label: 'Goods of 25, 12 and 6 % VAT',
		build: (stall) => usual(stall, { rows: mixed(stall) }),
	},
	'percent-coupon': {
		label: 'Coupon of 10 %',
		build: (stall) =>
			usual(stall, {
				rows: rows(stall.goods(3, 25), [1, 3]),
				coupon: { code: 'VÅR10', type: 'percent', value: 10 },
			}),
	},
	'percent-coupon-mixed-vat': {
		label: 'Coupon of 15 % over several VAT rates',
		build: (stall) =>
			usual(stall, { rows: mixed(stall), coupon: { code: 'KLUBB15', type: 'percent', value: 15 } }),
	},
	'fixed-coupon': {
		label: 'Coupon of 50 kr',
		build: (stall) => usual(stall, { coupon: { code: 'TACK50', type: 'fixed', value: 50 } }),
	},
	'fixed-coupon-mixed-vat': {
		label: 'Coupon of 100 kr over several VAT rates',
		build: (stall) =>
			usual(stall, { rows: mixed(stall), coupon: { code: 'HUNDRA', type: 'fixed', value: 100 } }),
	},
	'gift-card': {
		label: 'Partly paid with a gift card',
		build: (stall) => usual(stall, { rows: mixed(stall), giftCardOre: 7500 }),
	},
	'free-freight': {
		label: 'Free freight',
		build: (stall) => usual(stall, { rows: rows(stall.goods(4, 25)), shipping: FREE_PARCEL }),
	},
	'home-delivery': {
		label: 'Dear freight, delivered at home',
		build: (stall) => usual(stall, { shipping: { ...SHIPPINGS.home, ore: 12_990, vat: 25 } }),
	},
	'payment-fee': {
		label: 'Cash on delivery with a fee',
		build: (stall) =>
			usual(stall, {
				payment: PAYMENTS.cashOnDelivery,
				paymentReference: '',
				paymentFee: { ore: 3900, vat: 25 },
			}),
	},
	'shop-rounding': {
		label: 'Total rounded to whole kronor by the shop',
		build: (stall) =>
			usual(stall, {
				rows: rows(stall.goods(2, 12), [3, 1]),
				coupon: { code: 'ÖRE7', type: 'percent', value: 7 },
				rounds: true,
			}),
	},
	'finnish-person': {
		label: 'Person in Finland, euro, 25.5 % VAT',
		build: (stall) =>
			usual(stall, {
				customer: stall.customer('finnish person'),
				rows: abroad(rows(stall.goods(2, 25), [1, 2]), 11.4, () => 25.5),
				currency: 'EUR',
				shipping: { ...SHIPPINGS.parcel, ore: 990, vat: 25.5 },
			}),
	},
	'norwegian-company': {
		label: 'Company in Norway, Norwegian kroner, no VAT',
		build: (stall) =>
			usual(stall, {
				customer: stall.customer('norwegian company'),
				rows: abroad(mixed(stall), 0.97, () => 0),
				currency: 'NOK',
				payment: PAYMENTS.prepayment,
				shipping: { ...SHIPPINGS.freight, ore: 45_000, vat: 0 },
			}),
	},
	'odd-characters': {
		label: 'Characters outside Latin-1 in names and comment',
		build: (stall) => {
			const person = stall.customer('person');
			const draft = usual(stall, {
				isGuest: true,
				customer: {
					...person,
					name_first: 'Živa – “Zoë”',
					name_last: `D’Ambrožič-Łukasz ${stall.serial()}`,
					email_address: `ziva${stall.serial()}@post.example`,
					address_street: 'Šolska ulica 5 – vhod č',
				},
				rows: rows(stall.goods(2)).map((row) => ({ ...row, name: `${row.name} – ’€ 20’ č ✓` })),
				comment: 'Ring på – det är “öppet” ’hela’ dagen 😀\r\nFaktura på 20 € č\n\tTack!',
			});
			return draft;
		},
	},
	'long-comment': {
		label: 'Comment of 2,500 characters',
		build: (stall) =>
			usual(stall, {
				comment: 'Ställ paketet bakom den gröna dörren på gården. '.repeat(53).slice(0, 2500),
			}),
	},
	'four-decimals': {
		label: 'Seven of goods whose price has four decimals',
		build: (stall) => usual(stall, { rows: rows(stall.oddlyPriced(2), [7, 3]) }),
	},
	'dozen-of-books': {
		label: 'Twelve of goods of 6 %',
		build: (stall) => usual(stall, { rows: rows(stall.goods(1, 6), [12]) }),
	},
	'hundred-rows': {
		label: 'One hundred rows',
		build: (stall) => usual(stall, { rows: rows(stall.goods(100), [1, 2, 3, 1]) }),
	},
	'deleted-product': {
		label: 'A product that the shop has deleted since',
		build: (stall) =>
			usual(stall, {
				rows: [
					...rows(stall.goods(1, 25)),
					{
						product_id: 4242,
						model: 'UTG-0042',
						name: 'Utgången ljusstake – mässing',
						quantity: 1,
						price: 239.2,
						tax: 25,
					},
				],
			}),
	},
	'gift-row': {
		label: 'A gift on a row without a price',
		build: (stall) => {
			const [bought, gift] = rows(stall.goods(2, 25));
			return usual(stall, { rows: [bought, { ...gift, name: `${gift.name} (gåva)`, price: 0 }] });
		},
	},
	klarna: {
		label: 'Klarna with a payment reference',
		build: (stall) =>
			usual(stall, {
				payment: PAYMENTS.klarna,
				paymentReference: `b7f4e9d2-${String(stall.serial()).padStart(4, '0')}-4c1a-9d3e`,
			}),
	},
	swish: {
		label: 'Swish, collected in the shop',
		build: (stall) =>
			usual(stall, {
				payment: PAYMENTS.swish,
				shipping: { ...SHIPPINGS.pickUp, ore: 0, vat: 25 },
			}),
	},
	'pay-in-store': {
		label: 'Paid in the shop',
		build: (stall) =>
			usual(stall, {
				payment: PAYMENTS.payInStore,
				paymentReference: '',
				shipping: { ...SHIPPINGS.pickUp, ore: 0, vat: 25 },
			}),
	},
	'delivery-address': {
		label: 'Delivered to somebody else',
		build: (stall) =>
			usual(stall, {
				deliveryAddress: GIFT_ADDRESS,
				comment: 'Det är en present, ingen faktura i paketet.',
			}),
	},
	variants: {
		label: 'Variants of one product',
		build: (stall) => usual(stall, { rows: rows(stall.variants(), [1, 2]) }),
	},
	'zero-sum': {
		label: 'Nothing to pay: coupon of 100 %, free freight',
		build: (stall) =>
			usual(stall, {
				coupon: { code: 'REKLAMATION', type: 'percent', value: 100 },
				shipping: FREE_PARCEL,
				paymentReference: '',
			}),
	},
	unfinished: {
		label: 'Not finished by the customer',
		isUnfinished: true,
		build: (stall) => usual(stall, { payment: PAYMENTS.klarna, paymentReference: '' }),
	},
} satisfies Record<string, Kind>;

/** Orders that cannot be sent as they stand. */
export const BAD_ORDER_KINDS = {
	'bad-no-payment-code': {
		label: 'Bad: payment module without an external identifier',
		build: (stall) => usual(stall, { payment: { name: 'Ny betalmodul', code: '' } }),
	},
	'bad-no-email': {
		label: 'Bad: no e-mail address',
		build: (stall) => ({ ...usual(stall), email_address: '' }),
	},
	'bad-no-article-number': {
		label: 'Bad: a row without an article number',
		build: (stall) => {
			const [first, second] = rows(stall.goods(2, 25));
			return usual(stall, { rows: [first, { ...second, model: '', product_id: 0 }] });
		},
	},
	'bad-total': {
		label: 'Bad: a total that does not add up',
		build: (stall) => {
			const draft = usual(stall);
			const totals = draft.totals.map((line) =>
				line.class === 'ot_total'
					? { ...line, value: (Math.round(line.value * 100) + 10_000) / 100 }
					: line,
			);
			return { ...draft, totals };
		},
	},
} satisfies Record<string, Kind>;

export type OrderKind = keyof typeof ORDER_KINDS | keyof typeof BAD_ORDER_KINDS;

/** Every kind by name, the good ones first. */
export const ALL_ORDER_KINDS: Readonly<Record<OrderKind, Kind>> = {
	...ORDER_KINDS,
	...BAD_ORDER_KINDS,
};

export function isOrderKind(name: string): name is OrderKind {
	return Object.hasOwn(ALL_ORDER_KINDS, name);
}
