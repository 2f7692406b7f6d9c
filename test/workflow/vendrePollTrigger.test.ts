import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { VendrePollTrigger } from '../../nodes/Vendre/VendrePollTrigger.node';
import { productFingerprint } from '../../nodes/Vendre/fingerprint';
import { catalogue } from '../sandbox/data/catalogue';
import { customers } from '../sandbox/data/people';
import { stopClockAt } from './clock';
import { ListShop } from './listShop';
import { Poller, type End } from './poller';

jest.setTimeout(120_000);

const DAY_MS = 24 * 3_600_000;
const MEGABYTE = 1_000_000;

let shop: ListShop;

beforeEach(async () => {
	shop = await ListShop.start();
	shop.lists.products = products(20);
	shop.lists.customers = customers().map((each) => ({ ...each }) as never);
	shop.lists.orders = [2001, 2002, 2003].map((id) => orderRow(id));
});

function products(count: number) {
	return catalogue(count, (id) => `${id}`).map((each) => ({ ...each }) as never);
}

/** Many products with little in them. */
function plainProducts(count: number) {
	return Array.from({ length: count }, (_, index) => ({
		id: 5_001 + index,
		article_number: `A-${index}`,
		name: { sv: `Vara ${index}` },
		price: index,
	}));
}

const orderRow = (id: number, fields: IDataObject = {}) => ({
	id,
	external_id: '',
	status_id: 1,
	status_name: 'Mottagen',
	...fields,
});

const poller = (parameters: IDataObject = {}) =>
	new Poller(() => shop.systems, { resource: 'product', ...parameters });

const idsOf = (items: IDataObject[]) => items.map(({ id }) => id as number);
const allIds = (list = 'products') => shop.lists[list].map(({ id }) => id);
const edit = (id: number, fields: IDataObject, list = 'products') =>
	Object.assign(shop.row(list, id), fields);

/** A poller that has handed everything on, and is active. */
async function settledPoller(parameters: IDataObject = {}) {
	const trigger = poller(parameters);
	await trigger.activate();
	await trigger.poll();
	trigger.started.length = 0;
	shop.calls = [];
	return trigger;
}

