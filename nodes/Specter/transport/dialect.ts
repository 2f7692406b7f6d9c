/**
 * Every fact about Specter's web-shop API that is assumed and not seen (contract specter, evidence
 * A). Code that rests on one reads it here, so that an account that differs costs a change of this
 * page alone.
 */
export const specterDialect = {
	/** §2: the time zone whose date `checkAccountSettings` is signed with. */
	timeZone: 'Europe/Stockholm',
	/** §4: parameter names that no client was seen to send. */
	parameters: {
		customerFax: 'faxNo',
		orderDate: 'orderDate',
		orderCustomerReference: 'customerReference',
		orderShopEmail: 'shopEmail',
		renamedArticle: 'newArticleNo',
	},
	/** §4: fields of the change queues that no client was seen to read, by our names for them. */
	changes: {
		article: {
			oldArticleNo: 'oldArticleNo',
			vatPercent: 'vatPercent',
			supplierArticleNo: 'supplierArticleNo',
			reorderPoint: 'reorderPoint',
			isPackage: 'isPackage',
			deleted: 'deleted',
			notes: 'notes',
		},
		/** The list of an article's suppliers, the element of each and its fields. */
		suppliers: 'suppliers',
		supplier: 'supplier',
		supplierFields: {
			supplierNo: 'supplierNo',
			name: 'name',
			buyPrice: 'buyPrice',
			articleNo: 'articleNo',
		},
		externalOrderNo: 'externalOrderNo',
	},
	/** §4: which of several stock sites is the main one. */
	mainStockSite: 0,
	/**
	 * §4: Specter refuses an order whose external number it has. Code and wording are unknown: the
	 * refusal is told by its words, which must speak of the external number or of the order alone, and
	 * of its being there; they must not deny that something exists (a missing article is no double).
	 */
	duplicateOrder: {
		codes: [] as string[],
		mentions: /extern|^(?!.*(artic|artik|customer|kund|\brow|\brad)).*order/is,
		isThere: /exist|already|finns|redan|duplic|dubb?l|in use|taken|upptag|\bused|använ|known|känt/i,
		denies: /\b(not|no such|unknown|inte|ej|saknas|missing|okän\w*)\b/i,
		/** "Is not unique", "must be unique": both say that the number is taken. */
		notUnique: /\buni[qk]/i,
	},
} as const;
