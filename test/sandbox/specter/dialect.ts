/**
 * What contracts leave open about Specter and this account had to decide, in one place. A test can start
 * the account with another reading.
 */
export interface SpecterDialect {
	/** The account's clock, for the signed date of checkAccountSettings. */
	timeZone: string;
	/** Where putInfo.asp and getInfo.asp stand below the host; ends with a slash. */
	basePath: string;
	/** The versions of the API that the account has keys of. */
	apiVersions: ReadonlyArray<1 | 2>;
	/** Whether keys of version 2 are taken without `apiUserId`. */
	version2WithoutApiUserId: boolean;
	/** Where the parameters of a write are read. Those of a read are read in the query: a GET has no body. */
	parametersIn: 'everywhere' | 'body' | 'query';
	/**
	 * What the account calls a parameter, by the contract's name, a row's without its number. One of a single
	 * function goes by `newOrderSubmit.name`. The account does not know the contract's name then.
	 */
	parameterNames: Readonly<Record<string, string>>;
	/** Whether `ARTICLENO_1` is `articleNo_1`. */
	parameterCase: 'exact' | 'any';
	/** What a call meets that has a parameter the account does not know. */
	unknownParameters: 'refuse' | 'ignore';
	/** Name of the root element around `APIresponse` and the queues. */
	xmlRoot: string;
	/** How XML says its encoding, and what it is in. */
	xmlDeclaration: 'latin1' | 'utf-8' | 'none';
	/** What XML without a declaration is in. */
	undeclaredXmlEncoding: 'latin1' | 'utf-8';
	/** Whether names and notes stand in CDATA sections. */
	xmlCdata: boolean;
	/** Decimal separator in XML, and in the text form of stock changes. */
	xmlDecimalSeparator: ',' | '.';
	textDecimalSeparator: ',' | '.';
	/** What the article queue calls a field, by the contract's name. null: it does not tell that field. */
	articleFieldNames: Readonly<Partial<Record<ArticleFieldName, string | null>>>;
	/** What the order queue calls the external order number. null: it does not tell it. */
	externalOrderNoName: string | null;
	/** Where the main stock site stands among the others, from 0. */
	mainStockSite: number;
	/** Parameters that a row of newArticleSubmit must have. */
	requiredOfArticle: readonly string[];
	/** Whether a match without forceCustomerUpdate keeps the customer's data. */
	unforcedMatchKeepsData: boolean;
	/** Whether an order with an external number that the account has is refused, unless it says not to look. */
	refusesKnownOrder: boolean;
	/** How that refusal is worded; `$externalOrderNo` stands for the number. */
	duplicateOrderMessage: string;
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

/** The fields of the article queue whose names are assumed. */
export type ArticleFieldName =
	| 'vatPercent'
	| 'supplierArticleNo'
	| 'reorderPoint'
	| 'isPackage'
	| 'deleted'
	| 'oldArticleNo'
	| 'notes'
	| 'suppliers'
	| 'supplier'
	| 'supplier.supplierNo'
	| 'supplier.name'
	| 'supplier.buyPrice'
	| 'supplier.articleNo';

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
	basePath: '/',
	apiVersions: [1, 2],
	version2WithoutApiUserId: false,
	parametersIn: 'everywhere',
	parameterNames: {},
	parameterCase: 'exact',
	unknownParameters: 'refuse',
	xmlRoot: 'root',
	xmlDeclaration: 'latin1',
	undeclaredXmlEncoding: 'latin1',
	xmlCdata: false,
	xmlDecimalSeparator: ',',
	textDecimalSeparator: '.',
	articleFieldNames: {},
	externalOrderNoName: 'externalOrderNo',
	mainStockSite: 0,
	requiredOfArticle: ['articleNo', 'name', 'priceExclVAT', 'vatPercent'],
	unforcedMatchKeepsData: true,
	refusesKnownOrder: true,
	duplicateOrderMessage: 'External order number $externalOrderNo already exists',
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
