import { grossOre, scaled } from '../money';
import type { ArticleRegister, SpecterArticle } from './articles';
import type { CustomerRegister } from './customers';
import type { SpecterDialect } from './dialect';
import { FORMATS, type Rules } from './parameters';
import { Refusal } from './refusal';

const headerFields = {
	customerId: { required: true, format: FORMATS.number },
	webshopId: { format: FORMATS.number },
	externalOrderNo: {},
	customerOrderReference: { longest: 50 },
	customerReference: { longest: 70 },
	orderDate: { format: FORMATS.date },
	deliveryDate: { format: FORMATS.date },
	currency: { format: FORMATS.currency },
	language: { format: FORMATS.oneOf('SE', 'EN', 'NO', 'FI', 'DA', 'DE', 'ES') },
	stocksiteid: { format: FORMATS.number },
	payTypeIdentifier: {},
	payTypeReference: {},
	payTypeIdentifierPaySystemUser: {},
	isPrepayment: { format: FORMATS.flag },
	internalComment: {},
	publishedComment: {},
	externalDeliveryMethod: { longest: 100 },
	preparedShipmentId: {},
	sendOrderMail: { format: FORMATS.flag },
	sendOrderMailToUser: { format: FORMATS.flag },
	userSource: { format: FORMATS.oneOf('webuser') },
	notifyDeliveryByMobile: { format: FORMATS.flag },
	notifyDeliveryMobileNo: { longest: 50 },
	customerOrganizationalForm: { format: FORMATS.oneOf('C', 'P') },
	name: { longest: 100 },
	firstName: { longest: 50 },
	surName: { longest: 50 },
	orgNo: { longest: 20 },
	deliveryCompanyName: {},
	deliveryAttention: {},
	deliveryAddress: {},
	deliveryAddressRow2: {},
	deliveryZipCodeEng: {},
	deliveryCity: {},
	deliveryregion: {},
	deliveryCountryCode: { format: FORMATS.country },
	shopEmail: { longest: 100, format: FORMATS.email },
} satisfies Rules;

export const ORDER_HEADER_RULES: Rules = {
	...headerFields,
	ignoreExternalOrderNoControl: { format: FORMATS.one },
};

const rowFields = {
	articleNo: { required: true },
	articleName: { required: true },
	articleComment: {},
	priceExclVAT: { required: true, format: FORMATS.upToTwoDecimals },
	noOfItems: { required: true, format: FORMATS.upToFourDecimals },
	vatPercent: { required: true, format: FORMATS.vat },
} satisfies Rules;

export const ORDER_ROW_RULES: Rules = rowFields;

export const DELIVERY_HEADER_RULES: Rules = {
	orderId: { required: true, format: FORMATS.number },
	deliveryDate: { required: true, format: FORMATS.date },
	useArticleNoRowMapping: { required: true, format: FORMATS.one },
};

export const DELIVERY_ROW_RULES: Rules = {
	articleNo: { required: true },
	noOfItems: { required: true, format: FORMATS.upToFourDecimals },
};

export type OrderHeaderField = Exclude<keyof typeof headerFields, 'customerId'>;
export type SpecterOrderRow = Record<keyof typeof rowFields, string>;

/** Cancelled, whatever the account calls its other statuses. */
export const CANCELLED = 5;

/** An order as Specter keeps it: the parameters of newOrderSubmit, empty where not sent. */
export type SpecterOrder = Record<OrderHeaderField, string> & {
	orderNo: number;
	customerId: number;
	rows: SpecterOrderRow[];
	statusId: number;
	/** N nothing, P a part, D all of it delivered. */
	deliveryStatus: 'N' | 'P' | 'D';
	deliveries: Array<{ date: string; trackingNo: string; items: Map<string, bigint> }>;
	invoiceIds: number[];
	createdAt: Date;
};

const HEADER_NAMES = Object.keys(headerFields).filter(
	(name) => name !== 'customerId',
) as OrderHeaderField[];
const ROW_NAMES = Object.keys(rowFields) as Array<keyof SpecterOrderRow>;
const ITEM_DECIMALS = 4;

type Parameters = ReadonlyMap<string, string>;

/** The orders of the account, found by number and by external number without a scan. */
export class OrderBook {
	readonly byNo = new Map<number, SpecterOrder>();

	/** Invoice number → the order it is for. */
	readonly invoices = new Map<number, SpecterOrder>();

	private readonly byExternalNo = new Map<string, SpecterOrder[]>();
	private nextNo = 70001;
	private nextInvoice = 90001;

	constructor(
		private readonly customers: CustomerRegister,
		private readonly articles: ArticleRegister,
		private readonly dialect: SpecterDialect,
		private readonly now: () => Date,
	) {}