describe('what starts the workflow', () => {
	test('at first every record, as new, by ascending id (F3)', async () => {
		const trigger = poller();
		const [items, ...more] = await trigger.activate();
		expect(more).toEqual([]);
		expect(idsOf(items)).toEqual(allIds());
		expect(new Set(items.map(({ change }) => change))).toEqual(new Set(['new']));
	});

	test('after that nothing, and the shop is only read', async () => {
		const trigger = await settledPoller();
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		expect(shop.calls).toEqual([
			{ path: 'products', offset: 0, pageSize: 250 },
			{ path: 'products', offset: 0, pageSize: 250 },
		]);
	});

	test('a product in its shape, with its shop and fingerprint, without texts and pictures', async () => {
		const trigger = await settledPoller();
		const [id] = allIds();
		edit(id, { price: '123.50' });
		const [item] = await trigger.pollAll();
		expect(item).toMatchObject({
			id,
			price: 123.5,
			change: 'changed',
			shop: shop.host,
			fingerprint: productFingerprint(shop.row('products', id)),
		});
		expect(item).not.toHaveProperty('description');
	});

	test('a product as a whole, where it is not to be simplified', async () => {
		const [[item]] = await poller({ simplify: false }).activate();
		expect(item).toHaveProperty('description');
		expect(item).toHaveProperty('fingerprint');
	});

	test('a new product beside a changed one (F4)', async () => {
		const trigger = await settledPoller();
		const [first] = allIds();
		edit(first, { article_number: 'NEW-NUMBER' });
		const [product] = products(1);
		shop.lists.products.push({ ...(product as object), id: 99_001 } as never);
		const items = await trigger.pollAll();
		expect(items.map(({ id, change }) => [id, change])).toEqual([
			[first, 'changed'],
			[99_001, 'new'],
		]);
	});

	test('a customer, but not the number that we save on it (F2)', async () => {
		const trigger = await settledPoller({ resource: 'customer' });
		const [first, second] = allIds('customers');
		edit(first, { external_id: '4711', date_modified: 1_900_000_000 }, 'customers');
		edit(second, { delivery_address: { street: 'Nygatan 1' } }, 'customers');
		const items = await trigger.pollAll();
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			id: second,
			change: 'changed',
			shop: shop.host,
			delivery_address: { street: 'Nygatan 1' },
		});
	});

	test.each([
		['note', { note: 'Ny text' }],
		['date_modified', { date_modified: 1_900_000_000 }],
		['quantity', { quantity: 77 }],
		['price_in', { price_in: 1.25 }],
		['a price written as text', { price: undefined }],
	])('not a field that does not count or says the same: %s', async (_, fields) => {
		const trigger = await settledPoller();
		const [id] = allIds();
		const { price } = shop.row('products', id);
		edit(id, { ...fields, ...('price' in fields ? { price: String(price) } : {}) });
		expect(await trigger.poll()).toEqual([]);
	});

	test.each([
		[['date_modified'], { date_modified: 1_900_000_000 }],
		[['note'], { note: 'Ett fält som den inte erbjuder' }],
		['note', { note: 'Ett fält av ett uttryck' }],
	])('a field of the user’s choice: %j', async (changeFields, fields) => {
		const trigger = await settledPoller({ changeFields });
		const [id] = allIds();
		edit(id, fields);
		expect(idsOf(await trigger.pollAll())).toEqual([id]);
	});

	test('without fields new records alone', async () => {
		const trigger = await settledPoller({ changeFields: [] });
		const [id] = allIds();
		edit(id, { price: 1, name: { sv: 'Annat' } });
		expect(await trigger.poll()).toEqual([]);
		const [product] = products(1);
		shop.lists.products.push({ ...(product as object), id: 99_001 } as never);
		expect(idsOf(await trigger.pollAll())).toEqual([99_001]);
	});

	test('after another choice of fields every record once more, as changed', async () => {
		const trigger = await settledPoller();
		trigger.parameters = { ...trigger.parameters, changeFields: ['price', 'date_modified'] };
		trigger.deactivate();
		const items = await trigger.pollAll();
		expect(idsOf(items)).toEqual(allIds());
		expect(new Set(items.map(({ change }) => change))).toEqual(new Set(['changed']));
		expect(await trigger.poll()).toEqual([]);
	});

	test('with another resource everything of that one, as new', async () => {
		const trigger = await settledPoller();
		trigger.parameters = { resource: 'customer' };
		trigger.deactivate();
		const items = await trigger.pollAll();
		expect(idsOf(items)).toEqual(allIds('customers'));
		expect(new Set(items.map(({ change }) => change))).toEqual(new Set(['new']));
	});

	test('with another shop everything of that one', async () => {
		const trigger = await settledPoller();
		const other = await ListShop.start();
		other.lists.products = products(3);
		shop = other;
		trigger.deactivate();
		expect(await trigger.pollAll()).toMatchObject([
			{ change: 'new', shop: other.host },
			{ change: 'new', shop: other.host },
			{ change: 'new', shop: other.host },
		]);
	});

	test('a record that is gone and comes again, as new', async () => {
		const trigger = await settledPoller();
		const [id] = allIds();
		const row = shop.row('products', id);
		shop.remove('products', id);
		expect(await trigger.poll()).toEqual([]);
		shop.lists.products.unshift(row);
		expect(await trigger.pollAll()).toMatchObject([{ id, change: 'new' }]);
	});

	test('nothing of what was there, where only later changes are wanted', async () => {
		const trigger = poller({ firstPoll: 'laterChanges' });
		expect(await trigger.activate()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		trigger.restart();
		const [id] = allIds();
		edit(id, { price: 5 });
		const [product] = plainProducts(1);
		shop.lists.products.push({ ...product, id: 99_001 });
		expect(idsOf((await trigger.activate()).flat())).toEqual([id, 99_001]);
	});

	test('stock that was taken after the activation is stored by an execution without items', async () => {
		const trigger = poller({ firstPoll: 'laterChanges' });
		expect(await trigger.poll()).toEqual([[]]);
		expect(await trigger.poll()).toEqual([]);
		trigger.restart();
		const [id] = allIds();
		edit(id, { price: 5 });
		expect(idsOf(await trigger.pollAll())).toEqual([id]);
	});
});

