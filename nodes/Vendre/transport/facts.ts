import type { Fact, Facts } from '../../shared/facts';
import { assumedFields, pathOf } from './assumedFields';

const underDifferences = (example: object) => `Under Differences: ${JSON.stringify(example)}`;

/** §1: how the shop is reached and what it answers. */
const transport = {
	apiPath: {
		section: '§1',
		quote: 'Base `https://<shop-domain>/API/1/<resource>` (upper-case API)',
		states: 'The API stands at /API/1 below the shop’s address',
		usedBy: 'Every call',
		setting: 'API Path in the credential',
		probe: 'read',
	},
	authHeader: {
		section: '§1',
		quote: 'One page shows `Authorization: Bearer` on another host instead',
		states: 'The key goes in the header X-Authorization',
		usedBy: 'Every call',
		setting: 'Authorization Header in the credential',
		probe: 'read',
	},
	listWrapper: {
		section: '§1',
		quote: 'answer `{"list":[…],"remaining":n}`',
		states: 'A list comes as {"list": […], "remaining": n}',
		usedBy: 'Every list',
		setting: 'Nothing to set: a list inside data is read as well.',
		probe: 'read',
	},
	recordWrapper: {
		section: '§1',
		quote: 'One record: the bare object; tolerate a `{"data":{…}}` wrapper',
		states: 'One record comes as it is, with nothing around it',
		usedBy: 'Every record read by its ID, every save',
		setting: 'Nothing to set: a record inside data is read as well.',
		probe: 'read',
	},
	listOrder: {
		section: '§1',
		quote: 'Rows come by ascending id (A)',
		states: 'A list begins with the lowest ID',
		usedBy: 'Reading the newest orders',
		setting:
			'Nothing to set: the newest are looked for at both ends of a list. Where it is otherwise, the nightly comparison does not tell of products that are gone.',
		probe: 'read',
	},
	ordersList: {
		section: '§1',
		quote: '`GET orders` (list), `GET customers/{id}`',
		states: 'The list of orders can be read',
		usedBy: 'Order: Get Many and Get Page, the poll of orders, the backfill',
		setting:
			'Nothing to set: without the list, orders come by webhook and are read by ID; ask Vendre’s support for the list.',
		probe: 'read',
	},
	customerById: {
		section: '§1',
		quote: '`GET orders` (list), `GET customers/{id}`',
		states: 'One customer can be read by ID',
		usedBy: 'Customer: Get, the Vendre Trigger for customers',
		setting:
			'Nothing to set: without it, customers come from their list; ask Vendre’s support for GET customers/{id}.',
		probe: 'read',
	},
	idsFilter: {
		section: '§1',
		quote: '`ids=1,2,3` on products (batches of 50)',
		states: 'Products can be asked for by ids',
		usedBy: 'Product: Get for Order, looking up articles',
		setting: underDifferences({ filters: { ids: 'its other name' } }),
		probe: 'read',
	},
	idsPerCall: {
		section: '§1',
		quote: '`ids=1,2,3` on products (batches of 50)',
		states: 'So many products can be asked for by ids in one call: 50',
		usedBy: 'Product: Get for Order, looking up articles',
		setting: underDifferences({ idsPerCall: 10 }),
		probe: 'read',
	},
	articleNumberFilter: {
		section: '§1',
		quote: '`article_number=<no>` on products',
		states: 'Products can be asked for by article_number',
		usedBy: 'Looking up articles of Specter',
		setting: underDifferences({ filters: { article_number: 'its other name' } }),
		probe: 'read',
	},
	matchFilter: {
		section: '§1',
		quote: '`match=<e-mail>` on customers (A)',
		states: 'Customers can be asked for by match, the e-mail address',
		usedBy: 'Nothing: the nodes look no customer up in the shop',
		setting: 'Nothing to set: the nodes do not use it.',
		probe: 'read',
	},
	errorFormat: {
		section: '§1',
		quote: '`{"errors":[{status,code,title,detail}]}` as the storefront API has it (A)',
		states: 'A refusal comes as {"errors": [{status, code, title, detail}]}',
		usedBy: 'The words of an error, and whether one came with HTTP status 200',
		setting: 'Nothing to set: errors are shown with the HTTP status alone.',
		probe: 'read',
	},
	saveVerb: {
		section: '§1',
		quote: 'Which verb saves is unknown: PUT (A), POST as a setting',
		states: 'PUT saves a record',
		usedBy: 'Every save',
		setting: 'Save Verb in the credential',
		probe: 'write',
	},
	partialBodies: {
		section: '§1',
		quote: 'Bodies are partial: only the fields sent change (A)',
		states: 'Saving one field leaves the others as they are',
		usedBy: 'Every save',
		setting:
			'There is no setting: do not let the nodes save anything before Vendre’s support has explained it.',
		probe: 'write',
	},
	createVerb: {
		section: '§1',
		quote: '`POST products` creates (A)',
		states: 'POST makes a product',
		usedBy: 'Product: Create or Update',
		setting: underDifferences({ createVerb: 'PUT' }),
		probe: 'write',
	},
	saveOrder: {
		section: '§1',
		quote: '`PUT orders/{id}` and `PUT customers/{id}` save (A)',
		states: 'An order can be saved by ID',
		usedBy: 'Order: Save Specter Number and Update Status',
		setting: 'Save Verb in the credential, and ask Vendre’s support for the right to save orders',
		probe: 'write',
	},
	saveCustomer: {
		section: '§1',
		quote: '`PUT orders/{id}` and `PUT customers/{id}` save (A)',
		states: 'A customer can be saved by ID',
		usedBy: 'Customer: Save Specter Number',
		setting:
			'Save Verb in the credential, and ask Vendre’s support for the right to save customers',
		probe: 'write',
	},
} as const satisfies Facts;

