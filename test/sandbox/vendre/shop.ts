import type { Server } from 'node:http';

import { catalogue } from '../data/catalogue';
import { ALL_ORDER_KINDS, type OrderKind, type Stall } from '../data/orderKinds';
import { customers } from '../data/people';
import { CATEGORIES, FIRST_STATUS } from '../data/shop';
import { stallOf } from '../data/stall';
import type { Fault } from '../faults';
import { close, listen } from '../http';
import { LiveSystem } from '../system';
import { CustomerShelf } from './customers';
import { VENDRE_DIALECT, type VendreDialect } from './dialect';
import { readSheet } from './excel';
import { importVariants, type ImportReport } from './excelImport';
import type { WebhookFormat } from './forms';
import { OrderShelf } from './orders';
import { ProductShelf } from './products';
import type {
	CategoryRecord,
	CustomerRecord,
	OrderFields,
	OrderRecord,
	ProductRecord,
} from './records';
import { requestHandler } from './server';
import { Webhooks, type WebhookEvent } from './webhooks';
import { wiresOf, type Wires } from './wires';

/** What the credential type vendreApi holds. */
export interface VendreCredentials {
	[field: string]: string;
	shopUrl: string;
	apiKey: string;
	webhookSecret: string;
	apiPath: string;
	authHeader: string;
	saveVerb: string;
}

/** A call as it came; `status` 0 = never answered. */
export interface VendreCall {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string>;
	status: number;
	at: Date;
	body?: unknown;
	fault?: Fault['kind'];
}

export interface PlaceOrderOptions {
	/** false: nobody is told. Default true. */
	webhook?: boolean;
	/** How often the web-hook is delivered. Default 1. */
	repeat?: number;
}

const API_KEY = 'sandbox-vendre-key';
const WEBHOOK_SECRET = 'sandbox-webhook-secret';
const FIRST_ORDER = 20_001;
/** Every seventh number was taken by a customer who never finished: real shops have such gaps. */
const GAP_EVERY = 7;

/** The Vendre shop: what contracts/vendre says, on a server of its own. */
export class VendreShop extends LiveSystem<VendreCall> {
	url = '';

	readonly dialect: VendreDialect;
	readonly productShelf: ProductShelf;
	readonly customerShelf: CustomerShelf;
	readonly orderShelf: OrderShelf;
	readonly shelves: { products: ProductShelf; customers: CustomerShelf; orders: OrderShelf };
	/** How the shop writes its records. */
	readonly wires: Wires;
	readonly webhooks: Webhooks;

	/** How often each record was written over the API, by `products/5001`; a refused call writes nothing. */
	readonly writes = new Map<string, number>();

	/** The most calls that were ever under way at once. */
	mostAtOnce = 0;
	private underWay = 0;

	/** Which kind an order was placed as. */
	readonly kinds = new Map<number, OrderKind>();

	/** What the last Excel import of variants did. */
	lastImport?: ImportReport;

	private server?: Server;
	private stall?: Stall;
	private ordersPlaced = 0;

	constructor(
		dialect: Partial<VendreDialect> = {},
		readonly now: () => Date = () => new Date(),
	) {
		super();
		this.dialect = { ...VENDRE_DIALECT, ...dialect };
		const seconds = () => Math.floor(now().getTime() / 1000);
		this.productShelf = new ProductShelf(
			seconds,
			(id) => this.addressOf('products', id),
			() => ({ ...blankProduct() }),
		);
		this.customerShelf = new CustomerShelf(seconds);
		this.orderShelf = new OrderShelf(
			seconds,
			this.dialect.statusMailsByDefault,
			(id) => this.customers.get(id ?? 0)?.external_id ?? '',
		);
		this.shelves = {
			products: this.productShelf,
			customers: this.customerShelf,
			orders: this.orderShelf,
		};
		this.wires = wiresOf(this.dialect);
		this.webhooks = new Webhooks(this.dialect, this.faults, () => this.changed());
	}

