import type { Fact, Facts } from '../../shared/facts';

/** Parameters whose names are assumed, with where the contract says so. Contract specter §4. */
const PARAMETERS = {
	faxNo: ['newCustomerSubmit', '`faxNo` (name A)', 'a customer’s fax number (C9)'],
	newArticleNo: ['newArticleSubmit', 'this name is A', 'a renamed article (P7)'],
	customerReference: [
		'newOrderSubmit',
		'`customerReference` (70, name A)',
		'the buyer’s reference',
	],
	orderDate: ['newOrderSubmit', '`orderDate` (YYYY-MM-DD, name A)', 'the day of the order (O12)'],
} as const;

/** What an order carries beyond what a client was seen to send. Contract specter §4, matrix O5–O9, O16, O23. */
export const assumedOrderParameters = [
	'customerOrganizationalForm',
	'firstName',
	'surName',
	'name',
	'orgNo',
	'deliveryCompanyName',
	'deliveryAttention',
	'deliveryAddress',
	'deliveryAddressRow2',
	'deliveryZipCodeEng',
	'deliveryCity',
	'deliveryregion',
	'deliveryCountryCode',
	'shopEmail',
] as const;

/** Fields of the article queue whose names are assumed, those of a supplier as `supplier.name`. */
export const assumedQueueFields = [
	'vatPercent',
	'supplierArticleNo',
	'reorderPoint',
	'isPackage',
	'deleted',
	'oldArticleNo',
	'notes',
	'suppliers',
	'supplier',
	'supplier.supplierNo',
	'supplier.name',
	'supplier.buyPrice',
	'supplier.articleNo',
] as const;

const underDifferences = (example: object) =>
	`Enter under Differences in the credential, for example: ${JSON.stringify(example)}`;

const parameterFacts = Object.fromEntries(
	Object.entries(PARAMETERS).map(([name, [action, quote, what]]): [string, Fact] => [
		name,
		{
			section: '§4',
			quote,
			states: `${action} takes ${what} as ${name}`,
			usedBy: `${action}`,
			setting: underDifferences({
				parameters: { [`${action}.${name}`]: 'its other name, or null' },
			}),
			probe: 'write',
		},
	]),
);

const orderFacts = Object.fromEntries(
	assumedOrderParameters.map((name): [string, Fact] => [
		`order.${name}`,
		{
			section: '§4',
			quote: 'The sync list has the order carry more than any client was seen to send; all (A)',
			states: `newOrderSubmit takes ${name}`,
			usedBy: 'Order: Create',
			setting: underDifferences({
				parameters: { [`newOrderSubmit.${name}`]: 'its other name, or null' },
			}),
			probe: 'write',
		},
	]),
);

const queueFacts = Object.fromEntries(
	assumedQueueFields.map((name): [string, Fact] => [
		`articleQueue.${name}`,
		{
			section: '§4',
			quote: "fields per Vendre's sync list, names A",
			states: `The article queue calls it ${name}`,
			usedBy: 'Article Change: Get Pending',
			setting: underDifferences({ articleFields: { [name]: 'its other name' } }),
			probe: 'write',
		},
	]),
);

const own: Facts = {
	baseUrl: {
		section: '§1',
		quote: 'v1 and v2 share host and paths',
		states: 'The functions stand where the Base URL of the credential leads, for both versions',
		usedBy: 'every call',
		setting: 'Base URL in the credential',
		probe: 'read',
	},
	apiVersion: {
		section: '§1',
		quote: 'v2 = other keys + `apiUserId`',
		states: 'The keys are of the version that the credential names',
		usedBy: 'every call',
		setting: 'API Version in the credential',
		probe: 'read',
	},
	parameterCase: {
		section: 'introduction',
		quote: 'Names on the wire are case-insensitive (A)',
		states: 'Names on the wire may be written in any case',
		usedBy: 'nothing: we write them as the contract does, and read them in any case',
		setting: 'Nothing to set: the nodes write the names as the contract does.',
		probe: 'read',
	},
	writesIn: {
		section: '§1',
		quote: 'Parameters may stand in the query or in the body | S / A',
		states: 'The parameters of a write may stand in its body or in its query',
		usedBy: 'every write, which has them in its body',
		setting: 'Where only the query is read, enter under Differences: {"writesIn":"query"}',
		probe: 'write',
	},
	undeclaredXml: {
		section: '§1',
		quote: 'ISO-8859-1 where it has none | S / A',
		states: 'XML without a declaration is in ISO-8859-1',
		usedBy: 'the change queues',
		setting: 'Nothing to set: UTF-8 is noticed.',
		probe: 'write',
	},
	rootElement: {
		section: '§4',
		quote: 'Stock, XML: `<root><stockChanges>',
		states: 'The change queues’ XML begins with the element root',
		usedBy: 'nothing: the records are looked for by the names of their own elements',
		setting: 'Nothing to set: any root element is read.',
		probe: 'write',
	},
	timeZone: {
		section: '§2',
		quote: 'Swedish time: A',
		states: 'checkAccountSettings is signed with the date in Sweden',
		usedBy: 'Account: Check, and the Specter Trigger when it registers call-backs',
		setting: underDifferences({ timeZone: 'UTC' }),
		probe: 'read',
	},
	unforcedMatch: {
		section: '§4',
		quote: 'it keeps its data (A)',
		states: 'A customer who is matched without forceCustomerUpdate keeps what Specter has',
		usedBy: 'Customer: Create or Update, where Update Existing Customer is off',
		setting: 'Update Existing Customer of the node',
		probe: 'none',
	},
	customerNumber: {
		section: '§4',
		quote: 'then Specter matches (A)',
		states: 'A customer who is sent with his number and identifyByCustomerId=1 is found by it',
		usedBy: 'Customer: Create or Update, where the shop has Specter’s number',
		setting: 'Match By of the node',
		probe: 'write',
	},
	duplicateOrder: {
		section: '§4',
		quote: 'unless told to ignore it (A)',
		states: 'An order with a known external number is refused, in words that we know',
		usedBy: 'Order: Create, so that no order is made twice',
		setting: underDifferences({
			duplicateOrder: { codes: ['13'], words: ['part of the message'] },
		}),
		probe: 'write',
	},
	mainStockSite: {
		section: '§4',
		quote: 'main site first (A)',
		states: 'The main stock site stands first among several',
		usedBy: 'Stock Change: Get Pending with all stock sites',
		setting: underDifferences({ mainStockSite: 1 }),
		probe: 'write',
	},
	externalOrderNo: {
		section: '§4',
		quote: 'externalOrderNo(A)',
		states: 'The order queue tells the shop’s order number as externalOrderNo',
		usedBy: 'Order Change: Get Pending',
		setting: underDifferences({ externalOrderNo: 'its other name' }),
		probe: 'write',
	},
	unnamedCallBacksStay: {
		section: '§4',
		quote: 'a credential test sends none (A: then nothing changes)',
		states: 'A call-back that checkAccountSettings does not name keeps its address',
		usedBy: 'Account: Check and the credential’s test',
		setting:
			'Where the call-backs are gone after a test of the credential, enter under Differences: {"unnamedCallBacksStay":false}, and publish the workflow with the Specter Trigger again',
		probe: 'write',
	},
};

/**
 * Every fact of contract specter that is assumed and not seen, and those that a credential can have
 * otherwise. What is assumed of each stands in `dialect.ts`.
 */
export const specterFacts: Facts = { ...own, ...parameterFacts, ...orderFacts, ...queueFacts };
