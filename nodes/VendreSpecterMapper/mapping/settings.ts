/**
 * The choices of the sync matrix that the user makes in the mapper's parameters, in the words of the
 * shop's own Specter module where it has them (contract vendre §6).
 */

/** From a word of one system (code, name, id) to the one that the other wants. */
export type CodeMap = Readonly<Record<string, string>>;

/** Matrix C2, C6, C7. */
export interface CustomerSettings {
	/** `shop`: the shop's customer type, else whether there is a company name. */
	customerType: 'shop' | 'companyName' | 'company' | 'person';
	languages: CodeMap;
	countries: CodeMap;
}

/** Matrix P1, P5, P8. */
export interface ArticleSettings {
	/** The language of the shop whose product name Specter gets, such as `sv`. */
	nameLanguage: string;
	purchasePrice: boolean;
	stockOnCreation: boolean;
}

/** The article that stands for a line of an order that is no product. */
export interface LineArticle {
	articleNo: string;
	name: string;
}

/** Matrix O14–O32. */
export interface OrderSettings extends CustomerSettings, ArticleSettings {
	/** From a product's id to the number that Specter has it by, where that is known. */
	articleNumbers: CodeMap;
	/** From the shop's tax class to VAT in percent, for the articles of orders that go abroad. */
	vatByTaxClass: CodeMap;
	paymentCodes: CodeMap;
	/** Taken where an order's payment method has no code; empty stops the order. */
	paymentFallback: string;
	shippingCodes: CodeMap;
	shippingFallback: string;
	paymentReference: 'dibsKlarna' | 'always' | 'never';
	customerReferenceAs: 'customerReference' | 'customerOrderReference';
	sendOrderMail: boolean;
	webshopId: string;
	/** Stands before the shop's order number in Specter; empty where the account has one shop. */
	orderNumberPrefix: string;
	shopEmail: string;
	/** Whether these articles are sent with the order, so that they are made when missing. */
	makeLineArticles: boolean;
	freight: LineArticle;
	fee: LineArticle;
	discount: LineArticle;
	giftCard: LineArticle;
	rounding: LineArticle;
	/** Article numbers for further classes of order totals, such as `ot_wrapping`. */
	otherTotals: CodeMap;
}

/** Matrix T1: which of Specter's values means which status of the shop, by id or name. */
export interface StatusRule {
	when: 'deliveryStatus' | 'statusId';
	is: string;
	/** Empty leaves the order alone. */
	shopStatus: string;
}

/** Matrix A10. */
export interface SupplierSettings {
	/** From Specter's number of a supplier to the shop's id. */
	ids: CodeMap;
	/** The shop's id of the currency that the prices are in; empty: not sent. */
	currencyId: string;
}

/** Matrix A3–A15. */
export interface ProductSettings {
	/** The language of the shop that gets Specter's name, such as `sv`. */
	nameLanguage: string;
	newProductsActive: boolean;
	/** Ids with commas between; empty: none is sent. */
	categoryIds: string;
	/** From VAT in percent to the shop's tax class. */
	taxClassByVat: CodeMap;
	takePurchasePrice: boolean;
	takeReorderPoint: boolean;
	/** Package sales of the shop: no purchase price and no reorder point. */
	packagesAreSold: boolean;
	/** undefined: suppliers are not taken. */
	suppliers: SupplierSettings | undefined;
}
