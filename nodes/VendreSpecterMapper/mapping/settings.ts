/**
 * The choices of the sync matrix that the user makes in the mapper's parameters, in the words of the
 * shop's own Specter module where it has them (contract vendre §6).
 */

/** From a word of the shop (code, name) to the one that Specter wants. */
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
	paymentCodes: CodeMap;
	/** Taken where an order's payment method has no code; empty stops the order. */
	paymentFallback: string;
	shippingCodes: CodeMap;
	shippingFallback: string;
	paymentReference: 'dibsKlarna' | 'always' | 'never';
	customerReferenceAs: 'customerReference' | 'customerOrderReference';
	sendOrderMail: boolean;
	webshopId: string;
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
