import { pauses } from './withoutPauses';
import { ExecuteContext } from 'n8n-core';
import { sleep, type IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { timePasses } from './clock';
import { runNode, type OnError, type Systems } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';

const running: Sandbox[] = [];
let sandbox: Sandbox;

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ products: 1, ...options });
	running.push(started);
	return started;
}

beforeEach(async () => (sandbox = await start()));
afterEach(async () => {
	jest.restoreAllMocks();
	await Promise.all(running.splice(0).map(async (each) => await each.stop()));
});

const run = async (
	resource: string,
	operation: string,
	parameters: IDataObject = {},
	input: IDataObject[] = [{}],
	onError?: OnError,
	systems: Systems = sandbox,
) => await runNode(systems, 'specter', { resource, operation, ...parameters }, input, onError);

const fetchStock = async (options: IDataObject = {}, systems: Systems = sandbox) =>
	await run('stockChange', 'getPending', { options }, [{}], undefined, systems);

const confirm = async (resource: string, input: IDataObject[], onError?: OnError) =>
	await run(resource, 'confirm', {}, input, onError);

const jsonOf = ({ items }: { items: Array<{ json: IDataObject }> }) =>
	items.map(({ json }) => json);
/** A Specter that answers as the test says, where the sandbox would answer otherwise. */
async function answering(answer: Parameters<typeof standIn>[0]) {
	const { url, requests } = await standIn(answer);
	const credentials = { ...sandbox.specter.credentials, baseUrl: url };
	const batches = () =>
		requests.map((request) => new URL(request.url, url).searchParams.get('batchNo') ?? '');
	return { systems: { ...sandbox, specter: { credentials } }, requests, batches };
}

const actions = (of = sandbox) => of.specter.calls.map(({ action }) => action);

/** An article with stock, which stands in the stock queue and in the article queue. */
function stocked(articleNo: string, available: number | null, { specter } = sandbox) {
	specter.addArticle(articleNo, { name: `Artikel ${articleNo}`, priceExclVAT: '80.00' });
	specter.setStock(articleNo, available);
}

