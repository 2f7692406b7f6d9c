import { planChanges, STATUS_ROWS } from '../demo/changes';
import { compareUntouched } from '../demo/changesCheck';
import { compareOrder } from '../demo/orderCheck';
import type { CredentialRef, SavedWorkflow, Workflow } from '../host/client';
import { activateTemplate, registerWebhooks, withAnother, type Stack } from '../host/stack';
import { readTemplate, setUp, settingsWith } from '../host/templates';
import { ORDER_KINDS, startSandbox, type OrderKind, type Sandbox } from '../sandbox';
import { enterOrders, enterProducts } from '../sandbox/data/known';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

const ORDERS = 'vendre-orders-to-specter.json';
const CHANGES = 'specter-changes-to-vendre.json';
const STATUSES = { statuses: { status: STATUS_ROWS } };
/** The prefix of the second shop's orders; the first one's have none. */
const PREFIX = 'B-';
const KINDS = (Object.keys(ORDER_KINDS) as OrderKind[])
	.filter((kind) => kind !== 'unfinished')
	.slice(0, 10);

/** The first shop with its account, and the second one with its own; they share numbers of all kinds. */
let first: Stack;
let second: Stack;

beforeAll(async () => {
	first = await sharedStack({ products: 60 });
	second = await withAnother(first, await startSandbox({ products: 60 }));
	turnNumbers(second.sandbox);
	for (const { sandbox } of [first, second]) enterProducts(sandbox);
}, 240_000);

afterAll(async () => {
	await second?.stop();
	await first?.stop();
});

/** Gives the shop's products their numbers the other way round. */
function turnNumbers({ vendre }: Sandbox): void {
	const products = [...vendre.products.values()];
	const numbers = products.map(({ article_number }) => article_number).reverse();
	for (const { id } of products) vendre.editProduct(id, { article_number: `free ${id}` });
	products.forEach(({ id }, index) => vendre.editProduct(id, { article_number: numbers[index] }));
}

/** The second shop on the account of the first. */
const sharing = (): Stack => ({
	...second,
	sandbox: { ...second.sandbox, specter: first.sandbox.specter },
	credentials: { ...first.credentials, vendreApi: second.credentials.vendreApi },
});

describe('two accounts, each with a shop and the changes template', () => {
	test('changes at once reach their own shop, and no other (F5–F7)', async () => {
		const workflows: SavedWorkflow[] = [];
		for (const stack of [first, second]) {
			enterOrders(stack.sandbox, 3);
			const parameters = { 'Map order status': STATUSES };
			workflows.push(await activateTemplate(stack, CHANGES, { parameters }));
		}
		const planned = [first, second].map(({ sandbox }) => {
			const before = structuredClone([...sandbox.vendre.products.values()]);
			const changes = planChanges(sandbox);
			const touched = new Set(changes.map(({ record }) => record));
			const others = before.filter(({ article_number }) => !touched.has(article_number));
			expect(others.length).toBeGreaterThan(30);
			return { sandbox, changes, others };
		});
		for (const { changes } of planned) for (const { make } of changes) make();
		for (const { sandbox, changes } of planned) {
			const problems = () => changes.flatMap((change) => change.problems());
			await sandbox.vendre.until(() => problems().length === 0, 60_000);
		}
		for (const { sandbox } of planned) await sandbox.specter.callBacksIdle();
		await first.client.idle();
		for (const { sandbox, changes, others } of planned) {
			expect(changes.flatMap(({ problems }) => problems())).toEqual([]);
			expect(compareUntouched(sandbox, others)).toEqual([]);
		}
		for (const workflow of workflows) await first.client.deactivate(workflow);
	});
});

describe('two shops on one account, each with the order template', () => {
	test('orders of the same numbers at once all arrive, each as its own shop’s (O24, O25)', async () => {
		const { specter } = first.sandbox;
		const known = new Set(specter.orders.keys());
		const workflows: SavedWorkflow[] = [];
		for (const [stack, entered] of [
			[first, { webshopId: '1' }],
			[sharing(), { webshopId: '2', orderNumberPrefix: PREFIX }],
		] as const) {
			const parameters = { Settings: await settingsWith(ORDERS, entered) };
			const workflow = await activateTemplate(stack, ORDERS, { parameters });
			registerWebhooks(stack, workflow, ['new_order']);
			workflows.push(workflow);
		}

		const ids = KINDS.map((kind, index) => {
			const { id } = first.sandbox.vendre.placeOrder(kind, { repeat: 2 });
			const other = second.sandbox.vendre.placeOrder(KINDS[KINDS.length - 1 - index], {
				repeat: 2,
			});
			expect(other.id).toBe(id);
			return id;
		});
		for (const { sandbox } of [first, second]) await sandbox.vendre.webhooksIdle();
		await first.client.idle();

		const problems = ids.flatMap((id) => [
			...compareOrder(first.sandbox, id).problems,
			...compareOrder(sharing().sandbox, id, PREFIX).problems,
		]);
		expect(problems).toEqual([]);
		const arrived = [...specter.orders.values()].filter(({ orderNo }) => !known.has(orderNo));
		expect(arrived).toHaveLength(2 * ids.length);
		for (const { externalOrderNo, webshopId } of arrived) {
			expect(webshopId).toBe(externalOrderNo.startsWith(PREFIX) ? '2' : '1');
		}
		for (const workflow of workflows) await first.client.deactivate(workflow);
	});
});