	/**
	 * newOrderSubmit (contract specter §4): creates the order and takes its stock articles out of stock.
	 *
	 * @param rows parameters that are checked already
	 * @throws Refusal
	 */
	submit(header: Parameters, rows: readonly Parameters[]): SpecterOrder {
		const customerId = Number(header.get('customerId'));
		if (!this.customers.byId.has(customerId)) {
			throw new Refusal('customer', `Customer ${customerId} does not exist`);
		}
		const externalOrderNo = header.get('externalOrderNo') ?? '';
		const isControlled =
			this.dialect.refusesKnownOrder && header.get('ignoreExternalOrderNoControl') !== '1';
		if (isControlled && this.withExternalNo(externalOrderNo).length > 0) {
			const message = this.dialect.duplicateOrderMessage;
			throw new Refusal(
				'duplicateOrder',
				message.replaceAll('$externalOrderNo', () => externalOrderNo),
			);
		}
		if (rows.length === 0) throw new Refusal('parameter', 'articleNo_1 is missing');
		const articles = rows.map((row, index) => this.articleOf(row, index));

		const order = {
			...valuesOf(HEADER_NAMES, header),
			orderNo: this.nextNo,
			customerId,
			rows: rows.map((row) => valuesOf(ROW_NAMES, row)),
			statusId: 1,
			deliveryStatus: 'N',
			deliveries: [],
			invoiceIds: [],
			createdAt: this.now(),
		} satisfies SpecterOrder as SpecterOrder;
		this.nextNo += 1;
		this.byNo.set(order.orderNo, order);
		if (externalOrderNo !== '') {
			this.byExternalNo.set(externalOrderNo, [...this.withExternalNo(externalOrderNo), order]);
		}
		articles.forEach((article, index) => takeFromStock(article, order.rows[index].noOfItems));
		return order;
	}

	/** Orders that carry this external number: one at most, unless the control was ignored. */
	withExternalNo(externalOrderNo: string): readonly SpecterOrder[] {
		return this.byExternalNo.get(externalOrderNo) ?? [];
	}

	/** Incl. VAT, in whole öre: the sum of the rows, rounded once. */
	total(orderNo: number): number {
		return grossOre(
			...this.get(orderNo).rows.map(({ priceExclVAT, noOfItems, vatPercent }) => ({
				price: priceExclVAT,
				quantity: noOfItems,
				vat: vatPercent,
			})),
		);
	}

	/** newDeliverySubmit: nothing can be delivered that was not ordered or is delivered already. */
	deliver(header: Parameters, rows: readonly Parameters[], trackingNo = ''): SpecterOrder {
		const order = this.get(Number(header.get('orderId')));
		if (rows.length === 0) throw new Refusal('parameter', 'articleNo_1 is missing');
		const left = undelivered(order);
		const items = new Map<string, bigint>();
		for (const row of rows) {
			const articleNo = row.get('articleNo') ?? '';
			const count = scaled(row.get('noOfItems') ?? '', ITEM_DECIMALS);
			const rest = (left.get(articleNo) ?? 0n) - count;
			if (count <= 0n || rest < 0n) {
				throw new Refusal('order', `Order ${order.orderNo}: not so many ${articleNo} to deliver`);
			}
			left.set(articleNo, rest);
			items.set(articleNo, (items.get(articleNo) ?? 0n) + count);
		}
		order.deliveries.push({ date: header.get('deliveryDate') ?? '', trackingNo, items });
		order.deliveryStatus = [...left.values()].every((rest) => rest <= 0n) ? 'D' : 'P';
		return order;
	}

	/** Delivers all that is left of an order. */
	deliverAll(orderNo: number, trackingNo: string): SpecterOrder {
		const order = this.get(orderNo);
		const date = this.now().toISOString().slice(0, 10);
		const items = undelivered(order);
		order.deliveries.push({ date, trackingNo, items });
		order.deliveryStatus = 'D';
		return order;
	}

	/** newInvoiceSubmit: an invoice for the whole order. */
	invoice(orderNo: number): number {
		const order = this.get(orderNo);
		const invoiceId = this.nextInvoice;
		this.nextInvoice += 1;
		this.invoices.set(invoiceId, order);
		order.invoiceIds.push(invoiceId);
		return invoiceId;
	}

	remove(orderNo: number): void {
		const order = this.get(orderNo);
		this.byNo.delete(orderNo);
		const others = this.withExternalNo(order.externalOrderNo).filter((other) => other !== order);
		this.byExternalNo.set(order.externalOrderNo, others);
	}

	/** @throws Refusal if there is no such order */
	get(orderNo: number): SpecterOrder {
		const order = this.byNo.get(orderNo);
		if (!order) throw new Refusal('order', `Order ${orderNo} does not exist`);
		return order;
	}

	private articleOf(row: Parameters, index: number): SpecterArticle {
		const articleNo = row.get('articleNo') ?? '';
		const article = this.articles.byNo.get(articleNo);
		if (!article || article.deleted) {
			throw new Refusal('article', `Row ${index + 1}: article ${articleNo} does not exist`);
		}
		if (Number(row.get('noOfItems')) === 0) {
			throw new Refusal('parameter', `Row ${index + 1}: noOfItems is 0`);
		}
		return article;
	}
}

function valuesOf<Name extends string>(names: readonly Name[], sent: Parameters) {
	return Object.fromEntries(names.map((name) => [name, sent.get(name) ?? ''])) as Record<
		Name,
		string
	>;
}

function takeFromStock(article: SpecterArticle, noOfItems: string): void {
	const main = article.stock[0];
	if (!article.isStockArticle || main.available === null) return;
	main.available = Number((main.available - Number(noOfItems)).toFixed(ITEM_DECIMALS));
}

function undelivered(order: SpecterOrder): Map<string, bigint> {
	const left = new Map<string, bigint>();
	const add = (articleNo: string, count: bigint) =>
		left.set(articleNo, (left.get(articleNo) ?? 0n) + count);
	for (const { articleNo, noOfItems } of order.rows)
		add(articleNo, scaled(noOfItems, ITEM_DECIMALS));
	for (const { items } of order.deliveries) {
		for (const [articleNo, count] of items) add(articleNo, -count);
	}
	return left;
}
