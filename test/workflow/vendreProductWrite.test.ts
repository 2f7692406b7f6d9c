import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { productFingerprint } from '../../nodes/Vendre/fingerprint';
import { startSandbox, type ProductRecord, type Sandbox, type SandboxOptions } from '../sandbox';
import { runNode, type OnError, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

const running: Sandbox[] = [];

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 30, ...options });
	running.push(started);
	return started;
}

afterEach(async () => {
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

const WITHOUT_FILTERS = { vendreDialect: { filters: { products: [], customers: [] } } } as const;

const product = async (
	systems: Systems,
	operation: 'createOrUpdate' | 'update',
	input: IDataObject[],
	onError?: OnError,
	parameters: IDataObject = {},
) =>
	await runNode(
		systems,
		'vendre',
		{ resource: 'product', operation, ...parameters },
		input,
		onError,
	);

const save = async (
	systems: Systems,
	input: IDataObject[],
	onError?: OnError,
	parameters: IDataObject = {},
) =>
	await product(systems, 'createOrUpdate', input, onError, {
		createMissing: '={{ $json.createMissing }}',
		...parameters,
	});

/** What tells that the product as it stands in the shop is known to Specter. */
const standing = (sandbox: Sandbox, articleNumber: string) => ({
	shop: new URL(sandbox.vendre.url).host,
	fingerprint: productFingerprint(withNumber(sandbox, articleNumber) as unknown as IDataObject),
});

/** An article as the mapper puts it out. */
const article = (articleNumber: string, update: IDataObject = {}, fields: IDataObject = {}) => ({
	articleNumber,
	formerArticleNumber: '',
	createMissing: true,
	create: {
		quantity: 0,
		article_number: articleNumber,
		status: false,
		show: true,
		name: { sv: articleNumber },
		price: 10,
		tax_class_id: 2,
		...update,
	},
	update,
	notes: [],
	...fields,
});

const deleted = (articleNumber: string) =>
	article(articleNumber, {}, { createMissing: false, create: {}, update: { status: false } });

const renamed = (formerArticleNumber: string, articleNumber: string, update: IDataObject = {}) =>
	article(articleNumber, { ...update, article_number: articleNumber }, { formerArticleNumber });

const productsOf = ({ vendre }: Sandbox) => [...vendre.products.values()];
const withNumber = ({ vendre }: Sandbox, number: string) =>
	vendre.productShelf.withArticleNo(number);
const writes = ({ vendre }: Sandbox) => vendre.calls.filter(({ method }) => method !== 'GET');
const bodies = (sandbox: Sandbox) => writes(sandbox).map(({ body }) => body);
const outcomes = (items: Array<{ json: IDataObject }>) => items.map(({ json }) => json.outcome);

/** Gives products plain numbers, to move about. */
function number(sandbox: Sandbox, ...articleNumbers: string[]): ProductRecord[] {
	return articleNumbers.map((article_number, index) =>
		sandbox.vendre.editProduct(productsOf(sandbox)[index].id, { article_number, status: true }),
	);
}

describe('a product that the shop has', () => {
	test('gets what differs, and nothing else (A11–A16)', async () => {
		const sandbox = await start();
		const [{ id, article_number, price, name, category_ids }] = productsOf(sandbox);
		const update = {
			name: { sv: 'Nytt namn' },
			price: Math.round(price * 100) / 100,
			ean1: '7350000000017',
			weight: 1.25,
			tax_class_id: 4,
			manufacturer_model: 'M-1',
		};
		const run = await save(sandbox, [article(article_number, update)]);
		expect(run.items).toEqual([
			{
				json: {
					outcome: 'updated',
					productId: id,
					articleNumber: article_number,
					changed: ['name', 'ean1', 'weight', 'tax_class_id', 'manufacturer_model'],
					...standing(sandbox, article_number),
				},
				pairedItem: { item: 0 },
			},
		]);
		const { price: unsent, ...sent } = update;
		expect(unsent).toBeDefined();
		expect(bodies(sandbox)).toEqual([{ ...sent, name: { ...name, sv: 'Nytt namn' } }]);
		expect(sandbox.vendre.products.get(id)).toMatchObject({ price, category_ids });
	});

	test('and differs in nothing is not written', async () => {
		const sandbox = await start();
		const [{ article_number, price, name, ean1, weight, tax_class_id }] = productsOf(sandbox);
		const update = {
			name: { sv: `${name.sv} ` },
			price: Math.round(price * 100) / 100,
			ean1,
			weight,
			tax_class_id: String(tax_class_id),
		};
		const run = await save(sandbox, [article(article_number, update)]);
		expect(run.items[0].json).toMatchObject({ outcome: 'unchanged', changed: [] });
		expect(writes(sandbox)).toEqual([]);
	});

	test('becomes inactive where the article was deleted, and is not gone (A9)', async () => {
		const sandbox = await start();
		const [product] = number(sandbox, 'A');
		const run = await save(sandbox, [deleted('A')]);
		expect(run.items[0].json).toMatchObject({ outcome: 'updated', changed: ['status'] });
		expect(bodies(sandbox)).toEqual([{ status: false }]);
		expect(product).toMatchObject({ status: false, article_number: 'A' });
	});

	test('keeps the suppliers that are not Specter’s, and their currency (A10)', async () => {
		const sandbox = await start();
		const [product] = number(sandbox, 'A');
		const theirs = { id: 4, model: 'X', price: '160.0000', currencies_id: 3 };
		product.suppliers = [theirs, { id: 5, model: '', price: '1.0000', currencies_id: 2 }];
		const suppliers = [
			{ id: 5, model: 'Y', price: '2.5000' },
			{ id: 6, model: 'Z', price: '3.0000', currencies_id: 1 },
		];
		await save(sandbox, [article('A', { suppliers })]);
		expect(product.suppliers).toEqual([
			theirs,
			{ ...suppliers[0], currencies_id: 2 },
			suppliers[1],
		]);
		sandbox.vendre.clearCalls();
		await save(sandbox, [article('A', { suppliers })]);
		expect(writes(sandbox)).toEqual([]);
	});

	test('in a shop that answers values in a form of its own is saved all the same', async () => {
		const row = { id: 1, article_number: 'A', price: '5.0000', name: { sv: 'Gammal' } };
		const saved = { ...row, price: '100.0000', name: { sv: 'Ny' }, status: '0', weight: null };
		const shop = await standIn(({ method }) => ({
			body: JSON.stringify(method === 'GET' ? { list: [row], remaining: 0 } : { data: saved }),
		}));
		const sandbox = await start();
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const update = { price: 100, name: { sv: 'Ny ' }, status: false, weight: 0 };
		const run = await save({ ...sandbox, vendre }, [article('A', update)]);
		expect(run.items[0].json.outcome).toBe('updated');
	});
});

describe('a product that the shop does not have', () => {
	test('is made of the fields for it (A1–A4)', async () => {
		const sandbox = await start();
		const fields = article('NY-1', { ean1: '7350000000017', price: 99.5, name: { sv: 'Ny' } });
		const run = await save(sandbox, [fields]);
		const made = withNumber(sandbox, 'NY-1') as ProductRecord;
		expect(run.items[0].json).toEqual({
			outcome: 'created',
			productId: made.id,
			articleNumber: 'NY-1',
			changed: expect.arrayContaining(Object.keys(fields.create)),
			...standing(sandbox, 'NY-1'),
		});
		expect(made).toMatchObject({ quantity: 0, status: false, show: true, price: 99.5 });
		sandbox.vendre.clearCalls();
		const again = await save(sandbox, [fields]);
		expect(outcomes(again.items)).toEqual(['unchanged']);
		expect(sandbox.vendre.calls.map(({ query }) => query.ids)).toEqual([String(made.id)]);
	});

	test('is not made of a deleted article, or where that is turned off', async () => {
		const sandbox = await start();
		const run = await save(sandbox, [deleted('SAKNAS')]);
		expect(run.items[0].json).toEqual({
			outcome: 'skipped',
			productId: null,
			articleNumber: 'SAKNAS',
			changed: [],
			note: 'The shop has no product with article number "SAKNAS"',
		});
		const off = await save(sandbox, [article('SAKNAS')], undefined, { createMissing: false });
		const byDefault = await save(sandbox, [deleted('SAKNAS')], undefined, { createMissing: true });
		expect(outcomes([...off.items, ...byDefault.items])).toEqual(['skipped', 'skipped']);
		expect(writes(sandbox)).toEqual([]);
	});

	test('is made once, however many items have it', async () => {
		const sandbox = await start();
		const input = [article('NY'), article('NY', { ean1: '1' }), article('NY', { ean1: '2' })];
		const run = await save(sandbox, input);
		expect(outcomes(run.items)).toEqual(['created', 'updated', 'updated']);
		expect(withNumber(sandbox, 'NY')?.ean1).toBe('2');
		expect(sandbox.vendre.calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'PUT', 'PUT']);
	});

	test.each([
		['one record in a wrapper', { wrapsOneRecord: true }],
		['POST as the save verb', { saveVerb: 'POST' }],
		['filters that it ignores', WITHOUT_FILTERS.vendreDialect],
	] as const)('is made and found again in a shop with %s', async (_, vendreDialect) => {
		const sandbox = await start({ vendreDialect });
		const first = await save(sandbox, [article('NY')]);
		const second = await save(sandbox, [article('NY', { ean1: '1' })]);
		expect(outcomes([...first.items, ...second.items])).toEqual(['created', 'updated']);
		expect(second.items[0].json.productId).toBe(first.items[0].json.productId);
	});
});

describe('a creation whose answer is lost', () => {
	test.each([
		['drop-before-commit', 2],
		['drop-after-commit', 1],
		['malformed', 1],
		['garbage', 1],
	] as const)('%s: looked up before it is tried again', async (kind, posts) => {
		const sandbox = await start();
		sandbox.vendre.faults.add({ on: 'POST /products', kind });
		const run = await save(sandbox, [article('NY')]);
		expect(outcomes(run.items)).toEqual(['created']);
		expect(writes(sandbox)).toHaveLength(posts);
		expect(productsOf(sandbox)).toHaveLength(31);
	});

	test('in a shop that would make two of one number, and ignores the filters', async () => {
		const sandbox = await start({ products: 1 });
		const rows: Array<IDataObject & { id: number }> = [];
		let posts = 0;
		const shop = await standIn(({ method, body }) => {
			if (method === 'GET') return { body: JSON.stringify({ list: rows, remaining: 0 }) };
			rows.push({ ...(JSON.parse(body) as IDataObject), id: rows.length + 1 });
			posts += 1;
			if (posts === 1) return undefined;
			return posts === 2 ? { status: 500 } : { body: '' };
		});
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const input = ['A', 'B', 'C'].map((articleNumber) => article(articleNumber));
		const run = await save({ ...sandbox, vendre }, input);
		expect(run.items.map(({ json }) => [json.outcome, json.productId])).toEqual(
			[1, 2, 3].map(() => ['created', expect.any(Number)]),
		);
		expect(rows.map(({ article_number }) => article_number).sort()).toEqual(['A', 'B', 'C']);
	});

	test('two executions at once make one product', async () => {
		const rows: Array<IDataObject & { id: number }> = [];
		let asked = 0;
		let bothAsked = () => {};
		const both = new Promise<void>((resolve) => (bothAsked = resolve));
		const shop = await standIn(async ({ method, body }) => {
			if (method === 'GET') {
				const before = JSON.stringify({ list: rows, remaining: 0 });
				asked += 1;
				if (asked === 2) bothAsked();
				await both;
				return { body: before };
			}
			if (method === 'PUT') return { body: '' };
			rows.push({ ...(JSON.parse(body) as IDataObject), id: rows.length + 1 });
			return { body: JSON.stringify(rows.at(-1)) };
		});
		const sandbox = await start({ products: 1 });
		const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
		const runs = await Promise.all(
			['1', '2'].map(async (ean1) => await save({ ...sandbox, vendre }, [article('NY', { ean1 })])),
		);
		expect(rows).toHaveLength(1);
		expect(runs.flatMap(({ items }) => outcomes(items)).sort()).toEqual(['created', 'updated']);
	});

	test('one that somebody else made meanwhile is updated', async () => {
		const sandbox = await start();
		sandbox.vendre.on('change', () => {
			const { method } = sandbox.vendre.calls.at(-1) ?? {};
			if (method === 'GET' && !withNumber(sandbox, 'NY')) {
				sandbox.vendre.productShelf.create(article('NY').create);
			}
		});
		const run = await save(sandbox, [article('NY', { ean1: '1' })]);
		expect(outcomes(run.items)).toEqual(['updated']);
		expect(withNumber(sandbox, 'NY')?.ean1).toBe('1');
	});

	test('a refusal is that record’s failure for good, a shop that is down to be taken up again', async () => {
		const sandbox = await start();
		const bad = article('DALIG', { tax_class_id: 99 });
		const run = await save(sandbox, [bad, article('NY')], 'continueRegularOutput');
		expect(run.items[0].json).toMatchObject({ articleNumber: 'DALIG', retryable: false });
		expect(run.items[0].json.error).toContain('tax_class_id must be one of');
		expect(run.items[1].json.outcome).toBe('created');
		expectNoSecrets(sandbox, run);

		sandbox.vendre.clearCalls();
		sandbox.vendre.faults.add({ on: 'POST /products', kind: 'status', status: 500, times: null });
		const input = Array.from({ length: 9 }, (_, index) => article(`NY-${index}`));
		const options = { parallelRequests: 1 };
		const down = await save(sandbox, input, 'continueRegularOutput', { options });
		expect(down.items.every(({ json }) => json.error && json.retryable)).toBe(true);
		expect(writes(sandbox)).toHaveLength(3 * 3);
	});
});

describe('a changed article number (A17)', () => {
	test('is given to the same product, which keeps its id', async () => {
		const sandbox = await start();
		const [{ id }] = number(sandbox, 'GAMMAL');
		const run = await save(sandbox, [renamed('GAMMAL', 'NYTT', { ean1: '1' })]);
		expect(run.items[0].json).toEqual({
			outcome: 'updated',
			productId: id,
			articleNumber: 'NYTT',
			changed: expect.arrayContaining(['ean1', 'article_number']),
			renamedFrom: 'GAMMAL',
			...standing(sandbox, 'NYTT'),
		});
		expect(withNumber(sandbox, 'NYTT')).toMatchObject({ id, ean1: '1' });
		expect(productsOf(sandbox)).toHaveLength(30);

		sandbox.vendre.clearCalls();
		const again = await save(sandbox, [renamed('GAMMAL', 'NYTT', { ean1: '1' })]);
		expect(outcomes(again.items)).toEqual(['unchanged']);
	});

	test('numbers that pass from one to the next are given in an order that works', async () => {
		const sandbox = await start();
		const [a, b] = number(sandbox, 'A', 'B');
		const input = [renamed('A', 'B'), renamed('B', 'C'), article('A', { ean1: '9' })];
		const run = await save(sandbox, input);
		expect(outcomes(run.items)).toEqual(['updated', 'updated', 'created']);
		expect([withNumber(sandbox, 'B')?.id, withNumber(sandbox, 'C')?.id]).toEqual([a.id, b.id]);
		expect(withNumber(sandbox, 'A')?.id).toBe(5031);
	});

	test('a product that is new under a number just given away is made after that', async () => {
		const sandbox = await start();
		const [a] = number(sandbox, 'A');
		const run = await save(sandbox, [article('A', { ean1: '9' }), renamed('A', 'B')]);
		expect(outcomes(run.items)).toEqual(['created', 'updated']);
		expect(withNumber(sandbox, 'B')?.id).toBe(a.id);
	});

	test('where the shop has both numbers, the one with the new number is it', async () => {
		const sandbox = await start();
		const [a, b] = number(sandbox, 'A', 'B');
		const run = await save(sandbox, [renamed('A', 'B', { ean1: '1' })]);
		expect(run.items[0].json).toMatchObject({
			productId: b.id,
			note: `Product ${a.id} keeps the former number`,
		});
		expect([a.article_number, b.ean1]).toEqual(['A', '1']);
	});

	test('one that fails holds back what shares a number with it, and nothing else', async () => {
		const sandbox = await start();
		const [a, b, other] = number(sandbox, 'A', 'B', 'X');
		const on = `PUT /products/${b.id}`;
		sandbox.vendre.faults.add({ on, kind: 'status', status: 500, times: 6 });
		const input = [
			renamed('A', 'B', { ean1: '1' }),
			renamed('B', 'C', { ean1: '2' }),
			article('X', { ean1: '3' }),
		];
		const run = await save(sandbox, input, 'continueRegularOutput');
		expect(run.items.map(({ json }) => json.retryable)).toEqual([true, true, undefined]);
		expect(run.items[0].json.error).toContain('did not get its new number');
		expect([a.article_number, b.article_number, other.ean1]).toEqual(['A', 'B', '3']);

		const again = await save(sandbox, input);
		expect(outcomes(again.items)).toEqual(['updated', 'updated', 'unchanged']);
		expect([a.article_number, b.article_number]).toEqual(['B', 'C']);
		expect([a.ean1, b.ean1]).toEqual(['1', '2']);
	});
});

describe('a product that has got another number in the shop, of which Specter does not know yet', () => {
	/** As the templates noted it before. */
	const noted = (sandbox: Sandbox, rows: Array<[articleNo: string, productId: number]>) => ({
		notedProducts: [
			{ shop: 'another.example', productId: 5030, articleNo: rows[0][0] },
			...rows.map(([articleNo, productId]) => ({
				id: 7,
				shop: new URL(sandbox.vendre.url).host,
				productId,
				articleNo,
				fingerprint: 'abc',
			})),
			{ error: 'The table could not be read' },
		],
	});

	test('is the one that a change of the article is for, and keeps its number (F7, P7)', async () => {
		const sandbox = await start();
		const [a, other] = number(sandbox, 'NYTT-I-BUTIK', 'X');
		const rows: Array<[string, number]> = [
			['GAMMAL', a.id],
			['X', other.id],
		];
		const input = [article('GAMMAL', { ean1: '1' }), article('X', { ean1: '2' })];
		const run = await save(sandbox, input, undefined, noted(sandbox, rows));
		expect(run.items.map(({ json }) => json)).toEqual([
			{
				outcome: 'updated',
				productId: a.id,
				articleNumber: 'GAMMAL',
				changed: ['ean1'],
				shop: new URL(sandbox.vendre.url).host,
				fingerprint: '',
				note: expect.stringContaining('"NYTT-I-BUTIK"'),
			},
			{
				outcome: 'updated',
				productId: other.id,
				articleNumber: 'X',
				changed: ['ean1'],
				...standing(sandbox, 'X'),
			},
		]);
		expect(withNumber(sandbox, 'NYTT-I-BUTIK')).toMatchObject({ id: a.id, ean1: '1' });
		expect(productsOf(sandbox)).toHaveLength(30);
	});

	test('is not mistaken for one that has its number now', async () => {
		const sandbox = await start();
		const [a, b] = number(sandbox, 'NYTT', 'GAMMAL');
		const rows: Array<[string, number]> = [['GAMMAL', a.id]];
		await save(sandbox, [article('GAMMAL', { ean1: '1' })], undefined, noted(sandbox, rows));
		expect([a.ean1, b.ean1]).toEqual(['1', '']);
		expect([a.article_number, b.article_number]).toEqual(['NYTT', 'GAMMAL']);
	});

	test('becomes inactive where the article was deleted (A9)', async () => {
		const sandbox = await start();
		const [a] = number(sandbox, 'NYTT');
		const rows: Array<[string, number]> = [['GAMMAL', a.id]];
		await save(sandbox, [deleted('GAMMAL')], undefined, noted(sandbox, rows));
		expect(a.status).toBe(false);
	});

	test('gets the number that Specter has given it, where both have changed it (A17)', async () => {
		const sandbox = await start();
		const [a] = number(sandbox, 'NYTT-I-BUTIK');
		const rows: Array<[string, number]> = [['GAMMAL', a.id]];
		const input = [renamed('GAMMAL', 'NYTT-I-SPECTER')];
		const run = await save(sandbox, input, undefined, noted(sandbox, rows));
		expect(a.article_number).toBe('NYTT-I-SPECTER');
		expect(run.items[0].json).toMatchObject({ outcome: 'updated', productId: a.id });
		expect(productsOf(sandbox)).toHaveLength(30);
	});

	test('keeps its number also where Specter tells one that the article had before', async () => {
		const sandbox = await start();
		const [a, b] = number(sandbox, 'NYTT-I-BUTIK', 'FÖRST');
		const rows: Array<[string, number]> = [['SEDAN', a.id]];
		const input = [renamed('FÖRST', 'SEDAN', { ean1: '1' })];
		await save(sandbox, input, undefined, noted(sandbox, rows));
		expect(a).toMatchObject({ article_number: 'NYTT-I-BUTIK', ean1: '1' });
		expect(b).toMatchObject({ article_number: 'FÖRST', ean1: '' });
	});

	test('is made anew where it is gone', async () => {
		const sandbox = await start();
		const rows: Array<[string, number]> = [['BORTA', 9999]];
		const run = await save(sandbox, [article('BORTA')], undefined, noted(sandbox, rows));
		expect(outcomes(run.items)).toEqual(['created']);
	});

	test('a list that cannot be used is every record’s failure', async () => {
		const sandbox = await start();
		const run = await save(sandbox, [article('A'), article('B')], 'continueRegularOutput', {
			notedProducts: 'x',
		});
		expect(run.items.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('notedProducts'),
			expect.stringContaining('notedProducts'),
		]);
		expect(writes(sandbox)).toEqual([]);
	});
});

