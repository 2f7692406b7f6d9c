import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

let sandbox: Sandbox;

beforeEach(async () => (sandbox = await startSandbox({ products: 1 })));
afterEach(async () => await sandbox.stop());

const article = (articleNo: string, fields: IDataObject = {}): IDataObject => ({
	articleNo,
	name: `Artikel ${articleNo}`,
	priceExclVAT: '100.00',
	vatPercent: '25',
	...fields,
});

const many = (count: number, from = 1) =>
	Array.from({ length: count }, (_, index) => article(`A-${from + index}`));

/** Specter refuses an article without a name, so it is the bad row. */
const bad = (articleNo: string) => ({ ...article(articleNo), name: '' });

const send = async (lists: unknown[], parameters: IDataObject = {}, onError?: OnError) =>
	await runNode(
		sandbox,
		'specter',
		{ resource: 'article', operation: 'createOrUpdate', ...parameters },
		lists.map((articles, index) => ({ mark: index, articles }) as IDataObject),
		onError,
	);

const calls = () => sandbox.specter.calls;
const rowsOf = (call: { params: Record<string, string> }) =>
	Object.keys(call.params).filter((name) => /^articleNo_\d+$/.test(name)).length;

describe('what is sent and comes back', () => {
	test('an article by Specter’s names, with its row’s number', async () => {
		const run = await send([
			article('MUGG-1', {
				barCode: '7350000000017',
				buyPrice: 30.5,
				productWeight: 0.35,
				createArticleStock: true,
				noItemsInStock: 7,
			}),
		]);
		expect(run.items).toEqual([
			{ json: { outcome: 'updated', articleNos: ['MUGG-1'] }, pairedItem: { item: 0 } },
		]);
		const { action, forceArticleUpdate, ...params } = calls()[0].params;
		expect([action, forceArticleUpdate]).toEqual(['newArticleSubmit', '1']);
		expect(params).toMatchObject({
			articleNo_1: 'MUGG-1',
			name_1: 'Artikel MUGG-1',
			priceExclVAT_1: '100.00',
			vatPercent_1: '25',
			barCode_1: '7350000000017',
			buyPrice_1: '30.50',
			productWeight_1: '0.350',
			createArticleStock_1: '1',
			noItemsInStock_1: '7',
		});
		expect(sandbox.specter.articles.get('MUGG-1')?.stock[0].available).toBe(7);
	});

	test('an update changes price and name, never the stock (P8)', async () => {
		await send([article('A-1', { noItemsInStock: 7, createArticleStock: true })]);
		await send([article('A-1', { noItemsInStock: 99, priceExclVAT: 5 })]);
		const known = sandbox.specter.articles.get('A-1');
		expect(known?.priceExclVAT).toBe('5.00');
		expect(known?.stock[0].available).toBe(7);
	});

	test('with the switch off an existing article is left as it is, a new one is made', async () => {
		await send([article('A-1')]);
		const run = await send([[article('A-1', { name: 'Ny' }), article('A-2')]], { force: false });
		expect(run.items[0].json.outcome).toBe('created');
		expect(calls()[1].params.forceArticleUpdate).toBe('0');
		expect(sandbox.specter.articles.get('A-1')?.name).toBe('Artikel A-1');
		expect(sandbox.specter.articles.has('A-2')).toBe(true);
	});

	test('a new number is sent as the rename of the old one (P7)', async () => {
		await send([article('GAMMAL')]);
		await send([article('GAMMAL', { newArticleNo: 'NY' })]);
		expect([...sandbox.specter.articles.keys()]).toEqual(['NY']);
	});

	test('å ä ö in the number and signs outside Latin-1 in the name: the signature holds', async () => {
		const run = await send([article('BLÅ MUGG 1', { name: 'Mugg – “blå” 20 € ✓' })]);
		expect(run.error).toBeUndefined();
		expect(sandbox.specter.articles.get('BLÅ MUGG 1')?.name).toMatch(/^Mugg - "blå" 20 EUR/);
	});

	test('fields may be filled in one by one', async () => {
		const fields = article('A-1', { createArticleStock: false });
		const run = await send([{}], { dataMode: 'fields', fields });
		expect(run.error).toBeUndefined();
		expect(calls()[0].params.createArticleStock_1).toBe('0');
	});
});

