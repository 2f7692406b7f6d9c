import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import type { FactReport } from '../../nodes/shared/facts';
import { operations as specter } from '../../nodes/Specter/actions';
import { operations as vendre } from '../../nodes/Vendre/actions';
import { startSandbox, type Sandbox } from '../sandbox';
import { Random } from '../sandbox/data/random';
import { combine, DIFFERENCES, type Difference } from '../sandbox/differences';
import { factsOf } from './factsOfDifference';
import { runOperation } from './lightContext';
import { OneOfEach, type Credentials } from './oneOfEach';
import { enterPendingChanges } from './pendingChanges';
import { receivedWebhooks } from './receivedWebhooks';

/** Every difference of the catalogue is in about a quarter of them. */
const COMBINATIONS = 200;
const SHARE = 0.25;

const DELIVERED = 4;

/** What no system tells, and somebody enters who was told by its support. */
const BY_HAND: Record<string, IDataObject> = {
	'Vendre: another field keeps the customer from a mail': {
		fields: { orders: { notify_customer: 'send_email' } },
	},
};

/** The date of a clock in another zone is the same for most of the day. */
const LEFT_OUT = ['Specter: a clock in another zone'];

const AS_ASSUMED: Difference = {
	name: 'as the contract assumes',
	contract: 'specter',
	specter: { parameterCase: 'any' },
};

function someDifferences(seed: number): Difference[] {
	const random = new Random(seed);
	return DIFFERENCES.filter(({ name }) => random.chance(SHARE) && !LEFT_OUT.includes(name));
}

/** Both systems with a record of everything that the check looks at. */
async function start(differences: Difference[]): Promise<Sandbox> {
	const sandbox = await startSandbox({ products: 30, ...combine([AS_ASSUMED, ...differences]) });
	const { vendre: shop, specter: account } = sandbox;
	for (const kind of ['company', 'percent-coupon', 'payment-fee', 'guest', 'unfinished'] as const) {
		shop.placeOrder(kind, { webhook: false });
	}
	enterPendingChanges(account);
	return sandbox;
}

/** Addresses and keys as an integrator has them, and all else as it stands in the forms. */
function asEntered({ vendre: shop, specter: account }: Sandbox): Credentials {
	const { shopUrl, apiKey } = shop.credentials;
	const { sbmId, apiUserKey, integrationKey } = account.credentials;
	const { apiUserId } = account.credentialsVersion2;
	return {
		vendreApi: { shopUrl, apiKey },
		specterApi: { baseUrl: account.url, sbmId, apiUserKey, integrationKey, apiUserId },
	};
}

/** One run of the check with all that may be written, after a webhook of either kind. */
async function check(sandbox: Sandbox, credentials: Credentials): Promise<FactReport[]> {
	const { vendre: shop } = sandbox;
	const [order] = shop.orders.values();
	const webhooks = await receivedWebhooks(sandbox, order, ['form-data', 'json']);
	const testOrderId = String([...shop.orders.keys()].at(-1));
	const testArticle = `CHECK-${shop.products.size}`;
	const ofSpecter = await runOperation(specter.account.checkFacts, {
		credentials,
		parameters: { writeProbes: ['queues', 'article', 'order'], testArticle },
	});
	const ofVendre = await runOperation(vendre.account.checkFacts, {
		credentials,
		parameters: { writeProbes: ['article', 'order'], testArticle, testOrderId, webhooks },
	});
	return [...ofSpecter, ...ofVendre].map(({ json }) => json as FactReport);
}

const differing = (reports: FactReport[]) =>
	reports.flatMap(({ fact, verdict }) => (verdict === 'differs' ? [fact] : [])).sort();

/** What the check can find: some differences hide others. */
function expected(differences: Difference[]): string[] {
	const has = (name: string) => differences.some((each) => each.name === name);
	const hidden = (fact: string) =>
		has('Specter: a parameter it does not know is ignored') &&
		/^(order\.|faxNo|orderDate|customerReference)/.test(fact);
	return differences
		.flatMap(factsOf)
		.filter((fact) => !hidden(fact))
		.sort();
}

function withSettings(
	credentials: Credentials,
	reports: FactReport[],
	differences: Difference[],
): Credentials {
	const entered = structuredClone(credentials);
	for (const { setting } of reports) {
		if (setting) entered[setting.credential][setting.field] = setting.value;
	}
	const { vendreApi } = entered;
	for (const { name } of differences) {
		const more = BY_HAND[name]?.fields as { orders: IDataObject } | undefined;
		if (!more) continue;
		const known = JSON.parse(String(vendreApi.differences ?? '{}')) as { fields?: IDataObject };
		const orders = { ...(known.fields?.orders as IDataObject), ...more.orders };
		vendreApi.differences = JSON.stringify({ ...known, fields: { ...known.fields, orders } });
	}
	return entered;
}

/** An order there and its status, a stock and an article back, as the templates do it. */
async function expectSync({ vendre: shop, specter: account }: Sandbox, credentials: Credentials) {
	const nodes = new OneOfEach(credentials);
	const { id } = shop.placeOrder('company', { webhook: false });
	const { id: unfinished } = shop.placeOrder('unfinished', { webhook: false });
	expect(await nodes.sendOrder(unfinished)).toBeUndefined();
	const sent = await nodes.sendOrder(id);
	expect(sent?.outcome).toBe('created');
	const [order, ...others] = account.ordersFor(id);
	expect(others).toEqual([]);
	expect(account.orderTotal(order.orderNo)).toBe(shop.orderTotal(id));
	expect(shop.orders.get(id)?.external_id).toBe(String(order.orderNo));

	const [{ articleNo }] = order.rows;
	account.setStock(articleNo, 17);
	account.editArticle(articleNo, { name: 'Nytt namn' });
	account.deliverOrder(order.orderNo, 'SE1');
	const mailed = shop.orderShelf.mails.length;
	await nodes.fetchChanges([{ when: 'deliveryStatus', is: 'D', shopStatus: String(DELIVERED) }]);
	const product = shop.productShelf.withArticleNo(articleNo);
	expect(product?.quantity).toBe(17);
	expect(product?.name.sv).toBe('Nytt namn');
	expect(shop.orders.get(id)?.status_id).toBe(DELIVERED);
	expect(shop.orderShelf.mails.length).toBe(mailed);
}

test.each(Array.from({ length: COMBINATIONS }, (_, seed) => seed))(
	'what differs is found in one run, and with the settings that it names all goes its way (%i)',
	async (seed) => {
		const differences = someDifferences(seed);
		const sandbox = await start(differences);
		try {
			const credentials = asEntered(sandbox);
			const reports = await check(sandbox, credentials);
			expect(differing(reports)).toEqual(expected(differences));
			await expectSync(sandbox, withSettings(credentials, reports, differences));
		} finally {
			await sandbox.stop();
		}
	},
);