/** §2–§5: what values mean, and what webhooks send. */
const values = {
	weightUnit: {
		section: '§2',
		quote: '`weight` null|number (kg, A)',
		states: 'A product’s weight is in kg',
		usedBy: 'Articles of Specter and back (P6, A14)',
		setting: underDifferences({ weightUnit: 'g' }),
		probe: 'read',
	},
	businessCustomerType: {
		section: '§3',
		quote: '`type` (0 private, 1 business, as the storefront API registers them)',
		states: 'A customer of type 1 is a company, any other a person',
		usedBy: 'Customers and orders in Specter (C2, O5)',
		setting: underDifferences({ businessCustomerType: '2' }),
		probe: 'read',
	},
	moduleCodes: {
		section: '§4',
		quote: 'are the modules\' "Extern modulidentifierare" where the shop has set one (A)',
		states: 'Orders carry the external identifiers of their payment and shipping modules',
		usedBy: 'Terms of payment and way of delivery in Specter',
		setting: 'Extern modulidentifierare of each module in the shop’s admin',
		probe: 'read',
	},
	notifyCustomer: {
		section: '§4',
		quote: 'Saving `{status_id, notify_customer:false}` must not mail the customer (A)',
		states: 'notify_customer: false keeps the customer from a mail about a new status',
		usedBy: 'Order: Update Status',
		setting: underDifferences({ fields: { orders: { notify_customer: 'its other name' } } }),
		probe: 'none',
	},
	unfinishedStatus: {
		section: '§4',
		quote: 'How the API marks them is unknown: `status_id` 0 or null (A',
		states: 'An order that the customer has not finished has the status 0 or none',
		usedBy: 'Choosing the orders to send',
		setting: underDifferences({ unfinishedStatusIds: [0, 99] }),
		probe: 'read',
	},
	percentCoupon: {
		section: '§4',
		quote: 'Order (A as a whole',
		states: 'A coupon of type percent takes its value off in percent',
		usedBy: 'The rows of an order with a coupon',
		setting: underDifferences({ percentCoupon: 'percentage' }),
		probe: 'read',
	},
	webhookFormat: {
		section: '§5',
		quote: 'method and format selectable (form-data is one): accept JSON',
		states: 'Webhooks come as JSON',
		usedBy: 'The Vendre Trigger',
		setting: 'Nothing to set: JSON, form fields and multipart are all read.',
		probe: 'webhook',
	},
	formNesting: {
		section: '§5',
		quote: 'In form-data nested values arrive as `products[0][model]=…` (A)',
		states: 'A webhook as a form writes nested names in brackets, as data[id]',
		usedBy: 'The Vendre Trigger, for the ID alone',
		setting: 'Nothing to set: data.id is read as well, and the record is read again by ID.',
		probe: 'webhook',
	},
	webhookId: {
		section: '§5',
		quote: 'payload = what GET on that record',
		states: 'A webhook calls the record’s ID id',
		usedBy: 'The Vendre Trigger',
		setting: underDifferences({ webhookId: 'its other name' }),
		probe: 'webhook',
	},
} as const satisfies Facts;

/** §4: the classes of an order's totals, and which lines they are of. */
export const totalClasses = {
	ot_subtotal: 'the goods together',
	ot_shipping: 'freight',
	ot_payment_fee: 'the fee of a way to pay',
	ot_coupon: 'a coupon',
	ot_gift_card: 'a gift card',
	ot_rounding: 'the rounding',
	ot_tax: 'the VAT',
	ot_total: 'the total',
} as const;
export type TotalClass = keyof typeof totalClasses;

/** A fact for each of `names`. */
const factsFor = (names: readonly string[], factOf: (name: string) => [string, Fact]): Facts =>
	Object.fromEntries(names.map(factOf));

const fieldFacts = (list: keyof typeof assumedFields, fact: Pick<Fact, 'section' | 'quote'>) =>
	factsFor(
		Object.entries<readonly string[]>(assumedFields[list]).flatMap(([container, fields]) =>
			fields.map((field) => pathOf(container, field)),
		),
		(path) => [
			`${list}.${path}`,
			{
				...fact,
				states: `${list} have the field ${path}`,
				usedBy: `Reading ${list}`,
				setting: underDifferences({ fields: { [list]: { [path]: 'its other name' } } }),
				probe: 'read',
			},
		],
	);

/** All that contract vendre assumes and not saw (evidence A), and what the credential can say otherwise. */
export const vendreFacts: Facts = {
	...transport,
	...values,
	...factsFor(Object.keys(totalClasses), (name) => [
		`totals.${name}`,
		{
			section: '§4',
			quote: 'Order (A as a whole',
			states: `The line of an order’s totals for ${totalClasses[name as TotalClass]} has the class ${name}`,
			usedBy: 'The rows of an order and the check of its total',
			setting: underDifferences({ totalClasses: { [name]: 'its other class' } }),
			probe: 'read',
		},
	]),
	...fieldFacts('customers', { section: '§3', quote: 'By analogy (A)' }),
	...fieldFacts('orders', { section: '§4', quote: 'Order (A as a whole' }),
};