	/**
	 * @param port 0 = any free port
	 * @param products how many the shop sells
	 */
	async start(port = 0, products = 120): Promise<void> {
		({ server: this.server, url: this.url } = await listen(port, requestHandler(this)));
		for (const product of catalogue(products, (id) => this.addressOf('products', id))) {
			this.productShelf.add(product);
		}
		for (const customer of customers()) this.customerShelf.add(customer);
		this.stall = stallOf(
			[...this.products.values()],
			[...this.customers.values()],
			this.dialect.guestCustomerId,
		);
	}

	async stop(): Promise<void> {
		await close(this.server);
		this.webhooks.stop();
	}

	get credentials(): VendreCredentials {
		return {
			shopUrl: this.url,
			apiKey: API_KEY,
			webhookSecret: WEBHOOK_SECRET,
			apiPath: this.dialect.apiPath,
			authHeader: this.dialect.authHeader,
			saveVerb: this.dialect.saveVerb,
		};
	}

	get products(): ReadonlyMap<number, ProductRecord> {
		return this.productShelf.byId;
	}

	get customers(): ReadonlyMap<number, CustomerRecord> {
		return this.customerShelf.byId;
	}

	get orders(): ReadonlyMap<number, OrderRecord> {
		return this.orderShelf.byId;
	}

	get categories(): CategoryRecord[] {
		return CATEGORIES.map(({ id, parent, sv, en }) => {
			const url = this.addressOf('categories', id);
			return {
				id,
				parent,
				name: { sv, en },
				status: true,
				sort_order: id,
				actions: { category_url: url, category_save_url: url, category_delete_url: url },
			};
		});
	}

	/**
	 * A customer goes through the checkout; fires new_order, unless the kind stays unfinished.
	 *
	 * @param what a kind, or fields that replace those of an ordinary person's order
	 */
	placeOrder(
		what: OrderKind | Partial<OrderFields>,
		{ webhook = true, repeat = 1 }: PlaceOrderOptions = {},
	): OrderRecord {
		if (!this.stall) throw new Error('The shop has not started');
		const name = typeof what === 'string' ? what : 'person';
		const kind = ALL_ORDER_KINDS[name];
		const draft = kind.build(this.stall);
		const statusId = kind.isUnfinished ? this.dialect.unfinishedStatusId : FIRST_STATUS;
		const order = this.orderShelf.place(draft, this.nextOrderId(), statusId);
		this.kinds.set(order.id, name);
		if (typeof what !== 'string') Object.assign(order, what);
		if (webhook && !this.isUnfinished(order)) {
			for (let time = 0; time < repeat; time += 1) this.webhooks.fire('new_order', order);
		}
		this.changed();
		return order;
	}

	/** The customer pays for an unfinished order after all: first status, new_order. */
	finishOrder(id: number): OrderRecord {
		const order = this.order(id);
		this.orderShelf.setStatus(order, FIRST_STATUS);
		this.webhooks.fire('new_order', order);
		this.changed();
		return order;
	}

	/**
	 * Somebody changes an order in the admin; as with the real shop, nobody is told.
	 *
	 * @param webhook true: the change came from the checkout (a payment module), which fires updated_order
	 */
	editOrder(id: number, fields: Partial<OrderFields>, webhook = false): OrderRecord {
		const order = this.order(id);
		Object.assign(order, fields);
		if (typeof fields.status_id === 'number') this.orderShelf.setStatus(order, fields.status_id);
		else order.date_modified = Math.floor(this.now().getTime() / 1000);
		if (webhook) this.webhooks.fire('updated_order', order);
		this.changed();
		return order;
	}

	/** Somebody registers in the shop; fires new_customer. */
	addCustomer(fields: Partial<CustomerRecord>): CustomerRecord {
		const seconds = Math.floor(this.now().getTime() / 1000);
		const [first] = this.customers.values();
		const customer: CustomerRecord = {
			...first,
			external_id: '',
			date_added: seconds,
			date_modified: seconds,
			...fields,
			id: this.customerShelf.nextId,
		};
		this.customerShelf.add(customer);
		this.webhooks.fire('new_customer', customer);
		this.changed();
		return customer;
	}

