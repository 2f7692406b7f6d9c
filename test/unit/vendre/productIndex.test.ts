import type { RequestContext } from '../../../nodes/shared/http';
import { ProductIndex, productIndexOf } from '../../../nodes/Vendre/transport/productIndex';

const contextOf = (id: string, shopUrl: string) =>
	({
		getNode: () => ({ credentials: { vendreApi: { id } } }),
		getCredentials: async () => ({ shopUrl, apiPath: '/API/1' }),
	}) as unknown as RequestContext;

describe('bounds', () => {
	test('a hundred thousand numbers are kept, then the oldest are dropped', () => {
		const index = new ProductIndex();
		for (let id = 1; id <= 100_002; id += 1) index.remember(`A-${id}`, id);
		expect([1, 2, 3, 100_002].map((id) => index.idOf(`A-${id}`))).toEqual([
			undefined,
			undefined,
			3,
			100_002,
		]);
	});

	test('a number that was seen again is not the oldest', () => {
		const index = new ProductIndex(2);
		for (const number of ['A', 'B', 'A', 'C']) index.remember(number, 1);
		expect(['A', 'B', 'C'].map((number) => index.idOf(number))).toEqual([1, undefined, 1]);
	});

	test('a scan of more is cut to the bound as well, and tells nothing of what is missing', () => {
		const index = new ProductIndex(2);
		const ids = ['A', 'B', 'C'].map((number, position): [string, number] => [number, position + 1]);
		index.replace(new Map(ids), { rows: 3, lastId: 3 });
		expect(['A', 'B', 'C'].map((number) => index.idOf(number))).toEqual([undefined, 2, 3]);
		expect(index.freshScan).toBeUndefined();
	});
});

describe('a scan', () => {
	const scanned = { rows: 2, lastId: 9 };

	afterEach(() => jest.useRealTimers());

	test('holds for ten minutes', () => {
		jest.useFakeTimers();
		const index = new ProductIndex();
		index.replace(new Map([['A', 1]]), scanned);
		jest.advanceTimersByTime(599_000);
		expect(index.freshScan).toMatchObject(scanned);
		jest.advanceTimersByTime(1_000);
		expect(index.freshScan).toBeUndefined();
		expect(index.idOf('A')).toBe(1);
	});

	test('tells nothing once a number had to be dropped, or the list did not go on from it', () => {
		const index = new ProductIndex(2);
		index.replace(new Map([['A', 1]]), scanned);
		index.remember('B', 2);
		expect(index.freshScan).toMatchObject(scanned);
		index.remember('C', 3);
		expect(index.freshScan).toBeUndefined();

		index.replace(new Map([['A', 1]]), scanned);
		index.dropScan();
		expect(index.freshScan).toBeUndefined();
	});
});

describe('one index', () => {
	test('for each credential and shop, and the same one every time', async () => {
		const index = await productIndexOf(contextOf('1', 'https://a.example'));
		expect(await productIndexOf(contextOf('1', 'https://a.example'))).toBe(index);
		expect(await productIndexOf(contextOf('2', 'https://a.example'))).not.toBe(index);
		expect(await productIndexOf(contextOf('1', 'https://b.example'))).not.toBe(index);
	});

	test('for fifty shops, then the one that was not used for longest is dropped', async () => {
		const indexOf = async (shop: number) =>
			await productIndexOf(contextOf('many', `https://${shop}.example`));
		const [first, second] = [await indexOf(1), await indexOf(2)];
		for (let shop = 3; shop <= 50; shop += 1) await indexOf(shop);
		expect(await indexOf(1)).toBe(first);
		await indexOf(51);
		expect(await indexOf(1)).toBe(first);
		expect(await indexOf(2)).not.toBe(second);
	});
});

describe('alone', () => {
	test('work on one number is done one after another, also after a failure; on others at once', async () => {
		const index = new ProductIndex();
		const log: string[] = [];
		let end = () => {};
		const slow = index.alone('A', async () => {
			log.push('slow begins');
			await new Promise<void>((resolve) => (end = resolve));
			log.push('slow ends');
			throw new Error('failed');
		});
		const next = index.alone('A', async () => log.push('next'));
		await index.alone('B', async () => log.push('other'));
		end();
		await expect(slow).rejects.toThrow('failed');
		await next;
		expect(log).toEqual(['slow begins', 'other', 'slow ends', 'next']);
	});
});