describe('calls', () => {
	test.each([
		[1, 1],
		[99, 1],
		[100, 1],
		[101, 2],
		[200, 2],
		[201, 3],
	])('%i articles are %i calls', async (articles, expected) => {
		const run = await send([many(articles)]);
		expect(run.items[0].json.articleNos).toHaveLength(articles);
		expect(calls()).toHaveLength(expected);
		expect(calls().every((call) => rowsOf(call) <= 100)).toBe(true);
		expect(sandbox.specter.articles.size).toBe(articles);
	});

	test('the articles of all items share the calls, and each item gets its own back', async () => {
		const lists = [many(60), many(30, 61), [], many(10, 91)];
		const run = await send(lists);
		expect(calls()).toHaveLength(1);
		expect(run.items.map(({ json, pairedItem }) => [json.articleNos, pairedItem])).toEqual(
			lists.map((list, item) => [list.map(({ articleNo }) => articleNo), { item }]),
		);
	});

	test('an article that several items name is sent once, as the last of them has it', async () => {
		const run = await send([article('A-1', { name: 'Först' }), article('A-1', { name: 'Sist' })]);
		expect(run.items).toHaveLength(2);
		expect(calls()).toHaveLength(1);
		expect(rowsOf(calls()[0])).toBe(1);
		expect(sandbox.specter.articles.get('A-1')?.name).toBe('Sist');
	});

	test('no articles are no call', async () => {
		const run = await send([[], []]);
		expect(run.items).toHaveLength(2);
		expect(calls()).toHaveLength(0);
	});
});