	/** A customer changes their own data; fires updated_customer. */
	editCustomer(id: number, fields: Partial<CustomerRecord>): CustomerRecord {
		const customer = this.customerShelf.save(id, fields);
		this.webhooks.fire('updated_customer', customer);
		this.changed();
		return customer;
	}

	/** Fires deleted_customer. */
	deleteCustomer(id: number): void {
		const customer = this.customers.get(id);
		if (!customer) throw new Error(`There is no customer ${id}`);
		this.customerShelf.remove(id);
		this.webhooks.fire('deleted_customer', customer);
		this.changed();
	}

	/** Somebody changes a product in the admin. */
	editProduct(id: number, fields: Partial<ProductRecord>): ProductRecord {
		const product = this.productShelf.save(id, fields);
		this.changed();
		return product;
	}

	/**
	 * Somebody imports an Excel sheet of variants in the admin (contract vendre §7).
	 *
	 * @throws Error for a file that is no such sheet; nothing has been written
	 */
	importVariants(sheet: Buffer): ImportReport {
		const seconds = Math.floor(this.now().getTime() / 1000);
		this.lastImport = importVariants(this.productShelf, readSheet(sheet), seconds);
		this.changed();
		return this.lastImport;
	}

	deleteProduct(id: number): void {
		this.productShelf.remove(id);
		this.changed();
	}

	/** Where an event is sent to. */
	setWebhook(event: WebhookEvent, url: string, format: WebhookFormat = 'json'): void {
		if (url === '') this.webhooks.urls.delete(event);
		else this.webhooks.urls.set(event, { url, format });
	}

	/** Delivers an order's web-hook (again). */
	sendWebhook(event: 'new_order' | 'updated_order', orderId: number): void {
		this.webhooks.fire(event, this.order(orderId));
	}

	/** Resolves when every web-hook so far has been answered. */
	async webhooksIdle(): Promise<void> {
		await this.webhooks.idle();
	}

	/** What the customer pays, in whole öre (cent, øre). */
	orderTotal(id: number): number {
		const total = this.order(id).totals.find((line) => line.class === 'ot_total');
		return Math.round((total?.value ?? 0) * 100);
	}

	isUnfinished(order: OrderRecord): boolean {
		return order.status_id === this.dialect.unfinishedStatusId;
	}

	addressOf(resource: string, id: number): string {
		return `${this.url}${this.dialect.apiPath}/${resource}/${id}`;
	}

	override clearCalls(): void {
		super.clearCalls();
		this.writes.clear();
		this.mostAtOnce = 0;
	}

	/** Called by the server around every call. */
	async counted(answering: () => Promise<void>): Promise<void> {
		this.underWay += 1;
		this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
		await answering().finally(() => (this.underWay -= 1));
	}

	/** Called by the server for every record that the API has written. */
	countWrite(resource: string, { id }: { id: number }): void {
		const name = `${resource}/${id}`;
		this.writes.set(name, (this.writes.get(name) ?? 0) + 1);
	}

	/** Called by the server for every request to the API. */
	record(name: string, call: VendreCall): void {
		this.log(name, call);
		this.changed();
	}

	private order(id: number): OrderRecord {
		const order = this.orders.get(id);
		if (!order) throw new Error(`There is no order ${id}`);
		return order;
	}

	private nextOrderId(): number {
		this.ordersPlaced += 1;
		const next = Math.max(FIRST_ORDER, this.orderShelf.nextId);
		return this.ordersPlaced % GAP_EVERY === 0 ? next + 1 : next;
	}
}

/** A product with every key and nothing in it. */
function blankProduct(): ProductRecord {
	const [sample] = catalogue(1, () => '');
	const nothing = { sv: '', en: '' };
	return {
		...sample,
		ordered: 0,
		category_ids: [],
		category_paths: [],
		description: nothing,
		ean1: '',
		featured: false,
		manufacturer_id: null,
		manufacturer_model: '',
		manufacturer_name: null,
		meta_title: nothing,
		name: nothing,
		price_in: null,
		quantity: 0,
		reorder_stock: null,
		seo_link: nothing,
		shipping_class: null,
		show: true,
		status: false,
		stock_allow_checkout: null,
		suppliers: [],
		warehouses: [],
		weight: null,
	};
}