/** The changes template with a second shop written to beside the first: both are done before a batch is confirmed. */
function forBothShops(template: Workflow, vendreApi: CredentialRef): Workflow {
	type Connections = Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
	const connections = structuredClone(template.connections) as Connections;
	const nodes = [...template.nodes];
	const nodeCalled = (name: string) => {
		const node = nodes.find((each) => each.name === name);
		if (!node) throw new Error(`The template has no node "${name}"`);
		return node;
	};
	const copyOf = (name: string, changes: object) => {
		const copy = { ...nodeCalled(name), id: crypto.randomUUID(), name: `${name}, second shop` };
		nodes.push({ ...copy, ...changes });
		return copy.name;
	};
	const edge = (node: string, index = 0) => ({ node, type: 'main', index });

	const { parameters } = nodeCalled('Map order status');
	const mapper = copyOf('Map order status', {
		parameters: { ...parameters, orderNumberPrefix: PREFIX },
	});
	connections['Order changes'].main[0].push(edge(mapper));
	for (const [writer, before] of [
		['Create or update product', 'Map article to product'],
		['Update stock', 'Map stock'],
		['Update order status', mapper],
	]) {
		const { credentials } = nodeCalled(writer);
		const copy = copyOf(writer, { credentials: { ...credentials, vendreApi } });
		const both = `${writer}, both shops`;
		nodes.push({
			id: crypto.randomUUID(),
			name: both,
			type: 'n8n-nodes-base.merge',
			typeVersion: 3.2,
			position: [0, 0],
			parameters: {},
		});
		connections[both] = connections[writer];
		connections[writer] = { main: [[edge(both, 0)]] };
		connections[copy] = { main: [[edge(both, 1)]] };
		connections[before] ??= { main: [[]] };
		connections[before].main[0].push(edge(copy));
	}
	return { ...template, nodes, connections };
}

describe('two shops on one API user, in one workflow', () => {
	test('stock goes to both, an order’s status to the shop whose order it is (S1, T1, O24)', async () => {
		const { client, credentials, nodeTypes } = first;
		const template = setUp(await readTemplate(CHANGES), {
			credentials,
			nodeTypes,
			parameters: { 'Map order status': STATUSES, 'Confirm stock changes': { options: {} } },
		});
		const workflow = await client.createWorkflow(
			forBothShops(template, second.credentials.vendreApi),
		);
		await client.activate(workflow);

		const { specter, vendre: one } = first.sandbox;
		const other = second.sandbox.vendre;
		const [articleNo] = [...specter.articles.keys()].filter((number) =>
			[one, other].every(({ productShelf }) => {
				const product = productShelf.withArticleNo(number);
				return product?.status && product.warehouses.length === 0;
			}),
		);
		const sent = [...specter.orders.values()].filter(({ externalOrderNo }) =>
			externalOrderNo.startsWith(PREFIX),
		);
		const [{ orderNo, externalOrderNo }] = sent;
		const id = Number(externalOrderNo.slice(PREFIX.length));
		const before = structuredClone(one.orders.get(id));
		expect(before).toBeDefined();
		specter.setStock(articleNo, 41);
		specter.deliverOrder(orderNo);
		const stocks = () =>
			[one, other].map(({ productShelf }) => productShelf.withArticleNo(articleNo)?.quantity);
		await one.until(() => stocks()[0] === 41, 60_000);
		await other.until(() => stocks()[1] === 41 && other.orders.get(id)?.status_id === 4, 60_000);
		await specter.callBacksIdle();
		await client.idle();
		expect(one.orders.get(id)).toEqual(before);
		expect(specter.stockQueue.openBatchNo).toBeUndefined();
		expect(specter.orderQueue.openBatchNo).toBeUndefined();

		// While one of the shops does not answer, the batch stays open for it.
		other.faults.add({
			on: 'PUT /API/1/products/\\d+',
			kind: 'status',
			status: 429,
			retryAfter: '300',
		});
		specter.setStock(articleNo, 42);
		await one.until(() => stocks()[0] === 42, 60_000);
		await specter.callBacksIdle();
		await client.idle();
		expect(stocks()).toEqual([42, 41]);
		expect(specter.stockQueue.openBatchNo).toBeDefined();
		await client.execute(workflow, 'Every 10 minutes');
		expect(stocks()).toEqual([42, 42]);
		expect(specter.stockQueue.openBatchNo).toBeUndefined();
		await client.deactivate(workflow);
	});
});
