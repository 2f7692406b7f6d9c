import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type OrderRecord, type Sandbox } from '../sandbox';
import { enterProducts } from '../sandbox/data/known';
import { runNode, type Systems } from './engine';
import { callWebhookMethod } from './webhook';

/** The prefix of the second shop's orders; the first one's have none. */
const PREFIX = 'B-';

let first: Sandbox;
let second: Sandbox;

beforeEach(async () => {
	first = await startSandbox({ products: 20 });
	second = await startSandbox({ products: 20 });
});
afterEach(async () => await Promise.all([first.stop(), second.stop()]));

async function run(
	systems: Systems,
	type: 'specter' | 'vendre' | 'vendreSpecterMapper',
	parameters: IDataObject,
	input: object[] = [{}],
): Promise<IDataObject[]> {
	const { items, error } = await runNode(systems, type, parameters, input as IDataObject[]);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
}

const numbersOf = ({ vendre }: Sandbox) =>
	[...vendre.products.values()].map(({ article_number }) => article_number);

/** Gives the shop's products their numbers the other way round. */
function turnNumbers({ vendre }: Sandbox): void {
	const products = [...vendre.products.values()];
	const numbers = products.map(({ article_number }) => article_number).reverse();
	for (const { id } of products) vendre.editProduct(id, { article_number: `free ${id}` });
	products.forEach(({ id }, index) => vendre.editProduct(id, { article_number: numbers[index] }));
}

describe('two shops with the same article numbers on other products', () => {
	test('written to at once, in turn and by what is remembered of them, get each its own (S1)', async () => {
		turnNumbers(second);
		expect(numbersOf(first)).toEqual(numbersOf(second).reverse());
		const numbers = numbersOf(first).slice(0, 10);
		const setStock = async (shop: Sandbox, quantity: number) => {
			shop.vendre.clearCalls();
			const items = numbers.map((articleNumber) => ({ articleNumber, quantity }));
			await run(shop, 'vendre', { resource: 'stock', operation: 'update' }, items);
			return shop.vendre.calls.filter(({ method }) => method === 'GET').length;
		};
		const stockOf = ({ vendre }: Sandbox) =>
			numbers.map((number) => vendre.productShelf.withArticleNo(number)?.quantity);
		for (const units of [1010, 1020, 1030]) {
			const lookUps = await Promise.all([setStock(first, units), setStock(second, units + 1)]);
			expect([stockOf(first), stockOf(second)]).toEqual([
				Array(10).fill(units),
				Array(10).fill(units + 1),
			]);
			// First the list's length and the list; from then on the ids that are remembered.
			expect(lookUps).toEqual(units === 1010 ? [2, 2] : [1, 1]);
		}
		for (const { vendre } of [first, second]) {
			const written = [...vendre.products.values()].filter(({ quantity }) => quantity > 1000);
			expect(written).toHaveLength(10);
		}
	});
});