describe('a number that one article gives up and another takes (P7)', () => {
	const known = () =>
		Object.fromEntries([...sandbox.specter.articles.values()].map((one) => [one.articleNo, one]));

	const freed = article('MUGG-1', { newArticleNo: 'MUGG-1-FÖRR', name: 'Den gamla' });
	const taken = article('MUGG-1', { name: 'Den nya' });

	test.each([
		['the rename first', [freed, taken]],
		['the new one first', [taken, freed]],
	])('stays two articles: %s', async (_, rows) => {
		await send([article('MUGG-1')]);
		const { specterArticleId } = known()['MUGG-1'];
		const run = await send(rows);
		expect(run.items).toHaveLength(2);
		expect(known()).toMatchObject({
			'MUGG-1-FÖRR': { specterArticleId, name: 'Den gamla' },
			'MUGG-1': { name: 'Den nya' },
		});
		expect(calls()).toHaveLength(3);
	});

	test('a row of numbers that move up: the last goes first, what shares none goes along', async () => {
		await send([many(3)]);
		const ids = many(3).map(({ articleNo }) => known()[String(articleNo)].specterArticleId);
		const run = await send([
			article('A-1', { newArticleNo: 'A-2' }),
			article('A-2', { newArticleNo: 'A-3' }),
			article('A-3', { newArticleNo: 'A-4' }),
			many(90, 10),
		]);
		expect(run.error).toBeUndefined();
		expect(['A-2', 'A-3', 'A-4'].map((number) => known()[number].specterArticleId)).toEqual(ids);
		expect(calls().map(rowsOf)).toEqual([3, 91, 1, 1]);
	});

	test('new numbers that nothing else names share the call', async () => {
		await send([many(3)]);
		await send([article('A-1', { newArticleNo: 'B-1' }), article('A-2'), article('A-3')]);
		expect(calls().map(rowsOf)).toEqual([3, 3]);
	});

	test('is not sent while a refused rename has left it with the other', async () => {
		await send([[article('MUGG-1'), article('MUGG-1-FÖRR')]]);
		const lists = [taken, freed, article('MUGG-2', { newArticleNo: 'MUGG-1' }), article('A-1')];
		const run = await send(lists, {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => [json.error, json.retryable])).toEqual([
			[
				'The article MUGG-1 was not sent: MUGG-1 is still the number of the article that was to become MUGG-1-FÖRR',
				false,
			],
			[expect.stringContaining('Specter refused to give the article MUGG-1'), false],
			[expect.stringContaining('The article MUGG-2 was not sent: MUGG-1 is still'), false],
			[undefined, undefined],
		]);
		expect(known()['MUGG-1'].name).toBe('Artikel MUGG-1');
	});

	test('may go through later where Specter did not answer to the rename', async () => {
		await send([article('MUGG-1')]);
		sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'status', status: 503, times: 6 });
		const run = await send([freed, taken], {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => json.retryable)).toEqual([true, true]);
		expect(known()['MUGG-1'].name).toBe('Artikel MUGG-1');
	});

	test('two that want each other’s number are both refused', async () => {
		await send([many(2)]);
		const run = await send(
			[article('A-1', { newArticleNo: 'A-2' }), article('A-2', { newArticleNo: 'A-1' })],
			{},
			'continueRegularOutput',
		);
		expect(run.items.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('A-2 is still the number of the article that was to become A-1'),
			expect.stringContaining('A-1 is still the number of the article that was to become A-2'),
		]);
		expect(calls()).toHaveLength(1);
	});

	test('of two new numbers for one article the last is given, and the other item told so', async () => {
		await send([article('A-1')]);
		const run = await send(
			[article('A-1', { newArticleNo: 'B-1' }), article('A-1', { newArticleNo: 'C-1' })],
			{},
			'continueRegularOutput',
		);
		expect(run.items.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('a later item of the run gives it the number C-1'),
			undefined,
		]);
		expect(Object.keys(known())).toEqual(['C-1']);
	});
});

describe('an article that is only made if it is missing', () => {
	const order = (articleNo: string) =>
		article(articleNo, { name: 'Från ordern', onlyIfMissing: true });
	const names = () =>
		[...sandbox.specter.articles.values()].map(({ articleNo, name }) => [articleNo, name]);

	test('is left as it is where Specter has it, in a call without force; the others are written', async () => {
		await send([many(2)]);
		const lists = [[order('A-1'), article('A-2', { name: 'Ny' })], order('A-3')];
		const run = await send(lists);
		expect(run.items.map(({ json }) => json)).toEqual([
			{ outcome: 'updated', articleNos: ['A-1', 'A-2'] },
			{ outcome: 'updated', articleNos: ['A-3'] },
		]);
		expect(names()).toEqual([
			['A-1', 'Artikel A-1'],
			['A-2', 'Ny'],
			['A-3', 'Från ordern'],
		]);
		const sent = calls().slice(1);
		expect(sent.map((call) => [call.params.forceArticleUpdate, rowsOf(call)])).toEqual([
			['1', 1],
			['0', 2],
		]);
		for (const { params } of sent) {
			expect(Object.keys(params).filter((name) => /onlyIfMissing/i.test(name))).toEqual([]);
		}
	});

	test.each([
		['before', [order('A-1'), article('A-1', { name: 'Ny' })]],
		['after', [article('A-1', { name: 'Ny' }), order('A-1')]],
	])('gives way to one that is written, named %s', async (_, lists) => {
		await send([article('A-1')]);
		await send(lists);
		expect(names()).toEqual([['A-1', 'Ny']]);
		expect(calls()).toHaveLength(2);
	});

	test('shares the call with the others where none is overwritten', async () => {
		await send([[order('A-1'), article('A-2')]], { force: false });
		expect(calls().map(rowsOf)).toEqual([2]);
	});

	test('a refused call of such articles is halved without force', async () => {
		await send([article('A-1')]);
		const run = await send(
			[order('A-1'), { ...bad('B-1'), onlyIfMissing: true }],
			{},
			'continueErrorOutput',
		);
		expect(run.failed.map(({ json }) => json.mark)).toEqual([1]);
		expect(names()).toEqual([['A-1', 'Artikel A-1']]);
	});
});

