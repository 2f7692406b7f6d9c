import { DateTime } from 'luxon';
import { z } from 'zod';
import { checkRecord } from '../../shared/records';
import { Refusal } from '../../shared/refusal';
import {
	specterOrder,
	type SpecterArticle,
	type SpecterCustomer,
	type SpecterOrder,
	type SpecterOrderRow,
} from '../../Specter/records';
import { vendreProduct, type VendreOrder, type VendreProduct } from '../../Vendre/records';
import { vendreWords } from '../../Vendre/transport/dialect';
import { articleNumberNotes, mapArticle, rounded } from './article';
import { languageCode } from './codes';
import { deliveryOf, identityOf, mapCustomer, withoutBlanks } from './customer';
import { fitted, type Notes } from './notes';
import { externalNumber } from './orderNumber';
import { mapOrderRows } from './orderRows';
import { partyOfOrder } from './party';
import type { CodeMap, LineArticle, OrderSettings } from './settings';
import { wordFor } from './wordFor';

/** What one order becomes: the three records in the order in which they are sent (O1–O3). */
export interface MappedOrder {
	/** The shop's ids, where Specter's numbers are to be saved (O4). */
	orderId: number;
	shopCustomerId: number | null;
	/** Whether the shop is yet to learn Specter's customer number. */
	customerNumberMissing: boolean;
	customer: SpecterCustomer;
	articles: SpecterArticle[];
	/** Without `customerId`, which Specter's answer about the customer gives. */
	order: Omit<SpecterOrder, 'customerId'>;
	notes: Notes;
}

const orderToBe = specterOrder.omit({ customerId: true });

const HOME_COUNTRY = 'SE';

/** Specter's payment codes of DIBS and Klarna, whose reference is passed on (matrix O20). */
const DIBS_AND_KLARNA = new Set(['DP', 'K', 'KG']);

/**
 * An order of the shop as Specter's customer, articles and order (matrix O1–O32). All of it is checked
 * before any of it is sent, so that a bad order leaves nothing behind.
 * @param products the product records of the order's rows; a row without one is described by itself
 * @throws {Refusal} that says what stops the order and where to correct it
 */
export function mapOrder(
	shopOrder: VendreOrder,
	products: readonly VendreProduct[],
	settings: OrderSettings,
): MappedOrder {
	if (!shopOrder.products?.length) {
		throw new Refusal(
			`Order ${shopOrder.id} has no rows`,
			'Read the order in full by its id before it is mapped; an order without products is not sent.',
		);
	}
	const order = { ...shopOrder, products: inSpecterNumbers(shopOrder.products, settings) };
	const party = partyOfOrder(order);
	const { customer, notes } = mapCustomer(party, settings);
	const rows = mapOrderRows(order, settings, notes);
	const header = {
		...identityOf(party, settings, []),
		language: languageCode(order.language_code, settings.languages, []),
		currency: order.currency.toUpperCase(),
		orderDate: swedishDate(order.date_added),
		publishedComment: [`Order ${order.id}`, order.customer_comment].filter(Boolean).join('\n'),
		internalComment: `Order ${order.id}`,
		...deliveryOf(party, settings.countries),
		...payment(order, settings),
		externalDeliveryMethod: shipping(order, settings, notes),
		sendOrderMail: settings.sendOrderMail,
		[settings.customerReferenceAs]: fitted(
			order.customer_reference,
			settings.customerReferenceAs === 'customerReference' ? 70 : 50,
			'The customer reference',
			notes,
		),
		shopEmail: settings.shopEmail,
		externalOrderNo: externalNumber(order.id, settings.orderNumberPrefix),
		webshopId: settings.webshopId,
		rows,
	};
	for (const { model } of order.products) notes.push(...articleNumberNotes(model));
	return {
		orderId: order.id,
		shopCustomerId: order.customer_id,
		customerNumberMissing: Boolean(order.customer_id) && !party.customerNumber,
		customer,
		articles: articlesOf(order, rows, products, settings, isAbroad(header, customer)),
		order: withoutBlanks(checkRecord(orderToBe, header, `Order ${order.id}`)),
		notes,
	};
}

/**
 * The rows with the numbers that Specter has their products by (O27). A number that the shop changed
 * lately would make a second article there; the product flow gives the first one its new number (P7).
 * While it does, nobody knows which of the two Specter has.
 * @throws {Refusal} for a product whose number is empty
 */
function inSpecterNumbers(
	rows: NonNullable<VendreOrder['products']>,
	{ articleNumbers }: OrderSettings,
) {
	return rows.map((row) => {
		const known = wordFor(articleNumbers, String(row.product_id));
		if (known === '') {
			throw new Refusal(
				`The article number of "${row.name}" (product ${row.product_id}) is being changed in Specter`,
				'The order can be sent when the products workflow has brought that to its end. Publish it, if it is not.',
			);
		}
		return { ...row, model: (known ?? row.model).trim() };
	});
}