describe('Get Pending of stock changes (S1, S2)', () => {
	test.each(['xml', 'text'])('gives one item per record with its batch, as %s', async (format) => {
		stocked('KÅSA-1', 2.5);
		stocked('B', -3);
		stocked('C', null);
		const fetched = await fetchStock({ format });
		const { items } = fetched;
		const [{ json: first }] = items;
		expect(items.map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toEqual([
			expect.objectContaining({
				articleNo: 'KÅSA-1',
				noItemsAvailable: 2.5,
				batchNo: first.batchNo,
			}),
			expect.objectContaining({ articleNo: 'B', noItemsAvailable: -3, batchNo: first.batchNo }),
			expect.objectContaining({ articleNo: 'C', noItemsAvailable: null, note: expect.any(String) }),
		]);
		expect(first).toMatchObject({ recovered: false, moreToCome: false });
		expect(first.batchNo).toMatch(/^[0-9a-f]{32}$/);
		expect(sandbox.specter.stockQueue.openBatchNo).toBe(first.batchNo);
		expectNoSecrets(sandbox, fetched);
	});

	test('gives nothing where nothing is pending, and runs once however many items come', async () => {
		const { items, error } = await run('stockChange', 'getPending', {}, [{}, {}, {}]);
		expect([items, error]).toEqual([[], undefined]);
		expect(actions()).toEqual(['getArticleExternalNeedUpdate']);
	});

	test('adds the numbers of further stock sites where asked to', async () => {
		stocked('A', 5);
		sandbox.specter.setStock('A', 40, 'Butik');
		const [plain] = jsonOf(await fetchStock());
		expect(plain).toMatchObject({ articleNo: 'A', noItemsAvailable: 5 });
		expect(plain).not.toHaveProperty('otherSites');
		const [all] = jsonOf(await fetchStock({ otherSites: true }));
		expect(all).toMatchObject({ articleNo: 'A', noItemsAvailable: 5, otherSites: [40] });
	});

	test('fetches a batch again that an earlier run left open', async () => {
		stocked('A', 5);
		const [lost] = jsonOf(await fetchStock());
		stocked('B', 6);
		const again = jsonOf(await fetchStock());
		expect(again).toEqual([
			expect.objectContaining({ articleNo: 'A', batchNo: lost.batchNo, recovered: true }),
		]);
		await confirm('stockChange', again);
		expect(jsonOf(await fetchStock())).toEqual([
			expect.objectContaining({ articleNo: 'B', recovered: false }),
		]);
	});

	test('fetches it again in the same moment where it is not to be left to others', async () => {
		const now = Date.now();
		jest.spyOn(Date, 'now').mockReturnValue(now);
		stocked('A', 5);
		await fetchStock();
		expect(jsonOf(await fetchStock())).toEqual([expect.objectContaining({ recovered: true })]);
	});

	test('fetches the same batch where its answer got lost', async () => {
		stocked('A', 5);
		sandbox.specter.faults.add({ on: 'getArticleExternalNeedUpdate', kind: 'drop-after-commit' });
		const [change] = jsonOf(await fetchStock());
		expect(change).toMatchObject({ articleNo: 'A', recovered: false });
		expect(sandbox.specter.stockQueue.openBatchNo).toBe(change.batchNo);
	});

	test.each(['garbage', 'malformed'] as const)('asks again after a %s answer', async (kind) => {
		stocked('A', 5);
		sandbox.specter.faults.add({ on: 'getArticleExternalNeedUpdate', kind, times: 2 });
		expect(jsonOf(await fetchStock())).toEqual([expect.objectContaining({ articleNo: 'A' })]);
		expect(actions()).toHaveLength(3);
	});

	test('says so when no answer can be read, and confirms nothing', async () => {
		stocked('A', 5);
		sandbox.specter.faults.add({
			on: 'getArticleExternalNeedUpdate',
			kind: 'garbage',
			times: 99,
		});
		const fetched = await fetchStock();
		expect(fetched.error?.message).toMatch(/getArticleExternalNeedUpdate/);
		expect(actions()).not.toContain('updateArticlesFromBatch');
		expectNoSecrets(sandbox, fetched);
	});

	test('says so when Specter refuses', async () => {
		const { systems } = await answering(() => ({ body: '0;7;Fel nyckel' }));
		const { error } = await fetchStock({}, systems);
		expect(error?.message).toContain('Fel nyckel (code 7)');
	});

	test('closes an open batch that holds nothing, and fetches the next', async () => {
		sandbox = await start({ specterDialect: { emptyBatchStaysOpen: true } });
		expect(jsonOf(await fetchStock())).toEqual([]);
		stocked('A', 5);
		expect(jsonOf(await fetchStock())).toEqual([expect.objectContaining({ articleNo: 'A' })]);
	});

	test('does not take a blank page for an open batch that holds nothing', async () => {
		const open = 'f'.repeat(32);
		const { systems, requests } = await answering(({ url }) => {
			if (!url.includes(open)) return { body: `0;99;Batch '${open}' is open` };
			return { body: url.includes('updateArticlesFromBatch') ? '1;Done' : '' };
		});
		const { error } = await fetchStock({ format: 'text' }, systems);
		expect(error).toBeDefined();
		expect(requests.filter(({ url }) => url.includes('updateArticles'))).toEqual([]);
	});

	test.each(['', '1;;Inget nytt'])('takes %j for nothing where no batch is open', async (body) => {
		const { systems, requests } = await answering(() => ({ body }));
		const { items, error } = await fetchStock({ format: 'text' }, systems);
		expect([items, error]).toEqual([[], undefined]);
		expect(requests).toHaveLength(1);
	});

	test('begins a new batch where the open one has been confirmed by somebody else', async () => {
		const open = 'e'.repeat(32);
		const stock =
			'<root><stockChanges><stock><articles><article><articleNo>A</articleNo><noItemsAv>5</noItemsAv></article></articles></stock></stockChanges></root>';
		const { systems, batches } = await answering(({ url }, index) => {
			if (index === 0) return { body: `0;99;Batch '${open}' is open` };
			return { body: url.includes(open) ? '0;98;Batch is closed' : stock };
		});
		const [change] = jsonOf(await fetchStock({}, systems));
		const [first, second, third] = batches();
		expect([second, new Set([first, open, third]).size]).toEqual([open, 3]);
		expect(change).toMatchObject({ articleNo: 'A', batchNo: third, recovered: false });
	});

	test('gives up for this time where others open and close batches all the time', async () => {
		const { systems, requests } = await answering((_, index) => ({
			body: `0;99;Batch '${index.toString(16).padStart(32, 'f')}' is open`,
		}));
		const { items } = await run(
			'stockChange',
			'getPending',
			{},
			[{}],
			'continueRegularOutput',
			systems,
		);
		expect(items[0].json).toMatchObject({
			error: expect.stringContaining('fetched by somebody else'),
			retryable: true,
		});
		expect(requests).toHaveLength(5);
	});
});

describe('a batch in other hands', () => {
	const patient = { takeUpAfter: 60 };
	/** A batch that another process opened so many seconds ago. */
	function openedElsewhere(secondsAgo: number) {
		const time = (Date.now() - secondsAgo * 1000).toString(16).padStart(12, '0');
		const batchNo = time + 'c0ffee'.repeat(4).slice(0, 20);
		sandbox.specter.stockQueue.fetch(batchNo);
	}

	test('is left to them while it is young', async () => {
		stocked('A', 5);
		openedElsewhere(50);
		expect(jsonOf(await fetchStock(patient))).toEqual([]);
		expect(actions()).toEqual(['getArticleExternalNeedUpdate']);
	});

	test('is left to an execution of the same n8n that took it up again', async () => {
		stocked('A', 5);
		openedElsewhere(600);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
		expect(jsonOf(await fetchStock(patient))).toEqual([]);
		timePasses(61);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('stays with an execution of the same n8n whose clock is put forward', async () => {
		stocked('A', 5);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_200_000);
		expect(jsonOf(await fetchStock(patient))).toEqual([]);
	});

	test('stays with an execution of the same n8n that is slow, as long as it asks the shop for anything', async () => {
		stocked('A', 5);
		const get = { resource: 'stockChange', operation: 'getPending', options: patient };
		const read = { resource: 'product', operation: 'getAll', limit: 1 };
		const { items } = await runNode(sandbox, 'specter', get, [{}], undefined, 'slow');
		expect(items).toHaveLength(1);
		timePasses(59);
		await runNode(sandbox, 'vendre', read, [{}], undefined, 'slow');
		timePasses(59);
		expect(jsonOf(await fetchStock(patient))).toEqual([]);
		timePasses(2);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is taken up at once where it was left open on purpose', async () => {
		stocked('A', 5);
		const [record] = jsonOf(await fetchStock(patient));
		await confirm('stockChange', [{ ...record, retryable: true }]);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is taken up at once where its confirmation did not go through', async () => {
		stocked('A', 5);
		const records = jsonOf(await fetchStock(patient));
		sandbox.specter.faults.add({
			on: 'updateArticlesFromBatch',
			kind: 'status',
			status: 500,
			times: 99,
		});
		expect((await confirm('stockChange', records)).error).toBeDefined();
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is taken up at once where the answer with its records never came', async () => {
		stocked('A', 5);
		const fault = { on: 'getArticleExternalNeedUpdate', kind: 'drop-after-commit' } as const;
		sandbox.specter.faults.add({ ...fault, times: 6 });
		expect((await fetchStock(patient)).error).toBeDefined();
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('goes to one of two executions that find it in the same moment', async () => {
		stocked('A', 5);
		openedElsewhere(600);
		const both = await Promise.all([fetchStock(patient), fetchStock(patient)]);
		expect(both.map(({ items }) => items.length).sort()).toEqual([0, 1]);
	});

	test('of a number that is not ours is taken up at once', async () => {
		stocked('A', 5);
		sandbox.specter.stockQueue.fetch('f'.repeat(32));
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is taken up at once by a manual execution', async () => {
		stocked('A', 5);
		openedElsewhere(0);
		jest.spyOn(ExecuteContext.prototype, 'getMode').mockReturnValue('manual');
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is not thought to be in any where it holds nothing', async () => {
		sandbox = await start({ specterDialect: { emptyBatchStaysOpen: true } });
		expect(jsonOf(await fetchStock(patient))).toEqual([]);
		stocked('A', 5);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});

	test('is taken up when it is old', async () => {
		stocked('A', 5);
		openedElsewhere(0);
		timePasses(61);
		expect(jsonOf(await fetchStock(patient))).toHaveLength(1);
	});
});

describe('Get Pending of article changes', () => {
	test('fetches a batch again that an earlier run left open', async () => {
		stocked('A', 5);
		const [lost] = jsonOf(await run('articleChange', 'getPending'));
		stocked('B', 6);
		expect(jsonOf(await run('articleChange', 'getPending'))).toEqual([
			expect.objectContaining({ articleNo: 'A', batchNo: lost.batchNo, recovered: true }),
		]);
	});

	test('gives a page at a time, the next one after the confirmation', async () => {
		sandbox = await start({ specterDialect: { articlesPerBatch: 2 } });
		for (const articleNo of ['A', 'B', 'C']) stocked(articleNo, 1);
		const pages: unknown[][] = [];
		for (;;) {
			const page = jsonOf(await run('articleChange', 'getPending'));
			if (page.length === 0) break;
			pages.push(page.map(({ articleNo, moreToCome }) => [articleNo, moreToCome]));
			await confirm('articleChange', page);
		}
		expect(pages).toEqual([
			[
				['A', true],
				['B', true],
			],
			[['C', false]],
		]);
	});

	test('tells a renamed and a deleted article (A9, A17)', async () => {
		stocked('GAMMAL', 1);
		stocked('BORT', 1);
		sandbox.specter.editArticle('GAMMAL', { articleNo: 'NY', priceExclVAT: '99.50' });
		sandbox.specter.deleteArticle('BORT');
		expect(jsonOf(await run('articleChange', 'getPending'))).toEqual([
			expect.objectContaining({ articleNo: 'NY', oldArticleNo: 'GAMMAL', priceExclVAT: '99.50' }),
			expect.objectContaining({ articleNo: 'BORT', deleted: true }),
		]);
	});
});

test('Get Pending of order changes gives status and deliveries (T1)', async () => {
	const body =
		'<root><moreInfoToFetch>1</moreInfoToFetch><orders><order orderNo="70001" externalOrderNo="20001"><orderstatus deliveryStatus="D" statusId="3"/></order></orders></root>';
	const { systems, requests } = await answering(() => ({ body }));
	const fetched = await run('orderChange', 'getPending', {}, [{}], undefined, systems);
	expect(jsonOf(fetched)).toEqual([
		expect.objectContaining({ orderNo: '70001', deliveryStatus: 'D', moreToCome: true }),
	]);
	expect(requests[0].url).toContain('getOrdersExternalNeedUpdate');
});

describe('Confirm', () => {
	const batch = async () => jsonOf(await fetchStock());

	test('takes the batch out of the queue, once for all its records', async () => {
		stocked('A', 5);
		stocked('B', 6);
		const { items } = await confirm('stockChange', await batch());
		expect(items).toEqual([
			{
				json: expect.objectContaining({ outcome: 'confirmed', records: 2, toRetry: 0 }),
				pairedItem: [{ item: 0 }, { item: 1 }],
			},
		]);
		expect(actions()).toEqual(['getArticleExternalNeedUpdate', 'updateArticlesFromBatch']);
		expect(sandbox.specter.stockQueue.openBatchNo).toBeUndefined();
	});

	test('leaves a batch open while one of its records may go through later', async () => {
		stocked('A', 5);
		stocked('B', 6);
		const [first, second] = await batch();
		const failed = { ...second, error: 'No answer', retryable: true };
		const { items } = await confirm('stockChange', [first, failed]);
		expect(items[0].json).toMatchObject({ outcome: 'keptOpen', records: 2, toRetry: 1 });
		expect(actions()).not.toContain('updateArticlesFromBatch');
		expect(await batch()).toHaveLength(2);
	});

	test('does not hold a batch for a record that failed for good', async () => {
		stocked('A', 5);
		const [record] = await batch();
		const { items } = await confirm('stockChange', [
			{ ...record, error: 'Refused', retryable: false },
		]);
		expect(items[0].json).toMatchObject({ outcome: 'confirmed' });
	});

	test.each([
		[23, 'keptOpen'],
		[25, 'confirmed'],
	])('holds no batch for more than a day: after %i hours it is %s', async (hours, outcome) => {
		stocked('A', 5);
		const [record] = await batch();
		timePasses(hours * 3_600);
		const { items } = await confirm('stockChange', [{ ...record, retryable: true }]);
		expect(items[0].json).toMatchObject({ outcome, toRetry: 1 });
	});

	test.each([
		[1, 'confirmed'],
		[2, 'keptOpen'],
	])(
		'where one record may be kept elsewhere, %i that failed leave the batch %s',
		async (failures, outcome) => {
			for (const articleNo of ['A', 'B', 'C']) stocked(articleNo, 5);
			const records = (await batch()).map((record, index) => ({
				...record,
				retryable: index < failures,
			}));
			const options = { holdAbove: 1 };
			const { items } = await run('stockChange', 'confirm', { options }, records);
			expect(items[0].json).toMatchObject({ outcome, toRetry: failures });
		},
	);

	test('leaves a batch open whose number does not tell its age', async () => {
		const { items } = await confirm('stockChange', [{ batchNo: 'f'.repeat(32), retryable: true }]);
		expect(items[0].json).toMatchObject({ outcome: 'keptOpen' });
	});

	test('one batch that cannot be confirmed does not stop the others', async () => {
		stocked('A', 5);
		const input = [...(await batch()), { articleNo: 'B' }];
		const { items } = await confirm('stockChange', input, 'continueRegularOutput');
		expect(items).toEqual([
			{ json: expect.objectContaining({ outcome: 'confirmed' }), pairedItem: [{ item: 0 }] },
			{
				json: expect.objectContaining({
					articleNo: 'B',
					error: expect.stringContaining('no batch'),
				}),
				pairedItem: { item: 1 },
			},
		]);
	});

	test('is done where the answer to the confirmation got lost', async () => {
		stocked('A', 5);
		const records = await batch();
		sandbox.specter.faults.add({ on: 'updateArticlesFromBatch', kind: 'drop-after-commit' });
		const { items } = await confirm('stockChange', records);
		expect(items[0].json).toMatchObject({ outcome: 'unchanged' });
		expect(sandbox.specter.stockQueue.openBatchNo).toBeUndefined();
	});

	test.each(['stockChange', 'articleChange'])(
		'is done where another batch of %s is open by then',
		async (resource) => {
			stocked('A', 5);
			const records = jsonOf(await run(resource, 'getPending'));
			await confirm(resource, records);
			stocked('B', 6);
			await run(resource, 'getPending');
			const { items } = await confirm(resource, records);
			expect(items[0].json).toMatchObject({ outcome: 'unchanged' });
		},
	);

	const [own, other] = ['a'.repeat(32), 'b'.repeat(32)];
	const confirmAgainst = async (resource: string, body: string) => {
		const { systems } = await answering(() => ({ body }));
		return await run(resource, 'confirm', {}, [{ batchNo: own }], 'continueErrorOutput', systems);
	};
	const closed = `batch '${own}' cannot be confirmed`;
	test.each([
		['stockChange', `batch '${other}' is open; ${closed}`],
		['articleChange', `${closed}; batch '${other}' is open`],
		['orderChange', `${closed}; batch '${other}' is open`],
		['orderChange', `batch '${other}' is open`],
	])('of %s is done where Specter says: %s', async (resource, message) => {
		const { items } = await confirmAgainst(resource, `0;99;${message}`);
		expect(items[0].json).toMatchObject({ outcome: 'unchanged', message });
	});

	test('says so when the batch itself is still open', async () => {
		const { failed } = await confirmAgainst('stockChange', `0;99;batch '${own}' is open`);
		expect(failed[0].json.error).toContain(`to confirm the batch ${own}`);
	});

	test('says so when Specter refuses the batch', async () => {
		stocked('A', 5);
		const records = await batch();
		await confirm('stockChange', records);
		const run = await confirm('stockChange', records, 'continueErrorOutput');
		expect(run.failed).toHaveLength(1);
		expect(run.failed[0].json.error).toContain('to confirm the batch');
	});

	test('says so when a record names no batch', async () => {
		const { error } = await confirm('stockChange', [{}]);
		expect(error?.message).toContain('name no batch');
		expect(actions()).toEqual([]);
	});
});

test('Resend All has all stock reported again', async () => {
	stocked('A', 5);
	await confirm('stockChange', jsonOf(await fetchStock()));
	const { items } = await run('stockChange', 'resendAll', {}, [{}, {}]);
	expect(items).toEqual([
		{ json: expect.objectContaining({ outcome: 'requested' }), pairedItem: { item: 0 } },
	]);
	expect(jsonOf(await fetchStock())).toEqual([expect.objectContaining({ articleNo: 'A' })]);
});

describe('Resend All while a stock batch is in other hands', () => {
	const patient = { options: { takeUpAfter: 60 } };
	const resend = async () => await run('stockChange', 'resendAll', patient);

	test('waits until it is confirmed, so that no old number is written after the new one', async () => {
		stocked('A', 10);
		const [old] = jsonOf(await fetchStock(patient.options));
		sandbox.specter.setStock('A', 20);
		jest.mocked(sleep).mockImplementationOnce(async () => {
			expect(actions()).not.toContain('clearArticleBatch');
			await confirm('stockChange', [old]);
		});
		expect(jsonOf(await resend())).toEqual([expect.objectContaining({ outcome: 'requested' })]);
		expect(pauses()).toHaveLength(1);
		expect(jsonOf(await fetchStock(patient.options))).toEqual([
			expect.objectContaining({ articleNo: 'A', noItemsAvailable: 20 }),
		]);
	});

	test('comes next, before those who fetch again as soon as they have confirmed', async () => {
		stocked('A', 10);
		const [old] = jsonOf(await fetchStock(patient.options));
		const account = await start();
		stocked('B', 30, account);
		let others: IDataObject[] | undefined;
		let anotherAccounts: IDataObject[] | undefined;
		jest.mocked(sleep).mockImplementationOnce(async () => {
			await confirm('stockChange', [old]);
			sandbox.specter.setStock('A', 20);
			others = jsonOf(await fetchStock(patient.options));
			anotherAccounts = jsonOf(await fetchStock(patient.options, account));
		});
		expect(jsonOf(await resend())).toEqual([expect.objectContaining({ outcome: 'requested' })]);
		expect(others).toEqual([]);
		expect(anotherAccounts).toHaveLength(1);
		expect(jsonOf(await fetchStock(patient.options))).toEqual([
			expect.objectContaining({ articleNo: 'A', noItemsAvailable: 20 }),
		]);
	});

	test('gives up after that time, to be tried again, and has taken nothing from anybody', async () => {
		stocked('A', 10);
		const [record] = jsonOf(await fetchStock(patient.options));
		const { error } = await resend();
		expect(error?.message).toContain('Other executions are at work on stock changes');
		expect(error?.context?.retryable).toBe(true);
		expect(actions()).not.toContain('clearArticleBatch');
		expect(sandbox.specter.stockQueue.openBatchNo).toBe(record.batchNo);
	});

	test('lets nobody begin on what it found pending before Specter has been asked', async () => {
		stocked('A', 10);
		let others: IDataObject[] | undefined;
		sandbox.specter.faults.add({ on: 'clearArticleBatch', kind: 'status', status: 503 });
		jest.mocked(sleep).mockImplementationOnce(async () => {
			others = jsonOf(await fetchStock(patient.options));
		});
		await resend();
		expect(others).toEqual([]);
		expect(jsonOf(await fetchStock(patient.options))).toHaveLength(1);
	});

	test('leaves its batch to whoever fetches next where Specter did not answer', async () => {
		stocked('A', 10);
		const fault = { on: 'clearArticleBatch', kind: 'status', status: 503 } as const;
		sandbox.specter.faults.add({ ...fault, times: 99 });
		expect((await resend()).error?.context?.retryable).toBe(true);
		expect(jsonOf(await fetchStock(patient.options))).toHaveLength(1);
	});

	test('asks at once where no time is left to others', async () => {
		stocked('A', 10);
		await fetchStock();
		await run('stockChange', 'resendAll');
		expect(actions().slice(-1)).toEqual(['clearArticleBatch']);
		expect(pauses()).toEqual([]);
	});
});

test('Resend All says so when Specter refuses', async () => {
	const { systems } = await answering(() => ({ body: '0;5;Saknas' }));
	const { error } = await run('stockChange', 'resendAll', {}, [{}], undefined, systems);
	expect(error?.message).toBe('Specter refused to report all stock again: Saknas (code 5)');
});

describe('Account: Check', () => {
	test('says that Specter takes the credential, and changes no call-back', async () => {
		sandbox.specter.callBacks.register('actionStockChange', 'https://other.example/stock');
		expect(jsonOf(await run('account', 'check'))).toEqual([
			expect.objectContaining({ outcome: 'accepted' }),
		]);
		expect([...sandbox.specter.callBacks.urls]).toEqual([
			['actionStockChange', 'https://other.example/stock'],
		]);
	});

	test('says so when Specter does not', async () => {
		const systems = {
			...sandbox,
			specter: { credentials: { ...sandbox.specter.credentials, apiUserKey: 'wrong' } },
		};
		const { error } = await run('account', 'check', {}, [{}], undefined, systems);
		expect(error?.message).toMatch(/^Specter refused the account/);
	});
});