describe('orders', () => {
	test('are read in full when their status has changed, and only then', async () => {
		const trigger = await settledPoller({ resource: 'order' });
		edit(2002, { status_id: 3, products: [{ model: 'A', quantity: 2 }] }, 'orders');
		edit(2003, { customer_comment: 'Ring först' }, 'orders');
		expect(await trigger.pollAll()).toMatchObject([
			{ id: 2002, status_id: 3, change: 'changed', shop: shop.host, products: [{ model: 'A' }] },
		]);
		expect(shop.calls.map(({ path }) => path)).toEqual(['orders', 'orders/2002']);
	});

	test('are taken from the list, where that is enough', async () => {
		const trigger = await settledPoller({ resource: 'order', readInFull: false });
		edit(2002, { status_id: 3 }, 'orders');
		expect(idsOf(await trigger.pollAll())).toEqual([2002]);
		expect(shop.calls.map(({ path }) => path)).toEqual(['orders']);
	});

	test('one that is gone before it is read is left out', async () => {
		const trigger = await settledPoller({ resource: 'order' });
		edit(2001, { status_id: 3 }, 'orders');
		edit(2002, { status_id: 3 }, 'orders');
		shop.before = ({ path }) => void (path === 'orders/2001' && shop.remove('orders', 2001));
		expect(idsOf(await trigger.pollAll())).toEqual([2002]);
	});

	test('one that cannot be read for the moment comes with the next poll', async () => {
		const trigger = await settledPoller({ resource: 'order' });
		edit(2001, { status_id: 3 }, 'orders');
		edit(2002, { status_id: 3 }, 'orders');
		shop.before = ({ path }) => (path === 'orders/2001' ? 403 : undefined);
		expect(idsOf(await trigger.pollAll())).toEqual([2002]);
		expect(trigger.warnings).toEqual([expect.stringMatching(/1 records could not be read.*403/)]);
		shop.before = () => undefined;
		expect(idsOf(await trigger.pollAll())).toEqual([2001]);
	});

	test('when none can be read, the error shows and all come later', async () => {
		const trigger = await settledPoller({ resource: 'order' });
		for (const id of allIds('orders')) edit(id, { status_id: 3 }, 'orders');
		shop.before = ({ path }) => (path === 'orders' ? undefined : 403);
		await expect(trigger.poll()).rejects.toThrow(/GET orders\/2001.*403/);
		shop.before = () => undefined;
		expect(idsOf(await trigger.pollAll())).toEqual(allIds('orders'));
	});

	test('of the newest alone are looked at, in few calls, and older ones are not forgotten', async () => {
		shop.lists.orders = Array.from({ length: 900 }, (_, index) => orderRow(1_000 + index));
		const parameters = { resource: 'order', readInFull: false };
		const trigger = await settledPoller(parameters);
		trigger.parameters = { ...parameters, lookThrough: 'newest', newest: 100 };
		trigger.deactivate();
		edit(1_100, { status_id: 3 }, 'orders');
		edit(1_850, { status_id: 3 }, 'orders');
		expect(idsOf(await trigger.pollAll())).toEqual([1_850]);
		expect(shop.calls).toHaveLength(2);
		trigger.parameters = parameters;
		trigger.deactivate();
		expect(idsOf(await trigger.pollAll())).toEqual([1_100]);
	});
});

describe('a row that cannot be read', () => {
	test('is a failed item, once for each mistake, and again a record when it is corrected', async () => {
		const trigger = await settledPoller();
		const [first, second] = allIds();
		const { price } = shop.row('products', first);
		edit(first, { price: 'på förfrågan' });
		edit(second, { price: 7 });
		expect(await trigger.pollAll()).toMatchObject([
			{
				id: first,
				change: 'changed',
				shop: shop.host,
				error: expect.stringContaining('price is "på förfrågan"'),
				details: expect.stringMatching(/\w/),
				retryable: false,
			},
			{ id: second, price: 7 },
		]);
		expect(await trigger.poll()).toEqual([]);
		edit(first, { price });
		const [corrected] = await trigger.pollAll();
		expect(corrected).toMatchObject({ id: first, change: 'changed' });
		expect(corrected).not.toHaveProperty('error');
	});

	test('and has no id is told in the log', async () => {
		const trigger = await settledPoller();
		shop.lists.products.push({ id: null, article_number: 'X' } as never, null as never);
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.warnings).toEqual(Array(2).fill(expect.stringContaining('has no ID')));
	});
});