test.each([
	['first', [deleted('A'), article('A', { ean1: '1' })]],
	['last', [article('A', { ean1: '1' }), deleted('A')]],
])('a number that is deleted and in use again is in use: deletion %s', async (_, input) => {
	const sandbox = await start();
	const [product] = number(sandbox, 'A');
	const run = await save(sandbox, input);
	expect(outcomes(run.items).sort()).toEqual(['skipped', 'updated']);
	expect(product).toMatchObject({ status: true, ean1: '1' });
});

test('records of one article never run at the same time, and the last one holds', async () => {
	const sandbox = await start();
	const [product] = number(sandbox, 'A');
	sandbox.vendre.faults.add({ on: 'PUT /products/\\d+', kind: 'delay', delayMs: 60 });
	const input = ['1', '2', '3'].map((ean1) => article('A', { ean1 }));
	await save(sandbox, input, undefined, { options: { parallelRequests: 8 } });
	expect(product.ean1).toBe('3');
	expect(bodies(sandbox)).toEqual([{ ean1: '1' }, { ean1: '2' }, { ean1: '3' }]);
});

describe('what cannot be used', () => {
	test.each([
		['price', 'gratis', 'price is "gratis": a number is wanted'],
		['status', 'kanske', 'status is "kanske": true or false is wanted'],
		['name', 'Mugg', 'name is "Mugg": texts by language are wanted, as {"sv": "Mugg"}'],
		['tax_class_id', 2.5, 'tax_class_id is 2.5: a whole number is wanted'],
		['category_ids', 7, 'category_ids is 7: a list of ids is wanted'],
		['ean1', {}, 'ean1 is {}: text is wanted'],
	])('%s %j is refused by name, and the others go on', async (field, value, message) => {
		const sandbox = await start();
		const [{ article_number }] = productsOf(sandbox);
		const update = { [field]: value };
		const input = [article('A', {}, { update }), article(article_number, { ean1: '1' })];
		const run = await save(sandbox, input as IDataObject[], 'continueRegularOutput');
		expect(run.items[0].json).toMatchObject({
			error: `The product cannot be used: ${message}`,
			retryable: false,
		});
		expect(run.items[1].json.outcome).toBe('updated');
	});

	test.each([undefined, null, 'text', '[1]'])('%j is no record', async (update) => {
		const run = await save(await start(), [article('A', {}, { update } as IDataObject)]);
		expect(run.error?.message).toBe('The parameter update holds no fields');
	});

	test('a look-up that fails is every record’s failure, to be taken up again', async () => {
		const sandbox = await start();
		sandbox.vendre.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: null });
		const run = await save(sandbox, [article('A'), article('B')], 'continueRegularOutput');
		expect(run.items.every(({ json }) => json.error && json.retryable)).toBe(true);
		expect(writes(sandbox)).toEqual([]);
	});
});

