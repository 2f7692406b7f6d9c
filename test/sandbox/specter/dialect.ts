/**
 * What contracts leave open about Specter and this account had to decide, in one place. A test can start
 * the account with another reading.
 */
export interface SpecterDialect {
	/** The account's clock, for the signed date of checkAccountSettings. */
	timeZone: string;
	/** Whether keys of version 2 are taken without `apiUserId`. */
	version2WithoutApiUserId: boolean;
	/** Name of the root element around `APIresponse` and the queues. */
	xmlRoot: string;
	/** How XML says its encoding, and what it is in. */
	xmlDeclaration: 'latin1' | 'utf-8' | 'none';
	/** Whether names and notes stand in CDATA sections. */
	xmlCdata: boolean;
	/** Decimal separator in XML, and in the text form of stock changes. */
	xmlDecimalSeparator: ',' | '.';
	textDecimalSeparator: ',' | '.';
	/** Parameters that a row of newArticleSubmit must have. */
	requiredOfArticle: readonly string[];
	/** Whether a match without forceCustomerUpdate keeps the customer's data. */
	unforcedMatchKeepsData: boolean;
	/** Whether a new number for an unknown article is refused, or given to a new article. */
	renameOfUnknownArticle: 'refuse' | 'create';
	/** Whether articles written by the shop come back through the article queue. */
	shopWritesAreQueued: boolean;
	/** Whether an article that is entered in Specter with a stock is in the stock queue as well. */
	newArticleStockIsQueued: boolean;
	/** Whether an event that is not named to checkAccountSettings keeps its call-back URL. */
	unnamedCallBackKeepsUrl: boolean;
	/** Whether a fetch that finds nothing leaves its batch open. */
	emptyBatchStaysOpen: boolean;
	/** How a confirmation of a batch that is not open is answered (it may be a repeated one). */
	confirmationOfClosedBatch: 'refuse' | 'done';
	/** Articles and orders a batch holds at most. Stock has no limit. */
	articlesPerBatch: number;
	ordersPerBatch: number;
	/** What `responseMaxLimit` is: how many articles a batch holds at most, or 1 where it holds so many. */
	responseMaxLimit: 'limit' | 'reached';
	/** Codes of refusals. Only 99 is known of the real Specter. */
	codes: Record<Reason, number>;
}

/** Why a call is refused. */
export type Reason =
	| 'key'
	| 'function'
	| 'parameter'
	| 'encoding'
	| 'customer'
	| 'article'
	| 'order'
	| 'duplicateOrder'
	| 'invoice'
	| 'batch'
	| 'openBatch';

export const SPECTER_DIALECT: SpecterDialect = {
	timeZone: 'Europe/Stockholm',
	version2WithoutApiUserId: false,
	xmlRoot: 'root',
	xmlDeclaration: 'latin1',
	xmlCdata: false,
	xmlDecimalSeparator: ',',
	textDecimalSeparator: '.',
	requiredOfArticle: ['articleNo', 'name', 'priceExclVAT', 'vatPercent'],
	unforcedMatchKeepsData: true,
	renameOfUnknownArticle: 'refuse',
	shopWritesAreQueued: false,
	newArticleStockIsQueued: false,
	unnamedCallBackKeepsUrl: true,
	emptyBatchStaysOpen: false,
	confirmationOfClosedBatch: 'refuse',
	articlesPerBatch: 200,
	ordersPerBatch: 100,
	responseMaxLimit: 'limit',
	codes: {
		key: 1,
		function: 2,
		parameter: 3,
		encoding: 4,
		customer: 10,
		article: 11,
		order: 12,
		duplicateOrder: 13,
		invoice: 14,
		batch: 98,
		openBatch: 99,
	},
};