describe('batches', () => {
	test('one after another, each when the one before has ended', async () => {
		const trigger = poller({ batchSize: 6 });
		const batches = await trigger.poll();
		expect(batches.map((batch) => batch.length)).toEqual([6, 6, 6, 2]);
		expect(idsOf(batches.flat())).toEqual(allIds());
		expect(await trigger.poll()).toEqual([]);
	});

	test('at the activation one alone, which is not waited for', async () => {
		const trigger = poller({ batchSize: 6 });
		trigger.runs = () => 'runsOn';
		expect((await trigger.activate()).map(idsOf)).toEqual([allIds().slice(0, 6)]);
		expect(await trigger.poll()).toEqual([]);
		trigger.started[0].end('success');
		trigger.runs = () => 'success';
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(6));
	});

	test('that stop half-way are gone on with where they stopped', async () => {
		shop.habits.mostRows = 5;
		const trigger = poller({ batchSize: 7 });
		trigger.runs = (_, index) => (index === 1 ? 'runsOn' : 'success');
		trigger.budgetMs = 2_000;
		expect((await trigger.poll()).map(idsOf)).toEqual([
			allIds().slice(0, 7),
			allIds().slice(7, 14),
		]);
		trigger.started[1].end('success');
		trigger.budgetMs = 20_000;
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(14));
		expect(await trigger.poll()).toEqual([]);
	});

	test('when the time is up, what was found is handed on, and the next poll goes on', async () => {
		shop.lists.products = plainProducts(800);
		const trigger = poller();
		trigger.budgetMs = 1;
		const first = await trigger.pollAll();
		expect(idsOf(first)).toEqual(allIds().slice(0, 250));
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(250, 449));
		trigger.budgetMs = 20_000;
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(449));
	});

	test('come on however little time there is and however small the pages are', async () => {
		shop.habits.mostRows = 3;
		const trigger = poller();
		trigger.budgetMs = 1;
		trigger.runs = () => 'runsOn';
		for (let count = 0; count < 10; count += 1) {
			await trigger.poll();
			trigger.started.at(-1)?.end('success');
		}
		expect(idsOf(trigger.started.flatMap(({ items }) => items))).toEqual(allIds());
	});

	test('are not started by two polls at once', async () => {
		const trigger = poller({ batchSize: 6 });
		const [one, two] = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(idsOf(trigger.started.flatMap(({ items }) => items))).toEqual(allIds());
		expect(shop.calls).toHaveLength(1);
		expect(one.length + two.length).toBeGreaterThanOrEqual(4);
	});
});

