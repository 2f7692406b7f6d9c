import type { Answer } from '../http';
import type { SpecterAccount } from './account';
import { plain } from './answers';
import { ARTICLE_HEADER_RULES, articleRules, MOST_ARTICLES_A_CALL } from './articles';
import { CALL_BACK_EVENTS } from './callbacks';
import { articleChanges, orderChanges, stockChangesAsText, stockChangesAsXml } from './changes';
import { CUSTOMER_RULES, nameToSign } from './customers';
import type { SpecterDialect } from './dialect';
import {
	DELIVERY_HEADER_RULES,
	DELIVERY_ROW_RULES,
	ORDER_HEADER_RULES,
	ORDER_ROW_RULES,
} from './orders';
import { FORMATS, type Rules } from './parameters';
import type { ChangeQueue } from './queues';
import { Refusal } from './refusal';
import { signedName } from './signature';

type Parameters = ReadonlyMap<string, string>;

/** `1;<id>;<message>`, or data of its own. */
export type Outcome = { id: number | string; message: string } | Answer;

/** A function of the API: where it is called, what it takes, what it signs, what it does. */
export interface WireFunction {
	page: 'putinfo.asp' | 'getinfo.asp';
	header: Rules;
	rows?: Rules;
	mostRows?: number;
	signed(header: Parameters, rows: readonly Parameters[]): string;
	/** @throws Refusal; then nothing has been written */
	run(
		account: SpecterAccount,
		header: Parameters,
		rows: Array<Map<string, string>>,
		asXml: boolean,
	): Outcome;
}

const BATCH: Rules = { batchNo: { required: true, format: FORMATS.batch } };

const valueOf = (name: string) => (header: Parameters) => header.get(name) ?? '';