describe('a refused call is halved', () => {
	test.each([1, 37, 50, 51, 100])(
		'one bad row of a hundred, number %i: 99 land, and no more than fifteen calls are made',
		async (position) => {
			const rows = many(100);
			rows[position - 1] = bad(`A-${position}`);
			const run = await send([rows], {}, 'continueErrorOutput');
			expect(sandbox.specter.articles.size).toBe(99);
			expect(sandbox.specter.articles.has(`A-${position}`)).toBe(false);
			expect(calls().length).toBeLessThanOrEqual(1 + 2 * Math.ceil(Math.log2(100)));
			expect(run.items).toEqual([]);
			expect(run.failed[0].json).toMatchObject({
				mark: 0,
				error:
					`Specter refused the article A-${position}: Row 1: name_1 is missing (code 3)`.replace(
						'name_1',
						'name',
					),
			});
		},
	);

	test('only the item with the bad row fails; it keeps its input', async () => {
		const lists = [many(10), [article('B-1'), bad('B-2')], many(10, 11)];
		const run = await send(lists, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(run.failed).toHaveLength(1);
		expect(run.failed[0].json).toMatchObject({ mark: 1, articles: lists[1] });
		expect(run.failed[0].json.error).toContain('Specter refused the article B-2');
		expect(sandbox.specter.articles.has('B-1')).toBe(true);
		expect(sandbox.specter.articles.size).toBe(21);
	});

	test('several bad rows each stand alone in the end', async () => {
		const rows = many(64).map((row, index) => (index % 20 === 3 ? bad(`A-${index + 1}`) : row));
		await send([rows], {}, 'continueErrorOutput');
		expect(sandbox.specter.articles.size).toBe(60);
	});

	test('without error output the node stops with the article’s reason; the good ones have landed', async () => {
		const run = await send([[...many(3), bad('B-1')]]);
		expect(run.error?.message).toContain('Specter refused the article B-1');
		expect(run.error?.description).toContain('run the item again');
		expect(sandbox.specter.articles.size).toBe(3);
		expectNoSecrets(sandbox, run);
	});

	test('an item that cannot be read keeps no other from being sent', async () => {
		const lists = [
			{ articleNo: '' },
			many(2),
			'no JSON',
			[{ ...article('C'), priceExclVAT: '1,5' }],
		];
		const run = await send(lists, {}, 'continueErrorOutput');
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed.map(({ json }) => [json.mark, json.error])).toEqual([
			[0, 'The article cannot be used: articleNo is "": a value is required'],
			[2, 'The parameter articles holds no record'],
			[
				3,
				'The article cannot be used: priceExclVAT is "1,5": a number is wanted, with a decimal point',
			],
		]);
		expect([...sandbox.specter.articles.keys()]).toEqual(['A-1', 'A-2']);
	});
});

