import type { Difference } from '../sandbox/differences';

/** The facts of contract specter that tell of a difference, by its name in the catalogue. */
const SPECTER: Record<string, string[]> = {
	'another base path': ['baseUrl'],
	'a write is read in its body alone': ['writesIn'],
	'another root element': ['rootElement'],
	'XML without a declaration is UTF-8': ['undeclaredXml'],
	'keys of version 1 alone': ['apiVersion'],
	'a known order is not refused': ['duplicateOrder'],
	'the main stock site comes second': ['mainStockSite'],
	'another name for an order’s external number': ['externalOrderNo'],
	// Read as it comes, recognized all the same, or nothing that an account tells.
	'the case of a parameter does not matter': [],
	'a clock in another zone': [],
	'another code for a known order': [],
	'another wording for a known order': [],
	'a parameter it does not know is ignored': [],
	'a match without force is overwritten': [],
	'a call-back that is not named is removed': [],
};

const VENDRE: Record<string, string[]> = {
	'another path of the API': ['apiPath'],
	'the key as a bearer': ['authHeader'],
	'one record comes wrapped': ['recordWrapper'],
	'lists come wrapped': ['listWrapper'],
	'lists begin with the newest': ['listOrder'],
	'orders have no list': ['ordersList'],
	'one customer cannot be read': ['customerById'],
	'POST saves': ['saveVerb'],
	'PUT makes a product': ['createVerb'],
	'the article number is no filter': ['articleNumberFilter'],
	'another name for the filter ids': ['idsFilter'],
	'another name for the filter match': ['matchFilter'],
	'an error is one text': ['errorFormat'],
	'weights in gram': ['weightUnit'],
	'other types of customer': ['businessCustomerType'],
	'accepted aliases': [],
	'dates as text': [],
	'an unfinished order has a status of its own': ['unfinishedStatus'],
	'a guest has no customer id': [],
	'another type of percent coupon': ['percentCoupon'],
	'another class for freight': ['totals.ot_shipping'],
	'another class for a payment fee': ['totals.ot_payment_fee'],
	'another class for the total': ['totals.ot_total'],
	'another field keeps the customer from a mail': [],
	'nested names of a form have dots': ['formNesting'],
	'another key for a web-hook’s id': ['webhookId'],
	'a web-hook’s record comes wrapped': [],
};

/** The facts that the connection check reports as differing where a stand-in has this difference alone. */
export function factsOf({ name, specter = {} }: Difference): string[] {
	const what = name.replace(/^(Specter|Vendre): /, '');
	if (name.startsWith('Vendre')) {
		const [, field, list] = /^another name for (\S+) of (\w+)$/.exec(what) ?? [];
		return field ? [`${list}.${field}`] : VENDRE[what];
	}
	const [parameter] = Object.keys(specter.parameterNames ?? {});
	if (parameter) return [parameter.replace(/^newOrderSubmit\.|^(?=shopEmail)/, 'order.')];
	const [field] = Object.keys(specter.articleFieldNames ?? {});
	return field ? [`articleQueue.${field}`] : SPECTER[what];
}