describe('an execution', () => {
	const failures: End[] = ['error', 'crashed', 'canceled'];

	test.each(failures)('that ends with "%s" has its items handed on again', async (how) => {
		const trigger = poller();
		trigger.runs = () => how;
		expect(idsOf(await trigger.pollAll())).toEqual(allIds());
		trigger.runs = () => 'success';
		const again = await trigger.pollAll();
		expect(idsOf(again)).toEqual(allIds());
		expect(again[0].change).toBe('new');
		expect(await trigger.poll()).toEqual([]);
	});

	test('that fails leaves open what was got of a record, even one that is changed back', async () => {
		const trigger = await settledPoller();
		const [id] = allIds();
		const { price } = shop.row('products', id);
		edit(id, { price: 31 });
		trigger.runs = () => 'error';
		expect(idsOf(await trigger.pollAll())).toEqual([id]);
		edit(id, { price });
		trigger.runs = () => 'success';
		expect(await trigger.pollAll()).toMatchObject([{ id, price, change: 'changed' }]);
		expect(await trigger.poll()).toEqual([]);
	});

	test.each(['success', 'waiting'] as const)('that ends with "%s" has taken them', async (how) => {
		const trigger = poller();
		trigger.runs = () => how;
		expect(await trigger.poll()).toHaveLength(1);
		expect(await trigger.poll()).toEqual([]);
	});

	test('that fails does not hold up the records after it', async () => {
		const trigger = poller({ batchSize: 6 });
		trigger.runs = (_, index) => (index === 0 ? 'error' : 'success');
		expect(idsOf(await trigger.pollAll())).toEqual(allIds());
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(0, 6));
		expect(await trigger.poll()).toEqual([]);
	});

	test('that fails after its poll does not hold them up either', async () => {
		const trigger = poller({ batchSize: 6 });
		trigger.budgetMs = 10;
		trigger.runs = () => 'runsOn';
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(0, 6));
		trigger.started[0].end('error');
		trigger.runs = () => 'success';
		trigger.budgetMs = 20_000;
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(6));
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(0, 6));
	});

	test('that does not start ends the poll: the workflow was deactivated', async () => {
		const trigger = poller({ batchSize: 6 });
		trigger.runs = () => 'notStarted';
		expect(await trigger.poll()).toHaveLength(1);
		trigger.runs = () => 'success';
		await trigger.poll();
		await trigger.poll();
		expect(new Set(idsOf(trigger.started.flatMap(({ items }) => items)))).toEqual(
			new Set(allIds()),
		);
	});

	test('that is still running is waited for by the next polls, which do not read the shop', async () => {
		const trigger = poller();
		trigger.budgetMs = 10;
		trigger.runs = () => 'runsOn';
		await trigger.poll();
		shop.calls = [];
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
		expect(shop.calls).toEqual([]);
		trigger.started[0].end('success');
		expect(await trigger.poll()).toEqual([]);
		expect(shop.calls).toHaveLength(1);
	});

	test('that never tells its end is given up after a day', async () => {
		const trigger = poller();
		trigger.budgetMs = 10;
		trigger.runs = () => 'runsOn';
		await trigger.poll();
		trigger.runs = () => 'success';
		stopClockAt(new Date(Date.now() + DAY_MS - 60_000).toISOString());
		expect(await trigger.poll()).toEqual([]);
		stopClockAt(new Date(Date.now() + 120_000).toISOString());
		expect(idsOf(await trigger.pollAll())).toEqual(allIds());
	});

	test('that was killed with n8n has its items handed on again', async () => {
		const trigger = poller();
		trigger.budgetMs = 10;
		trigger.runs = () => 'killed';
		await trigger.poll();
		trigger.restart();
		trigger.runs = () => 'success';
		expect(idsOf((await trigger.activate()).flat())).toEqual(allIds());
		expect(await trigger.poll()).toEqual([]);
	});

	test('that ended well is not forgotten when the workflow is deactivated and activated', async () => {
		const trigger = poller();
		await trigger.poll();
		trigger.deactivate();
		expect(await trigger.activate()).toEqual([]);
	});

	test('with changes made while it ran has them handed on after it', async () => {
		const trigger = poller();
		const [id] = allIds();
		trigger.runs = () => {
			edit(id, { price: 31 });
			return 'success';
		};
		await trigger.poll();
		expect(await trigger.pollAll()).toMatchObject([{ id, price: 31, change: 'changed' }]);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('a record that fails again and again', () => {
	const MINUTE_MS = 60_000;
	let trigger: Poller;
	let now: number;

	/** Polls at a time after the start, in which executions with the record fail. */
	const pollAt = async (milliseconds: number) => {
		stopClockAt(new Date(now + milliseconds).toISOString());
		return idsOf(await trigger.pollAll());
	};
	let bad: number;

	beforeEach(async () => {
		now = Date.parse('2026-03-02T08:00:00Z');
		trigger = await settledPoller();
		[bad] = allIds();
		edit(bad, { price: 1 });
		trigger.runs = (items) => (idsOf(items).includes(bad) ? 'error' : 'success');
	});

	test('is left after a day until it changes, with a warning that names it', async () => {
		expect(await pollAt(0)).toEqual([bad]);
		expect(await pollAt(MINUTE_MS)).toEqual([bad]);
		expect(await pollAt(DAY_MS)).toEqual([bad]);
		expect(trigger.warnings).toEqual([]);
		expect(await pollAt(DAY_MS + MINUTE_MS)).toEqual([bad]);
		expect(trigger.warnings).toEqual([expect.stringMatching(new RegExp(`for a day.*: ${bad}$`))]);
		expect(await pollAt(DAY_MS + 2 * MINUTE_MS)).toEqual([]);
		edit(bad, { price: 2 });
		expect(await pollAt(DAY_MS + 3 * MINUTE_MS)).toEqual([bad]);
	});

	test('is not left when it has changed meanwhile', async () => {
		await pollAt(0);
		await pollAt(MINUTE_MS);
		edit(bad, { price: 2 });
		await pollAt(DAY_MS);
		await pollAt(DAY_MS + MINUTE_MS);
		expect(await pollAt(DAY_MS + 2 * MINUTE_MS)).toEqual([bad]);
		expect(trigger.warnings).toEqual([]);
	});

	test('is not left after two failures, however long n8n stood still between them', async () => {
		await pollAt(0);
		await pollAt(3 * DAY_MS);
		expect(await pollAt(3 * DAY_MS + MINUTE_MS)).toEqual([bad]);
	});
});

describe('a shop that is down when the workflow is activated', () => {
	test('shows as an error where a person does it', async () => {
		shop.before = () => 403;
		await expect(poller().activate()).rejects.toThrow(/GET products.*403/);
	});

	test.each(['init', 'leadershipChange'] as const)(
		'is read by the next poll where n8n does it of itself (%s), which would give the trigger up',
		async (mode) => {
			const trigger = poller();
			shop.before = () => 403;
			expect(await trigger.activate(mode)).toEqual([]);
			expect(trigger.warnings).toEqual([expect.stringMatching(/after the start.*403/)]);
			await expect(trigger.poll()).rejects.toThrow(/GET products.*403/);
			shop.before = () => undefined;
			expect(idsOf(await trigger.pollAll())).toEqual(allIds());
		},
	);

	test('is not waited for as n8n starts, and read as soon as it answers', async () => {
		const trigger = poller();
		shop.before = () => 503;
		const read = new Promise<IDataObject[]>((resolve) => {
			trigger.runs = (items) => {
				resolve(items);
				return 'success';
			};
		});
		expect(await trigger.activate('init')).toEqual([]);
		shop.before = () => undefined;
		expect(idsOf(await read)).toEqual(allIds());
		expect(trigger.warnings).toEqual([]);
	});
});

describe('a page that fails', () => {
	const failAt = (offset: number) => {
		shop.before = (call) => (call.offset === offset ? 403 : undefined);
	};

	beforeEach(() => {
		shop.lists.products = plainProducts(700);
	});

	test('does not keep what was found before it, and the next poll goes on there', async () => {
		const trigger = poller();
		failAt(498);
		const first = await trigger.pollAll();
		expect(idsOf(first)).toEqual(allIds().slice(0, 499));
		expect(trigger.warnings).toEqual([expect.stringMatching(/goes on there.*403/)]);
		shop.before = () => undefined;
		shop.calls = [];
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().slice(499));
		expect(shop.offsets).toEqual([448, 697]);
		expect(await trigger.poll()).toEqual([]);
	});

	test('shows as an error where nothing was found before it, every time', async () => {
		const trigger = await settledPoller();
		failAt(249);
		await expect(trigger.poll()).rejects.toThrow(/GET products.*403/);
		shop.before = () => 403;
		await expect(trigger.poll()).rejects.toThrow(/GET products.*403/);
		shop.before = () => undefined;
		shop.calls = [];
		const last = allIds().at(-1) as number;
		edit(last, { price: 5 });
		expect(idsOf(await trigger.pollAll())).toEqual([last]);
		expect(shop.offsets[0]).toBe(199);
	});

	test('makes no record forgotten', async () => {
		const trigger = await settledPoller();
		failAt(249);
		await expect(trigger.poll()).rejects.toThrow();
		shop.before = () => undefined;
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
	});
});

describe('a shop', () => {
	test('that gives fewer rows a page than it is asked for is read to its end', async () => {
		shop.lists.products = plainProducts(350);
		shop.habits.mostRows = 100;
		const trigger = poller();
		expect(idsOf(await trigger.pollAll())).toEqual(allIds());
		expect(shop.offsets).toEqual([0, 99, 198, 297]);
	});

	test('that gives one row a page is read to its end', async () => {
		shop.lists.products = products(4);
		shop.habits.mostRows = 1;
		expect(idsOf(await poller().pollAll())).toEqual(allIds());
	});

	test('that gives the newest first is read as well', async () => {
		shop.lists.products = plainProducts(600);
		shop.habits.newestFirst = true;
		const trigger = poller();
		expect(idsOf(await trigger.pollAll())).toEqual(allIds().reverse());
		const [product] = products(1);
		shop.lists.products.push({ ...(product as object), id: 99_001 } as never);
		edit(allIds()[0], { price: 2 });
		expect(idsOf(await trigger.pollAll())).toEqual([99_001, allIds()[0]]);
		expect(await trigger.poll()).toEqual([]);
	});

	test.each([1, 40, 260])('that loses %d rows while it is read hides none', async (count) => {
		shop.lists.products = plainProducts(900);
		const gone = allIds().slice(100, 100 + count);
		shop.before = ({ offset }) => {
			if (offset === 249) for (const id of gone) shop.remove('products', id);
		};
		const trigger = poller();
		const items = await trigger.pollAll();
		expect(idsOf(items)).toEqual(expect.arrayContaining(allIds()));
		expect(await trigger.poll()).toEqual([]);
	});

	test('that loses more than is looked for makes none forgotten', async () => {
		shop.lists.products = plainProducts(6_000);
		const trigger = poller({ firstPoll: 'laterChanges' });
		await trigger.activate();
		await trigger.poll();
		shop.before = ({ offset }) => {
			if (offset > 5_400) shop.lists.products = plainProducts(6_000).slice(5_300);
		};
		trigger.started.length = 0;
		await trigger.poll();
		expect(await trigger.poll()).toEqual([]);
		expect(trigger.started).toEqual([]);
	});

	test('that loses rows between two parts of a pass hides none for long', async () => {
		shop.lists.products = plainProducts(900);
		const trigger = poller();
		trigger.budgetMs = 1;
		await trigger.poll();
		for (const id of allIds().slice(0, 120)) shop.remove('products', id);
		trigger.budgetMs = 20_000;
		await trigger.poll();
		await trigger.poll();
		const told = idsOf(trigger.started.flatMap(({ items }) => items));
		expect(told).toEqual(expect.arrayContaining(allIds()));
		expect(new Set(told).size).toBe(told.length);
	});

	test('that says for once that it has nothing makes nothing forgotten', async () => {
		const trigger = await settledPoller();
		const rows = shop.lists.products;
		shop.lists.products = [];
		expect(await trigger.poll()).toEqual([]);
		shop.lists.products = rows;
		expect(await trigger.poll()).toEqual([]);
	});
});

test('a poll with a context of its own stages its state with each execution, and at its end', async () => {
	const trigger = poller({ batchSize: 6 });
	trigger.runs = (_, index) => (index === 1 ? 'killed' : 'success');
	trigger.budgetMs = 10;
	expect(await trigger.pollStaged()).toHaveLength(2);
	trigger.restart();
	trigger.budgetMs = 20_000;
	const rest = (await trigger.pollStaged()).flat();
	const last = (await trigger.pollStaged()).flat();
	expect([...idsOf(rest), ...idsOf(last)].sort()).toEqual(allIds().slice(6));
	expect(await trigger.pollStaged()).toEqual([]);
});

test('a test run in the editor shows the newest records and takes none for handed on', async () => {
	shop.lists.products = plainProducts(40);
	const trigger = poller();
	expect(idsOf(await trigger.test())).toEqual(allIds().slice(-10));
	expect(trigger.started).toEqual([]);
	expect(idsOf((await trigger.activate()).flat())).toEqual(allIds());
});

test('what is kept of 100,000 records is less than 1 MB', async () => {
	shop.lists.products = plainProducts(100_000);
	const trigger = poller({ firstPoll: 'laterChanges' });
	trigger.budgetMs = 300_000;
	await trigger.poll();
	expect(JSON.stringify(trigger.stored).length).toBeLessThan(MEGABYTE);
	edit(77_777, { price: -1 });
	const started = Date.now();
	expect(idsOf(await trigger.pollAll())).toEqual([77_777]);
	console.log(
		`100,000 products: ${shop.calls.length / 2} calls, ${Date.now() - started} ms a poll`,
	);
	expect(shop.calls.length / 2).toBe(Math.ceil(100_000 / 249));
});

describe('whatever happens', () => {
	const PRODUCTS = 24;
	type Step =
		| { what: 'edit'; at: number; price: number }
		| { what: 'remove'; at: number }
		| { what: 'add'; price: number }
		| { what: 'restart' }
		| { what: 'activate'; ends: End[] }
		| { what: 'poll'; ends: End[]; failingPage?: number; editsDuring: number };

	const ends = fc.array(
		fc.constantFrom<End>('success', 'success', 'error', 'killed', 'notStarted', 'waiting'),
		{ minLength: 1, maxLength: 6 },
	);
	const at = fc.nat({ max: PRODUCTS - 1 });
	const price = fc.integer({ min: 1, max: 5 });
	const step: fc.Arbitrary<Step> = fc.oneof(
		fc.record({ what: fc.constant('edit' as const), at, price }),
		fc.record({ what: fc.constant('remove' as const), at }),
		fc.record({ what: fc.constant('add' as const), price }),
		fc.record({ what: fc.constant('restart' as const) }),
		fc.record({ what: fc.constant('activate' as const), ends }),
		fc.record({
			what: fc.constant('poll' as const),
			ends,
			failingPage: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
			editsDuring: fc.nat({ max: 2 }),
		}),
	);

	/** Runs the steps and returns what executions that ended well have last got of each record. */
	async function play(trigger: Poller, steps: Step[]): Promise<Map<number, IDataObject>> {
		const taken = new Map<number, IDataObject>();
		const take = (items: IDataObject[]) => {
			for (const item of items) taken.set(item.id as number, item);
		};
		const endingWith = (given: End[]) => (items: IDataObject[], index: number) => {
			const how = given[index % given.length];
			if (how === 'success' || how === 'waiting') take(items);
			return how;
		};
		let nextId = 50_000;
		for (const each of steps) {
			const ids = allIds();
			shop.before = () => undefined;
			if (each.what === 'edit' && ids.length > 0) {
				edit(ids[each.at % ids.length], { price: each.price });
			} else if (each.what === 'remove' && ids.length > 1) {
				shop.remove('products', ids[each.at % ids.length]);
			} else if (each.what === 'add') {
				shop.lists.products.push({ id: nextId++, article_number: 'N', price: each.price });
			} else if (each.what === 'restart') {
				trigger.restart();
			} else if (each.what === 'poll' || each.what === 'activate') {
				trigger.runs = endingWith(each.ends);
				let page = 0;
				shop.before = () => {
					page += 1;
					if (each.what === 'poll' && page <= each.editsDuring) {
						shop.remove('products', allIds().length > 3 ? allIds()[page] : -1);
						edit(allIds()[0], { price: 10 + page });
					}
					return each.what === 'poll' && page === each.failingPage ? 403 : undefined;
				};
				await trigger[each.what]().catch(() => undefined);
			}
		}
		shop.before = () => undefined;
		// An execution that was killed is one of a process that is gone.
		trigger.restart();
		trigger.runs = endingWith(['success']);
		trigger.budgetMs = 20_000;
		for (let round = 0; round < 3; round += 1) await trigger.poll();
		return taken;
	}

	test('the last state of every record is handed on to an execution that ends well, then all is quiet', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 3, maxLength: 14 }),
				fc.constantFrom(4, 5, 9),
				fc.constantFrom(3, 6, 100),
				async (steps, mostRows, batchSize) => {
					shop.lists.products = products(PRODUCTS);
					shop.habits = { mostRows };
					const trigger = poller({ batchSize });
					trigger.budgetMs = 20;
					const taken = await play(trigger, steps);
					for (const { id, price: last } of shop.lists.products) {
						expect([id, taken.get(id)?.price]).toEqual([id, last]);
					}
					trigger.started.length = 0;
					expect(await trigger.poll()).toEqual([]);
				},
			),
			{ numRuns: 100 },
		);
	});
});

describe('what n8n is told', () => {
	const { description } = new VendrePollTrigger();
	const parameter = (name: string, resource?: string) =>
		description.properties.find(
			({ name: each, displayOptions }) =>
				each === name && (!resource || displayOptions?.show?.resource?.includes(resource)),
		);

	test('it polls', () => {
		expect(description).toMatchObject({ polling: true, group: ['trigger'], inputs: [] });
	});

	test('of a product counts what Specter gets of it, but not the purchase price (P1–P4, P6, P7)', () => {
		expect(parameter('changeFields', 'product')?.default).toEqual([
			'article_number',
			'ean1',
			'name',
			'price',
			'tax_class_id',
			'weight',
		]);
	});

	test('of a customer counts what Specter gets of it, but not its number there (C2–C16)', () => {
		const usual = parameter('changeFields', 'customer')?.default as string[];
		expect(usual).toHaveLength(17);
		expect(usual).not.toContain('external_id');
		expect(usual.filter((field) => !(field in customers()[0]))).toEqual([]);
	});

	test('the user sees what a poll costs', () => {
		expect(parameter('cost')?.displayName).toContain('10,000 products cost 40 calls a poll');
	});
});