describe('what goes wrong on the way', () => {
	test.each(['drop-before-commit', 'drop-after-commit', 'garbage'] as const)(
		'%s: sent again whole, not halved',
		async (kind) => {
			sandbox.specter.faults.add({ on: 'newArticleSubmit', kind });
			const run = await send([many(100)]);
			expect(run.items).toHaveLength(1);
			expect(calls().map(rowsOf)).toEqual([100, 100]);
			expect(sandbox.specter.articles.size).toBe(100);
		},
	);

	test('a new number that was given before the connection broke is not given twice (P7)', async () => {
		await send([many(3)]);
		sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'drop-after-commit' });
		const run = await send([
			article('A-1', { priceExclVAT: 7 }),
			article('A-2', { newArticleNo: 'B-2', priceExclVAT: 8 }),
			article('A-3', { priceExclVAT: 9 }),
		]);
		expect(run.items).toHaveLength(3);
		const prices = [...sandbox.specter.articles.values()].map(
			({ articleNo, priceExclVAT }) => [articleNo, priceExclVAT] as const,
		);
		expect(prices.sort()).toEqual([
			['A-1', '7.00'],
			['A-3', '9.00'],
			['B-2', '8.00'],
		]);
	});

	test('a new number that another article has is refused, and neither is written over (P7)', async () => {
		await send([[article('A-1'), article('B-1')]]);
		const run = await send(
			[article('A-1', { newArticleNo: 'B-1', name: 'Ny' })],
			{},
			'continueRegularOutput',
		);
		expect(run.items[0].json).toMatchObject({
			error: expect.stringContaining('Specter refused to give the article A-1 the number B-1'),
			retryable: false,
		});
		const names = [...sandbox.specter.articles.values()].map(({ name }) => name);
		expect(names).toEqual(['Artikel A-1', 'Artikel B-1']);
	});

	test('a rename in doubt about which Specter is silent at last may go through later (P7)', async () => {
		const server = await standIn((_, index) => {
			if (index === 1) return { body: '0;11;Article B-1 exists' };
			return index === 0 ? undefined : { status: 503 };
		});
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const run = await runNode(
			{ specter: { credentials }, vendre: sandbox.vendre },
			'specter',
			{ resource: 'article', operation: 'createOrUpdate' },
			[{ articles: article('A-1', { newArticleNo: 'B-1' }) }],
			'continueRegularOutput',
		);
		expect(run.items[0].json).toMatchObject({
			error: expect.stringContaining('HTTP status 503'),
			retryable: true,
		});
	});

	test('a rename that an earlier run may have made is found under its new number (P7)', async () => {
		await send([article('B-1', { name: 'Omdöpt' })]);
		const renamed = { newArticleNo: 'B-1', name: 'Ny', mayBeRenamed: true };
		const run = await send([article('A-1', renamed)]);
		expect(run.error).toBeUndefined();
		expect([...sandbox.specter.articles.values()].map(({ name }) => name)).toEqual(['Ny']);
		expect(calls().map(({ params }) => Object.keys(params).join())).not.toContain('mayBeRenamed');
	});

	test('articles that Specter did not answer about may go through later', async () => {
		sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'status', status: 503, times: 6 });
		const run = await send([article('A-1')], {}, 'continueRegularOutput');
		expect(run.items[0].json).toMatchObject({ retryable: true });
	});

	test('a call that is never answered fails its own items only', async () => {
		sandbox.specter.faults.add({ on: 'newArticleSubmit', kind: 'status', status: 503, times: 6 });
		const run = await send(
			[many(100), many(5, 101)],
			{ options: { parallelRequests: 1 } },
			'continueErrorOutput',
		);
		expect(calls()).toHaveLength(7);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(run.failed[0].json.error).toBe(
			'Specter answered newArticleSubmit with HTTP status 503 and nothing that can be read (6 tries)',
		);
		expectNoSecrets(sandbox, run);
	});

	test('a half that is never answered does not fail the half that landed', async () => {
		const answers = ['0;7;A row is wrong', '1;1;Done'];
		const server = await standIn((_, index) =>
			answers[index] === undefined ? undefined : { body: answers[index] },
		);
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const run = await runNode(
			{ specter: { credentials }, vendre: sandbox.vendre },
			'specter',
			{ resource: 'article', operation: 'createOrUpdate' },
			[{ articles: many(2) }, { articles: many(2, 3) }],
			'continueErrorOutput',
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(run.failed[0].json.error).toContain('gave no answer to newArticleSubmit');
	});
});
