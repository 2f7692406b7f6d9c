import type { Server } from 'node:http';

import type { Fault } from '../faults';
import { close, listen } from '../http';
import { LiveSystem } from '../system';
import { ArticleRegister, type SpecterArticle } from './articles';
import { CallBacks } from './callbacks';
import { CustomerRegister, type SpecterCustomer } from './customers';
import { SPECTER_DIALECT, type SpecterDialect } from './dialect';
import { CANCELLED, OrderBook, type SpecterOrder } from './orders';
import { ChangeQueue, type QueueConfirmation } from './queues';
import { Refusal } from './refusal';
import { requestHandler } from './server';
import type { Keys } from './signature';

/** What the credential type specterApi holds. */
export interface SpecterCredentials extends Keys {
	[field: string]: string;
	baseUrl: string;
	apiVersion: string;
	apiUserId: string;
}

/** A call as it came; `status` 0 = never answered. */
export interface SpecterCall {
	action: string;
	method: string;
	/** Decoded, with the signature. */
	params: Record<string, string>;
	status: number;
	/** The answer as Specter meant it, also if a fault kept it from arriving. */
	answer: string;
	at: Date;
	fault?: Fault['kind'];
}

/** A confirmation, and the queue that it is for. */
export type Confirmation =
	| ({ queue: 'stock' | 'articles' } & QueueConfirmation<SpecterArticle>)
	| ({ queue: 'orders' } & QueueConfirmation<SpecterOrder>);

const KEYS_1 = { apiUserKey: 'sandbox-md5-key-1', integrationKey: 'sandbox-md5-key-2' };
const KEYS_2 = { apiUserKey: 'sandbox-api-user-key', integrationKey: 'sandbox-integration-key' };
const SBM_ID = '4711';
const API_USER_ID = '12';

/**
 * The Specter account: what contracts/specter says, on a server of its own.
 * Emits `confirm` with a {@link Confirmation} before a batch's records leave their queue, so that a test can
 * see what the shop has by then.
 */
export class SpecterAccount extends LiveSystem<SpecterCall> {
	url = '';

	readonly dialect: SpecterDialect;
	readonly customerRegister: CustomerRegister;
	readonly articleRegister: ArticleRegister;
	readonly orderBook: OrderBook;
	readonly stockQueue: ChangeQueue<SpecterArticle>;
	readonly articleQueue: ChangeQueue<SpecterArticle>;
	readonly orderQueue: ChangeQueue<SpecterOrder>;
	readonly callBacks: CallBacks;

	private server?: Server;

	constructor(
		dialect: Partial<SpecterDialect> = {},
		readonly now: () => Date = () => new Date(),
	) {
		super();
		this.dialect = { ...SPECTER_DIALECT, ...dialect };
		this.customerRegister = new CustomerRegister(this.dialect);
		this.articleRegister = new ArticleRegister(this.dialect);
		this.orderBook = new OrderBook(this.customerRegister, this.articleRegister, this.dialect, now);
		const { articlesPerBatch, ordersPerBatch } = this.dialect;
		const confirms = (confirmation: Confirmation) => this.emit('confirm', confirmation);
		this.stockQueue = new ChangeQueue(this.dialect, Infinity, false, (confirmation) =>
			confirms({ queue: 'stock', ...confirmation }),
		);
		this.articleQueue = new ChangeQueue(this.dialect, articlesPerBatch, true, (confirmation) =>
			confirms({ queue: 'articles', ...confirmation }),
		);
		this.orderQueue = new ChangeQueue(this.dialect, ordersPerBatch, true, (confirmation) =>
			confirms({ queue: 'orders', ...confirmation }),
		);
		this.callBacks = new CallBacks(this.faults, () => this.changed());
	}

	/** @param port 0 = any free port */
	async start(port = 0): Promise<void> {
		({ server: this.server, url: this.url } = await listen(port, requestHandler(this)));
	}

	async stop(): Promise<void> {
		await close(this.server);
		this.callBacks.stop();
	}

	/** For version 2 of the API, or for version 1 where the account has no other. */
	get credentials(): SpecterCredentials {
		return this.dialect.apiVersions.includes(2)
			? this.credentialsVersion2
			: this.credentialsVersion1;
	}

	get credentialsVersion1(): SpecterCredentials {
		return { baseUrl: this.baseUrl, apiVersion: '1', sbmId: SBM_ID, ...KEYS_1, apiUserId: '' };
	}

	get credentialsVersion2(): SpecterCredentials {
		const apiUserId = API_USER_ID;
		return { baseUrl: this.baseUrl, apiVersion: '2', sbmId: SBM_ID, ...KEYS_2, apiUserId };
	}

	get customers(): ReadonlyMap<number, SpecterCustomer> {
		return this.customerRegister.byId;
	}

	get articles(): ReadonlyMap<string, SpecterArticle> {
		return this.articleRegister.byNo;
	}

	get orders(): ReadonlyMap<number, SpecterOrder> {
		return this.orderBook.byNo;
	}