/** The day on which the order was placed, in Sweden (O12). */
function swedishDate(seconds: number | null): string | undefined {
	if (seconds === null) return undefined;
	return DateTime.fromSeconds(seconds, { zone: vendreWords.timeZone }).toISODate() ?? undefined;
}

/** Payment code and reference (O18, O20). */
function payment(order: VendreOrder, settings: OrderSettings) {
	const { payment_method_code: code, payment_method: name, payment_reference: reference } = order;
	const payTypeIdentifier = moduleCode(code, name, settings.paymentCodes, settings.paymentFallback);
	if (!payTypeIdentifier) throw noCode(order, 'payment method', name, 'Payment Codes');
	const passOn =
		settings.paymentReference === 'always' ||
		(settings.paymentReference === 'dibsKlarna' && DIBS_AND_KLARNA.has(payTypeIdentifier));
	return { payTypeIdentifier, payTypeReference: passOn ? reference : '' };
}

/** Shipping code (O19). An order that has no shipping at all goes without. */
function shipping(order: VendreOrder, settings: OrderSettings, notes: Notes): string {
	const { shipping_method_code: code, shipping_method: name } = order;
	const method = moduleCode(code, name, settings.shippingCodes, settings.shippingFallback);
	if (!method && name) throw noCode(order, 'shipping method', name, 'Shipping Codes');
	return fitted(method, 100, 'The shipping method', notes);
}

/** The user's map by code or name, else the module's own code as it stands, else the fallback. */
function moduleCode(code: string, name: string, map: CodeMap, fallback: string): string {
	return wordFor(map, code) ?? wordFor(map, name) ?? (code || fallback);
}

function noCode(order: VendreOrder, what: string, name: string, setting: string): Refusal {
	return new Refusal(
		`Order ${order.id} has a ${what} without a code: ${name ? `"${name}"` : 'none is named'}`,
		`Enter the code in Vendre as “Extern modulidentifierare” of the ${what}, or map "${name}" in the mapper under ${setting}, or choose a fallback there.`,
	);
}

/** Whether an order leaves the country of the ERP, so that its rows may carry no VAT or another country's. */
function isAbroad(delivery: Pick<SpecterOrder, 'deliveryCountryCode'>, customer: SpecterCustomer) {
	const country = delivery.deliveryCountryCode ?? customer.countryCode ?? HOME_COUNTRY;
	return country !== HOME_COUNTRY;
}

/**
 * The articles of an order's rows (O2): the shop's product where there is one. A row without one tells
 * enough to make the article where Specter lacks it, but its price, in the order's currency, and its VAT
 * are not the product's (P2, P3) and must not be written over an article that is there. Freight, discount
 * and the like go with the name of the settings and the row's price. A row of an order that goes abroad
 * has no VAT or another country's, which must not be written over the article's: there the product's tax
 * class counts, as far as its VAT is given.
 */
function articlesOf(
	order: VendreOrder,
	rows: readonly SpecterOrderRow[],
	products: readonly VendreProduct[],
	settings: OrderSettings,
	abroad: boolean,
): SpecterArticle[] {
	const productById = new Map(products.map((product) => [product.id, product]));
	const orderRows = new Map((order.products ?? []).map((row) => [row.model, row]));
	const lineNames = new Map(lineArticles(settings).map(({ articleNo, name }) => [articleNo, name]));
	const distinct = new Map(rows.map((row) => [row.articleNo, row]));

	return [...distinct].flatMap(([articleNo, row]) => {
		const orderRow = orderRows.get(articleNo);
		const product = orderRow && productById.get(orderRow.product_id ?? 0);
		const own = abroad ? settings.vatByTaxClass[String(product?.tax_class_id ?? '')] : undefined;
		const as = { articleNo, vatPercent: own ?? row.vatPercent };
		if (product) return [mapArticle(product, as, settings)];
		if (orderRow) {
			const priceExclVAT = rounded(orderRow.price, 2);
			const name = orderRow.name.trim() || articleNo;
			return [{ ...as, name, priceExclVAT, createArticleStock: true, onlyIfMissing: true }];
		}
		if (!settings.makeLineArticles) return [];
		const price = row.priceExclVAT.startsWith('-') ? '0.00' : row.priceExclVAT;
		const name = lineNames.get(articleNo) ?? articleNo;
		return [{ ...as, name, priceExclVAT: price, createArticleStock: false }];
	});
}

function lineArticles(settings: OrderSettings): LineArticle[] {
	const { freight, fee, discount, giftCard, rounding } = settings;
	return [freight, fee, discount, giftCard, rounding];
}

/** The product records that the item of an order carries, as Product: Get for Order puts them there. */
export function productRecordsOf(records: unknown): VendreProduct[] {
	return checkRecord(z.array(vendreProduct).default([]), records ?? undefined, 'productRecords');
}
