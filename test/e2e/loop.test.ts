import { STATUS_ROWS } from '../demo/changes';
import type { SavedWorkflow } from '../host/client';
import { pollNow } from '../host/polls';
import { activateTemplate, type Stack } from '../host/stack';
import type { SpecterCall } from '../sandbox';
import { sharedStack } from './sharedN8n';

jest.setTimeout(180_000);

const PRODUCTS = 40;

/** Whether Specter reports what the shop wrote as a change of its own is not known: it must not matter. */
describe.each([
	['reports', true],
	['does not report', false],
])('with a Specter that %s what it was sent', (_, shopWritesAreQueued) => {
	let stack: Stack;
	let toSpecter: SavedWorkflow;
	let toVendre: SavedWorkflow;

	beforeAll(async () => {
		const sandbox = { products: PRODUCTS, specterDialect: { shopWritesAreQueued } };
		stack = await sharedStack(sandbox);
		toVendre = await activateTemplate(stack, 'specter-changes-to-vendre.json', {
			parameters: { 'Map order status': { statuses: { status: STATUS_ROWS } } },
		});
		toSpecter = await activateTemplate(stack, 'vendre-products-to-specter.json');
		await stack.sandbox.specter.until(() => articles().size === PRODUCTS, 60_000);
		await rounds(2);
	}, 240_000);

	afterAll(async () => {
		await stack?.stop();
	});

	const articles = () => stack.sandbox.specter.articles;
	const products = () => [...stack.sandbox.vendre.products.values()];

	/** Lets both workflows look as often as this, each time until everything that they started has ended. */
	async function rounds(count: number): Promise<void> {
		const settled = async () => {
			await stack.sandbox.specter.callBacksIdle();
			await stack.client.idle();
		};
		for (let round = 0; round < count; round++) {
			await settled();
			await stack.client.execute(toVendre, 'Every 10 minutes');
			await settled();
			await pollNow(stack, toSpecter);
			await settled();
		}
	}

	function clear(): void {
		stack.sandbox.specter.clearCalls();
		stack.sandbox.vendre.clearCalls();
	}

	const articlesIn = ({ action, params }: SpecterCall) =>
		action === 'newArticleSubmit'
			? Object.entries(params).flatMap(([name, value]) =>
					/^articleNo_\d+$/.test(name) ? [value] : [],
				)
			: [];
	const sentToSpecter = () => stack.sandbox.specter.calls.flatMap(articlesIn).sort();
	const writtenInVendre = () => [...stack.sandbox.vendre.writes.keys()].sort();
	/** The products that were saved, but for their stock: that is sent again after a new or renumbered one. */
	const savedInVendre = () =>
		stack.sandbox.vendre.calls
			.filter(({ method, body }) => method === 'PUT' && !('quantity' in Object(body)))
			.map((call) => Number(call.path.split('/').pop()))
			.sort();

	test('what is equal in both stays quiet', async () => {
		clear();
		await rounds(2);
		expect([sentToSpecter(), writtenInVendre()]).toEqual([[], []]);
	});

	test('changes on both sides travel once each way, then it is quiet (F4, F7)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [priced, named, renumbered, ...others] = products();
		const [repriced, weighed, renamed] = others;
		const numbers = [repriced, weighed, renamed].map((product) => product.article_number);
		clear();
		vendre.editProduct(priced.id, { price: 4711.25 });
		vendre.editProduct(named.id, { name: { sv: 'Nytt – namn', en: 'New name' } });
		vendre.editProduct(renumbered.id, { article_number: 'FRÅN-SHOPPEN' });
		specter.editArticle(repriced.article_number, { priceExclVAT: '17.50' });
		specter.editArticle(weighed.article_number, { productWeight: '1.234', name: 'Specters namn' });
		specter.editArticle(renamed.article_number, { articleNo: 'FRÅN-SPECTER' });
		specter.addArticle('NY-I-SPECTER', { name: 'Ny', priceExclVAT: '5.00', vatPercent: '25' });
		const isThere = () => vendre.productShelf.withArticleNo('NY-I-SPECTER') !== undefined;
		await vendre.until(isThere, 60_000);
		await rounds(1);
		const renumberedNo = sentToSpecter().filter((number) => !numbers.includes(number));
		expect(sentToSpecter()).toHaveLength(3);
		expect(renumberedNo).toHaveLength(3);
		expect(savedInVendre()).toEqual([repriced, weighed, renamed].map(({ id }) => id).sort());
		expect(vendre.callTotals.get('POST /products')).toBe(1);

		clear();
		await rounds(2);
		expect([sentToSpecter(), writtenInVendre()]).toEqual([[], []]);
		expect(articles().get('FRÅN-SHOPPEN')?.formerArticleNos).toHaveLength(1);
		expect(renamed.article_number).toBe('FRÅN-SPECTER');
		expect(articles().get(priced.article_number)?.priceExclVAT).toBe('4711.25');
		expect(repriced.price).toBe(17.5);
		expect(articles().size).toBe(products().length);
	});

	test('a product that Specter renamed and the shop then changes is the same article (A17, P7)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [product] = products().slice(-3);
		const { specterArticleId } = articles().get(product.article_number) ?? {};
		specter.editArticle(product.article_number, { articleNo: 'SPECTER-1' });
		await vendre.until(() => product.article_number === 'SPECTER-1', 60_000);
		await rounds(1);
		vendre.editProduct(product.id, { article_number: 'SHOPPEN-2' });
		await rounds(1);
		expect(articles().get('SHOPPEN-2')).toMatchObject({ specterArticleId });
		expect(articles().size).toBe(products().length);
	});

	test('a product that the shop renumbered and whose article Specter then changes is the same (A16, P7)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [product] = products().slice(-4);
		const { article_number: former } = product;
		const { specterArticleId } = articles().get(former) ?? {};
		vendre.editProduct(product.id, { article_number: 'SHOPPEN-3' });
		specter.editArticle(former, { priceExclVAT: '93.00' });
		await vendre.until(() => product.price === 93, 60_000);
		await rounds(1);
		expect(product.article_number).toBe('SHOPPEN-3');
		expect(articles().get('SHOPPEN-3')).toMatchObject({ specterArticleId, priceExclVAT: '93.00' });
		expect(articles().size).toBe(products().length);
		const rows = (await stack.client.tableRows('vendre products in specter')) ?? [];
		expect(rows.find(({ productId }) => productId === product.id)).toMatchObject({
			articleNo: 'SHOPPEN-3',
			fingerprint: expect.stringMatching(/./),
			renamingTo: '',
		});
	});

	test('a product that Specter’s article has made without an answer is not sent as the shop’s own (F4, F7)', async () => {
		const { vendre, specter } = stack.sandbox;
		const product = { article_number: 'HALV-1', name: { sv: 'Halv' }, price: 50, tax_class_id: 2 };
		vendre.faults.add({ on: 'POST /API/1/products', kind: 'status', status: 422, times: Infinity });
		specter.addArticle('HALV-1', { name: 'Halv', priceExclVAT: '50.00' });
		await rounds(1);
		vendre.faults.clear();
		const { id } = vendre.productShelf.create(product);
		clear();
		await pollNow(stack, toSpecter);
		await stack.client.idle();
		specter.editArticle('HALV-1', { priceExclVAT: '60.00' });
		await vendre.until(() => vendre.products.get(id)?.price === 60, 60_000);
		await rounds(2);
		expect(sentToSpecter()).not.toContain('HALV-1');
		expect(articles().get('HALV-1')?.priceExclVAT).toBe('60.00');
		const rows = (await stack.client.tableRows('vendre products in specter')) ?? [];
		expect(rows.filter(({ articleNo }) => articleNo === 'HALV-1')).toEqual([
			expect.objectContaining({ productId: id }),
		]);
		expect(rows.filter(({ productId }) => productId === null)).toEqual([]);
	});

	test('stock that changed while Specter did not know a product’s new number stands in the shop (F5, P7)', async () => {
		const { vendre, specter } = stack.sandbox;
		const [product] = products().filter(({ warehouses }) => warehouses.length === 0);
		const former = product.article_number;
		vendre.editProduct(product.id, { article_number: 'SHOPPEN-4' });
		specter.setStock(former, 4711);
		await specter.until(() => specter.stockQueue.pendingCount === 0, 60_000);
		await rounds(2);
		expect(articles().has(former)).toBe(false);
		expect(product.quantity).toBe(4711);
	});
});