describe('two shops on one account, with the same order numbers', () => {
	/** The second shop and the account that it shares. */
	const sharing = () => ({ vendre: second.vendre, specter: first.specter });

	/** Sends an order as the template joins the nodes, and saves Specter's number. */
	async function send(systems: Systems, order: OrderRecord, settings: IDataObject = {}) {
		const [mapped] = await run(
			systems,
			'vendreSpecterMapper',
			{ resource: 'order', operation: 'mapToSpecter', ...settings },
			[structuredClone({ ...order })],
		);
		const of = (resource: string, operation: string) => ({ resource, operation });
		const [{ customerId }] = await run(systems, 'specter', of('customer', 'createOrUpdate'), [
			mapped,
		]);
		await run(systems, 'specter', of('article', 'createOrUpdate'), [mapped]);
		const [placed] = await run(systems, 'specter', of('order', 'create'), [
			{ order: { ...(mapped.order as IDataObject), customerId } },
		]);
		if (placed.orderNo) {
			await run(
				systems,
				'vendre',
				{ ...of('order', 'saveSpecterNumber'), orderId: mapped.orderId },
				[placed],
			);
		}
		return placed.outcome;
	}

	const places = (kind: 'person' | 'company', { vendre }: Sandbox) =>
		vendre.placeOrder(kind, { webhook: false });

	test('a prefix makes two orders of two, and one of one that is sent again (O24, O25)', async () => {
		const [one, other] = [places('person', first), places('company', second)];
		expect(one.id).toBe(other.id);
		const settings = { orderNumberPrefix: PREFIX, webshopId: '2' };
		expect(await send(first, one, { webshopId: '1' })).toBe('created');
		expect(await send(sharing(), other, settings)).toBe('created');

		const { specter } = first;
		const orders = [one.id, `${PREFIX}${other.id}`].map((number) => specter.ordersFor(number)[0]);
		expect(orders.map(({ webshopId }) => webshopId)).toEqual(['1', '2']);
		expect(orders.map(({ orderNo }) => String(orderNo))).toEqual([
			first.vendre.orders.get(one.id)?.external_id,
			second.vendre.orders.get(other.id)?.external_id,
		]);
		expect(orders.map(({ orderNo }) => specter.orderTotal(orderNo))).toEqual([
			first.vendre.orderTotal(one.id),
			second.vendre.orderTotal(other.id),
		]);
		expect(await send(first, one, { webshopId: '1' })).toBe('duplicate');
		expect(await send(sharing(), other, settings)).toBe('duplicate');
		expect(specter.orders.size).toBe(2);
	});

	test('each shop takes the status of its own orders, and leaves the other’s alone (T1, O24)', async () => {
		const [one, other] = [places('person', first), places('company', second)];
		await send(first, one);
		await send(sharing(), other, { orderNumberPrefix: PREFIX });
		// The shops learn the numbers from the changes.
		for (const { vendre } of [first, second]) vendre.editOrder(one.id, { external_id: '' });
		const { specter } = first;
		const numberOf = (externalNo: string) => specter.ordersFor(externalNo)[0].orderNo;
		specter.deliverOrder(numberOf(String(one.id)));
		specter.cancelOrder(numberOf(`${PREFIX}${other.id}`));

		const changes = await run(first, 'specter', {
			resource: 'orderChange',
			operation: 'getPending',
		});
		const outcomes = async (systems: Systems, orderNumberPrefix: string) => {
			const status = [
				{ when: 'statusId', is: '5', shopStatus: '5' },
				{ when: 'deliveryStatus', is: 'D', shopStatus: '4' },
			];
			const mapped = await run(
				systems,
				'vendreSpecterMapper',
				{
					resource: 'order',
					operation: 'mapStatusToVendre',
					statuses: { status },
					orderNumberPrefix,
				},
				changes,
			);
			const set = { resource: 'order', operation: 'updateStatus' };
			return (await run(systems, 'vendre', set, mapped)).map(({ outcome, note }) => [
				outcome,
				note,
			]);
		};
		expect(await outcomes(first, '')).toEqual([
			['updated', undefined],
			['skipped', `"${PREFIX}${other.id}" is no order number of the shop`],
		]);
		expect(await outcomes(sharing(), PREFIX)).toEqual([
			['skipped', expect.stringContaining('is not of this shop: left alone')],
			['updated', undefined],
		]);
		expect(first.vendre.orders.get(one.id)).toMatchObject({
			status_id: 4,
			external_id: String(numberOf(String(one.id))),
		});
		expect(second.vendre.orders.get(other.id)).toMatchObject({
			status_id: 5,
			external_id: String(numberOf(`${PREFIX}${other.id}`)),
		});
	});
});

describe('two accounts at once', () => {
	const pending = async (account: Sandbox) =>
		await run(account, 'specter', {
			resource: 'stockChange',
			operation: 'getPending',
			options: { takeUpAfter: 120 },
		});
	const confirm = async (account: Sandbox, input: IDataObject[]) =>
		await run(account, 'specter', { resource: 'stockChange', operation: 'confirm' }, input);

	test('a batch in hand or confirmed on one is none on the other (S1)', async () => {
		[first, second].forEach(enterProducts);
		const [articleNo] = first.specter.articles.keys();
		first.specter.setStock(articleNo, 1);
		second.specter.setStock(articleNo, 2);
		const [ofFirst, ofSecond] = await Promise.all([pending(first), pending(second)]);
		expect([ofFirst, ofSecond].map(([{ noItemsAvailable }]) => noItemsAvailable)).toEqual([1, 2]);

		await confirm(first, ofFirst);
		expect(first.specter.stockQueue.openBatchNo).toBeUndefined();
		expect(second.specter.stockQueue.openBatchNo).toBe(ofSecond[0].batchNo);
		// The first account's next batch is free to be fetched; the second's is still in other hands.
		first.specter.setStock(articleNo, 3);
		expect((await pending(first))[0].noItemsAvailable).toBe(3);
		expect(await pending(second)).toEqual([]);
	});

	test('one that is slow to answer keeps nobody from registering on the other', async () => {
		const trigger = {
			type: 'specterTrigger' as const,
			parameters: { events: ['stockChange'], otherCallBacks: {} },
		};
		first.specter.faults.add({ on: 'checkAccountSettings', kind: 'delay', delayMs: 1_500 });
		const slow = callWebhookMethod(first, trigger, 'create', 'production');
		await callWebhookMethod(second, trigger, 'create', 'production');
		expect(second.specter.callBacks.urls.has('actionStockChange')).toBe(true);
		expect(first.specter.callBacks.urls.has('actionStockChange')).toBe(false);
		await slow;
		expect(first.specter.callBacks.urls.has('actionStockChange')).toBe(true);
	});
});