	/** Incl. VAT, in whole öre. */
	orderTotal(orderNo: number): number {
		return this.orderBook.total(orderNo);
	}

	/** The orders that carry this external order number; more than one only if the control was ignored. */
	ordersFor(externalOrderNo: string | number): readonly SpecterOrder[] {
		return this.orderBook.withExternalNo(String(externalOrderNo));
	}

	/** @throws Refusal if the signed date is not today's */
	checkDate(date: string): void {
		const today = new Intl.DateTimeFormat('sv-SE', { timeZone: this.dialect.timeZone }).format(
			this.now(),
		);
		if (date !== today) throw new Refusal('parameter', `date must be today, ${today}`);
	}

	/** A new order takes from stock, so a stock change is pending for its articles. */
	orderWasCreated(order: SpecterOrder): void {
		for (const { articleNo } of order.rows) {
			const article = this.articles.get(articleNo);
			if (article?.isStockArticle) this.stockQueue.add(article);
		}
		this.callBacks.fire('actionStockChange');
	}

	orderHasChanged(order: SpecterOrder): void {
		this.orderQueue.add(order);
		this.callBacks.fire('actionOrderChange');
		this.changed();
	}

	/** @returns the invoice's number */
	invoiceOrder(orderNo: number): number {
		const invoiceId = this.orderBook.invoice(orderNo);
		this.callBacks.fire('actionNewInvoice', {
			orderId: orderNo,
			invoiceId,
			invoiceSource: 'S',
		});
		this.changed();
		return invoiceId;
	}

	reportAllStock(): void {
		const stocked = [...this.articles.values()].filter(({ isStockArticle }) => isStockArticle);
		this.stockQueue.restart(stocked);
	}

	/**
	 * Somebody counts the shelf.
	 *
	 * @param available null = Specter has no number to tell
	 * @param site main site if left out
	 */
	setStock(articleNo: string, available: number | null, site?: string): void {
		const article = this.article(articleNo);
		const place = site ? article.stock.find((other) => other.site === site) : article.stock[0];
		if (place) place.available = available;
		else if (site) article.stock.push({ site, available });
		this.stockQueue.add(article);
		this.callBacks.fire('actionStockChange');
		this.changed();
	}

	/** Somebody adds an article in Specter itself. */
	addArticle(articleNo: string, values: Partial<SpecterArticle> = {}): SpecterArticle {
		const article = this.articleRegister.add(articleNo, values);
		this.articleHasChanged(article);
		if (this.dialect.newArticleStockIsQueued && article.stock[0].available !== 0) {
			this.stockQueue.add(article);
			this.callBacks.fire('actionStockChange');
		}
		return article;
	}

	/** Somebody edits an article in Specter itself; another `articleNo` renames it. */
	editArticle(articleNo: string, values: Partial<SpecterArticle>): SpecterArticle {
		const article = this.article(articleNo);
		const { articleNo: newNo = articleNo, ...others } = values;
		this.articleRegister.rename(article, newNo);
		Object.assign(article, others);
		this.articleHasChanged(article);
		return article;
	}

	/** Somebody deletes an article in Specter itself: its number is free again. */
	deleteArticle(articleNo: string): void {
		const article = this.article(articleNo);
		this.articleRegister.byNo.delete(articleNo);
		article.deleted = true;
		this.stockQueue.remove(article);
		this.articleHasChanged(article);
	}

	setOrderStatus(orderNo: number, statusId: number): void {
		const order = this.orderBook.get(orderNo);
		order.statusId = statusId;
		this.orderHasChanged(order);
	}

	cancelOrder(orderNo: number): void {
		this.setOrderStatus(orderNo, CANCELLED);
	}

	/** Delivers all that is left of the order. */
	deliverOrder(orderNo: number, trackingNo = ''): void {
		this.orderHasChanged(this.orderBook.deliverAll(orderNo, trackingNo));
	}

	removeOrder(orderNo: number): void {
		const order = this.orderBook.get(orderNo);
		this.orderBook.remove(orderNo);
		this.orderQueue.remove(order);
		this.callBacks.fire('actionRemoveOrder', { orderNo });
		this.changed();
	}

	/** Resolves when every call-back so far has been answered. */
	async callBacksIdle(): Promise<void> {
		await this.callBacks.idle();
	}

	/** Called by the server for every request to the API. */
	record(call: SpecterCall): void {
		this.log(call.action, call);
		this.changed();
	}

	private get baseUrl(): string {
		return `${this.url}${this.dialect.basePath}`.replace(/\/$/, '');
	}

	private article(articleNo: string): SpecterArticle {
		const article = this.articles.get(articleNo);
		if (!article) throw new Refusal('article', `Article ${articleNo} does not exist`);
		return article;
	}

	private articleHasChanged(article: SpecterArticle): void {
		this.articleQueue.add(article);
		this.callBacks.fire('actionArticleChange');
		this.changed();
	}
}