/** The functions of contract specter §4 by action. */
export function wireFunctions(dialect: SpecterDialect): ReadonlyMap<string, WireFunction> {
	const functions: Record<string, WireFunction> = {
		newCustomerSubmit: {
			page: 'putinfo.asp',
			header: CUSTOMER_RULES,
			signed: (header) => signedName(nameToSign(header)),
			run(account, header) {
				const { customer, message } = account.customerRegister.submit(header);
				return { id: customer.customerId, message };
			},
		},
		newArticleSubmit: {
			page: 'putinfo.asp',
			header: ARTICLE_HEADER_RULES,
			rows: articleRules(dialect),
			mostRows: MOST_ARTICLES_A_CALL,
			signed: (_, rows) => rows[0]?.get('articleNo') ?? '',
			run(account, header, rows) {
				const done = account.articleRegister.submit(header, rows);
				if (dialect.shopWritesAreQueued) {
					for (const article of [...done.created, ...done.updated])
						account.articleQueue.add(article);
				}
				const counts = [
					`${done.created.length} created`,
					`${done.updated.length} updated`,
					`${done.unchanged.length} unchanged`,
				];
				return { id: done.first.specterArticleId, message: counts.join(', ') };
			},
		},
		newOrderSubmit: {
			page: 'putinfo.asp',
			header: ORDER_HEADER_RULES,
			rows: ORDER_ROW_RULES,
			signed: valueOf('customerId'),
			run(account, header, rows) {
				const order = account.orderBook.submit(header, rows);
				account.orderWasCreated(order);
				return { id: order.orderNo, message: 'Order created' };
			},
		},
		newDeliverySubmit: {
			page: 'putinfo.asp',
			header: DELIVERY_HEADER_RULES,
			rows: DELIVERY_ROW_RULES,
			signed: valueOf('orderId'),
			run(account, header, rows) {
				const order = account.orderBook.deliver(header, rows);
				account.orderHasChanged(order);
				return { id: order.orderNo, message: 'Delivery created' };
			},
		},
		newInvoiceSubmit: {
			page: 'putinfo.asp',
			header: {
				orderId: { required: true, format: FORMATS.number },
				typeInvoice: { required: true, format: FORMATS.oneOf('S') },
			},
			signed: valueOf('orderId'),
			run(account, header) {
				return {
					id: account.invoiceOrder(Number(header.get('orderId'))),
					message: 'Invoice created',
				};
			},
		},
		getPDFLink: {
			page: 'getinfo.asp',
			header: {
				typeDocument: { required: true, format: FORMATS.oneOf('invoice') },
				documentId: { required: true, format: FORMATS.number },
			},
			signed: (header) => `getPDFLink${header.get('documentId') ?? ''}`,
			run(account, header) {
				const id = Number(header.get('documentId'));
				if (!account.orderBook.invoices.has(id)) {
					throw new Refusal('invoice', `Invoice ${id} does not exist`);
				}
				return plain(`1;${account.url}/documents/${id}.pdf`);
			},
		},
		checkAccountSettings: {
			page: 'getinfo.asp',
			header: {
				date: { required: true, format: FORMATS.date },
				...Object.fromEntries(CALL_BACK_EVENTS.map((event) => [event, { format: FORMATS.url }])),
			},
			signed: valueOf('date'),
			run(account, header) {
				account.checkDate(header.get('date') ?? '');
				for (const event of CALL_BACK_EVENTS) {
					const url = header.get(event);
					if (url !== undefined) account.callBacks.register(event, url);
					else if (!dialect.unnamedCallBackKeepsUrl) account.callBacks.register(event, '');
				}
				return { id: account.credentials.sbmId, message: 'Settings are right' };
			},
		},
		getArticleExternalNeedUpdate: {
			page: 'getinfo.asp',
			header: { ...BATCH, getMultipleStocksites: { format: FORMATS.one } },
			signed: valueOf('batchNo'),
			run(account, header, _rows, asXml) {
				const batchNo = header.get('batchNo') ?? '';
				const { keys } = account.stockQueue.fetch(batchNo);
				const allSites = header.get('getMultipleStocksites') === '1';
				return asXml
					? stockChangesAsXml(keys, allSites, dialect)
					: stockChangesAsText(keys, batchNo, dialect);
			},
		},
		updateArticlesFromBatch: confirmation((account) => account.stockQueue),
		clearArticleBatch: {
			page: 'getinfo.asp',
			header: { ...BATCH, clearSelf: { required: true, format: FORMATS.one } },
			signed: valueOf('batchNo'),
			run(account, header) {
				account.reportAllStock();
				return { id: header.get('batchNo') ?? '', message: 'All stock is reported again' };
			},
		},
		getArticleInfoExternalNeedUpdate: {
			page: 'getinfo.asp',
			header: BATCH,
			signed: valueOf('batchNo'),
			run(account, header, _rows, asXml) {
				onlyAsXml(asXml);
				const { keys } = account.articleQueue.fetch(header.get('batchNo') ?? '');
				return articleChanges(keys, dialect);
			},
		},
		updateArticleInfosFromBatch: confirmation((account) => account.articleQueue),
		getOrdersExternalNeedUpdate: {
			page: 'getinfo.asp',
			header: BATCH,
			signed: valueOf('batchNo'),
			run(account, header, _rows, asXml) {
				onlyAsXml(asXml);
				const { keys, more } = account.orderQueue.fetch(header.get('batchNo') ?? '');
				return orderChanges(keys, more, dialect);
			},
		},
		updateOrdersFromBatch: confirmation((account) => account.orderQueue),
	};
	return new Map(Object.entries(functions));
}

function confirmation(
	queueOf: (account: SpecterAccount) => Pick<ChangeQueue<unknown>, 'confirm'>,
): WireFunction {
	return {
		page: 'getinfo.asp',
		header: BATCH,
		signed: valueOf('batchNo'),
		run(account, header) {
			const batchNo = header.get('batchNo') ?? '';
			queueOf(account).confirm(batchNo);
			return { id: batchNo, message: 'Batch confirmed' };
		},
	};
}

function onlyAsXml(asXml: boolean): void {
	if (!asXml) throw new Refusal('parameter', 'This function answers in XML: useXML=2');
}
