import type { SpecterParameters } from '../transport/signature';

/** Records that the connection check writes, so named that anybody knows what they are. */

const NAME = 'Connection check';

export const asArticle = (articleNo: string, more: SpecterParameters = {}): SpecterParameters => ({
	...{ action: 'newArticleSubmit', articleNo_1: articleNo },
	...{ name_1: NAME, priceExclVAT_1: '0.00', vatPercent_1: '25' },
	...more,
});

export const asCustomer = (emailAddress: string): SpecterParameters => ({
	action: 'newCustomerSubmit',
	customerOrganizationalForm: 'C',
	name: NAME,
	emailAddress,
});

/** An order of one such article, for 0 kronor. */
export const asOrder = (
	customerId: string,
	externalOrderNo: string,
	articleNo: string,
	more: SpecterParameters = {},
): SpecterParameters => ({
	...{ action: 'newOrderSubmit', customerId, externalOrderNo },
	...{ articleNo_1: articleNo, articleName_1: NAME },
	...{ priceExclVAT_1: '0.00', noOfItems_1: '1', vatPercent_1: '25' },
	...more,
});

/** An external order number that no order has. */
export const newOrderNo = (): string => `CHECK-${Date.now().toString(36)}`;
