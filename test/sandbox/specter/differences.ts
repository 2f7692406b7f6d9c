import type { Difference } from '../differences';
import { SPECTER_DIALECT, type ArticleFieldName, type SpecterDialect } from './dialect';

/** Names that an account may have for the parameters whose names are assumed. */
const PARAMETER_NAMES: Readonly<Record<string, string>> = {
	faxNo: 'faxNumber',
	newArticleNo: 'changeArticleNoTo',
	customerReference: 'yourReference',
	orderDate: 'dateOfOrder',
	shopEmail: 'webshopEmail',
	'newOrderSubmit.customerOrganizationalForm': 'organizationalForm',
	'newOrderSubmit.firstName': 'customerFirstName',
	'newOrderSubmit.surName': 'customerSurName',
	'newOrderSubmit.name': 'customerName',
	'newOrderSubmit.orgNo': 'customerOrgNo',
	'newOrderSubmit.deliveryCompanyName': 'shipToCompanyName',
	'newOrderSubmit.deliveryAttention': 'shipToAttention',
	'newOrderSubmit.deliveryAddress': 'shipToAddress',
	'newOrderSubmit.deliveryAddressRow2': 'shipToAddressRow2',
	'newOrderSubmit.deliveryZipCodeEng': 'shipToZipCode',
	'newOrderSubmit.deliveryCity': 'shipToCity',
	'newOrderSubmit.deliveryregion': 'shipToRegion',
	'newOrderSubmit.deliveryCountryCode': 'shipToCountryCode',
};

/** Names that an account may have in its article queue. */
const ARTICLE_FIELD_NAMES: Readonly<Record<ArticleFieldName, string>> = {
	vatPercent: 'vat',
	supplierArticleNo: 'manufacturerArticleNo',
	reorderPoint: 'orderPoint',
	isPackage: 'packageArticle',
	deleted: 'removed',
	oldArticleNo: 'formerArticleNo',
	notes: 'comment',
	suppliers: 'supplierList',
	supplier: 'vendor',
	'supplier.supplierNo': 'no',
	'supplier.name': 'supplierName',
	'supplier.buyPrice': 'price',
	'supplier.articleNo': 'supplierArticleNo',
};

function difference(contract: string, name: string, specter: Partial<SpecterDialect>): Difference {
	return { name: `Specter: ${name}`, contract: `specter ${contract}`, specter };
}

/** One value other than the default for each fact of contract specter that is assumed. */
export const SPECTER_DIFFERENCES: readonly Difference[] = [
	difference('intro', 'the case of a parameter does not matter', { parameterCase: 'any' }),
	difference('§1', 'another base path', { basePath: '/ws/' }),
	difference('§1', 'a write is read in its body alone', { parametersIn: 'body' }),
	difference('§1', 'XML without a declaration is UTF-8', {
		xmlDeclaration: 'none',
		undeclaredXmlEncoding: 'utf-8',
	}),
	difference('§2', 'keys of version 1 alone', { apiVersions: [1] }),
	difference('§2', 'a clock in another zone', { timeZone: 'Asia/Tokyo' }),
	difference('§3', 'another root element', { xmlRoot: 'specter' }),
	difference('§3', 'another code for a known order', {
		codes: { ...SPECTER_DIALECT.codes, duplicateOrder: 207 },
	}),
	difference('§4', 'another wording for a known order', {
		duplicateOrderMessage: 'Ordern $externalOrderNo finns redan',
	}),
	difference('§4', 'a known order is not refused', { refusesKnownOrder: false }),
	difference('§4', 'a parameter it does not know is ignored', { unknownParameters: 'ignore' }),
	difference('§4', 'a match without force is overwritten', { unforcedMatchKeepsData: false }),
	difference('§4', 'a call-back that is not named is removed', { unnamedCallBackKeepsUrl: false }),
	difference('§4', 'the main stock site comes second', { mainStockSite: 1 }),
	difference('§4', 'another name for an order’s external number', {
		externalOrderNoName: 'externalOrderId',
	}),
	...Object.entries(PARAMETER_NAMES).map(([name, other]) =>
		difference('§4', `another name for ${name}`, { parameterNames: { [name]: other } }),
	),
	...Object.entries(ARTICLE_FIELD_NAMES).map(([name, other]) =>
		difference('§4', `another name for an article’s ${name}`, {
			articleFieldNames: { [name]: other },
		}),
	),
];