test('fields may be filled in one by one', async () => {
	const sandbox = await start();
	const fields = { name: 'Mugg', language: 'en', price: 10, tax_class_id: 2, category_ids: [101] };
	const parameters = { dataMode: 'fields', fields, createMissing: true };
	const run = await save(sandbox, [{ articleNumber: 'NY' }], undefined, parameters);
	expect(outcomes(run.items)).toEqual(['created']);
	expect(withNumber(sandbox, 'NY')).toMatchObject({
		name: { en: 'Mugg' },
		price: 10,
		category_ids: [101],
	});
});

describe('Update', () => {
	test('by number or id, only what differs, in order where items share a product', async () => {
		const sandbox = await start();
		const [first, second] = productsOf(sandbox);
		const input = [
			{ by: 'articleNumber', articleNumber: first.article_number, update: { ean1: '1' } },
			{ by: 'id', productId: second.id, update: { note: 'Ny' } },
			{ by: 'id', productId: first.id, update: { ean1: '2' } },
			{ by: 'articleNumber', articleNumber: first.article_number, update: { ean1: '2' } },
			{ by: 'articleNumber', articleNumber: first.article_number, update: { ean1: '1' } },
		];
		const slow = { on: `PUT /products/${first.id}`, kind: 'delay', delayMs: 60 } as const;
		sandbox.vendre.faults.add(slow);
		const run = await product(sandbox, 'update', input, undefined, { findBy: '={{ $json.by }}' });
		expect(bodies(sandbox).filter((body) => 'ean1' in (body as object))).toEqual([
			{ ean1: '1' },
			{ ean1: '2' },
			{ ean1: '1' },
		]);
		expect(run.items.map(({ json }) => json)).toEqual([
			{
				outcome: 'updated',
				productId: first.id,
				articleNumber: first.article_number,
				changed: ['ean1'],
			},
			{
				outcome: 'updated',
				productId: second.id,
				articleNumber: second.article_number,
				changed: ['note'],
			},
			expect.objectContaining({ productId: first.id, outcome: 'updated' }),
			expect.objectContaining({ productId: first.id, outcome: 'unchanged' }),
			expect.objectContaining({ productId: first.id, outcome: 'updated' }),
		]);
		expect([first.ean1, second.note]).toEqual(['1', 'Ny']);
	});

	test('a product that is not there is skipped, and a new number is kept in mind', async () => {
		const sandbox = await start();
		const [first] = number(sandbox, 'A');
		const input = [
			{ articleNumber: 'SAKNAS', update: { ean1: '1' } },
			{ articleNumber: 'A', update: { article_number: 'B' } },
		];
		const run = await product(sandbox, 'update', input);
		expect(run.items.map(({ json }) => [json.outcome, json.articleNumber, json.note])).toEqual([
			['skipped', 'SAKNAS', 'The shop has no product with article number "SAKNAS"'],
			['updated', 'B', undefined],
		]);
		sandbox.vendre.clearCalls();
		await product(sandbox, 'update', [{ articleNumber: 'B', update: { ean1: '5' } }]);
		expect(first.ean1).toBe('5');
		expect(sandbox.vendre.calls[0].query.ids).toBe(String(first.id));
	});
});
