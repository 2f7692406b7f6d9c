import { SpecterAccount, type Confirmation } from '../../sandbox/specter/account';
import { callSpecter, type Params } from './client';

const FIRST = '1'.repeat(32);
const SECOND = '2'.repeat(32);

let account: SpecterAccount;

const call = async (action: string, batchNo: string, params: Params = {}) =>
	await callSpecter(account, action, batchNo, { batchNo, ...params });
const fetchStock = async (batchNo: string, params: Params = {}) =>
	await call('getArticleExternalNeedUpdate', batchNo, params);
const confirmStock = async (batchNo: string) => await call('updateArticlesFromBatch', batchNo);

beforeEach(async () => {
	account = new SpecterAccount({ articlesPerBatch: 2, ordersPerBatch: 1 });
	await account.start();
});

afterEach(async () => await account.stop());

describe('stock', () => {
	beforeEach(() => {
		account.articleRegister.add('KÅSA-1');
		account.articleRegister.add('B');
		account.setStock('KÅSA-1', 4.5);
		account.setStock('B', -2);
	});

	test('comes as rows that end with CR, the first one names the fields', async () => {
		expect(await fetchStock(FIRST)).toBe(
			[
				'specterArticleId;articleNo;noItemsAvailable;batchId\r',
				`50001;KÅSA-1;4.5;${FIRST}\r`,
				`50002;B;-2;${FIRST}\r`,
			].join(''),
		);
	});

	test('comes as XML with a decimal comma, the main site first', async () => {
		account.setStock('B', 9, 'Butiken');
		const oneSite = await fetchStock(FIRST, { useXML: 2 });
		expect(oneSite).toContain('<root><stockChanges><stock><articles><article>');
		expect(oneSite).toContain('<articleNo>KÅSA-1</articleNo><noItemsAv>4,5</noItemsAv>');
		expect(oneSite).not.toContain('<noItemsAv>9</noItemsAv>');
		const bothSites = await fetchStock(FIRST, { useXML: 2, getMultipleStocksites: 1 });
		expect(bothSites.match(/<stock>/g)).toHaveLength(2);
		expect(bothSites.indexOf('>-2<')).toBeLessThan(bothSites.indexOf('>9<'));
	});

	test('says noItemsAvailable where there is no number to tell', async () => {
		account.setStock('B', null);
		expect(await fetchStock(FIRST, { useXML: 2 })).toContain(
			'<noItemsAv>noItemsAvailable</noItemsAv>',
		);
	});

	test('has one open batch, whose number is the first one in quotes', async () => {
		await fetchStock(FIRST);
		const quoted = (answer: string) => [...answer.matchAll(/'(\w+)'/g)].map(([, text]) => text);
		for (const refuse of [fetchStock, confirmStock]) {
			const answer = await refuse(SECOND);
			expect(answer).toMatch(/^0;99;/);
			expect(quoted(answer)).toEqual([FIRST, SECOND]);
		}
		expect(await fetchStock(FIRST)).toContain('KÅSA-1');
		expect(await confirmStock(FIRST)).toMatch(/^1;/);
		expect(await fetchStock(SECOND)).toBe('specterArticleId;articleNo;noItemsAvailable;batchId\r');
	});

	test('keeps a change that comes while the batch is open', async () => {
		await fetchStock(FIRST);
		account.setStock('B', 3);
		await confirmStock(FIRST);
		expect(await fetchStock(SECOND)).toContain(`;B;3;${SECOND}`);
	});

	test('says that a batch is confirmed while its records still stand in it', async () => {
		const heard: Array<Confirmation & { open: string | undefined }> = [];
		account.on('confirm', (confirmation: Confirmation) =>
			heard.push({ ...confirmation, open: account.stockQueue.openBatchNo }),
		);
		await fetchStock(FIRST);
		account.setStock('B', 3);
		await confirmStock(SECOND);
		expect(heard).toEqual([]);
		await confirmStock(FIRST);
		const [first, second] = [...account.articles.values()];
		expect(heard).toEqual([
			{
				queue: 'stock',
				batchNo: FIRST,
				records: [first, second],
				changedSince: [second],
				open: FIRST,
			},
		]);
	});

	test('takes a batch number once, and only 32 hexadecimal digits', async () => {
		await fetchStock(FIRST);
		await confirmStock(FIRST);
		expect(await fetchStock(FIRST)).toMatch(/^0;98;/);
		expect(await confirmStock(FIRST)).toMatch(/^0;98;/);
		expect(await fetchStock('batch-1')).toMatch(/^0;3;batchNo must be 32 hexadecimal digits/);
	});

	test('of a new article is not told until it changes', async () => {
		account.addArticle('C', { stock: [{ site: 'Huvudlager', available: 3 }] });
		expect(await fetchStock(FIRST)).not.toContain(';C;');
		await confirmStock(FIRST);
		account.setStock('C', 3);
		expect(await fetchStock(SECOND)).toContain(`;C;3;${SECOND}`);
	});

	test('is reported all over again after clearArticleBatch', async () => {
		await fetchStock(FIRST);
		expect(await call('clearArticleBatch', FIRST, { clearSelf: 1 })).toMatch(/^1;/);
		expect((await fetchStock(SECOND)).split('\r')).toHaveLength(4);
	});
});

describe('articles', () => {
	const fetchArticles = async (batchNo: string) =>
		await call('getArticleInfoExternalNeedUpdate', batchNo, { useXML: 2 });

	test('come with their fields, renamed and deleted ones too', async () => {
		account.addArticle('A', {
			name: 'Kåsa & co',
			priceExclVAT: '279.20',
			notes: 'Ömtålig',
			suppliers: [{ supplierNo: '7', name: 'Bruk', buyPrice: '99.50', articleNo: 'B-7' }],
		});
		account.editArticle('A', { articleNo: 'A2' });
		account.addArticle('GONE');
		account.deleteArticle('GONE');
		const answer = await fetchArticles(FIRST);
		expect(answer).toContain('<responseMaxLimit>2</responseMaxLimit>');
		expect(answer).toContain('priceExclVat="279,20"');
		expect(answer).toContain('oldArticleNo="A"');
		expect(answer).toContain('<articleNo>A2</articleNo><name>Kåsa &amp; co</name>');
		expect(answer).toContain(
			'<supplier supplierNo="7" name="Bruk" buyPrice="99,50" articleNo="B-7"/>',
		);
		expect(answer).toMatch(/deleted="1" oldArticleNo="">\s*<articleNo>GONE/);
	});

	test('come in batches of the limit, and need XML', async () => {
		for (const articleNo of ['A', 'B', 'C']) account.addArticle(articleNo);
		expect((await fetchArticles(FIRST)).match(/<article /g)).toHaveLength(2);
		await call('updateArticleInfosFromBatch', FIRST);
		expect((await fetchArticles(SECOND)).match(/<article /g)).toHaveLength(1);
		expect(await call('getArticleInfoExternalNeedUpdate', SECOND)).toMatch(/useXML=2/);
	});

	test('with their confirmations, as those of orders, name their queue', async () => {
		const heard: string[] = [];
		account.on('confirm', ({ queue, records }: Confirmation) =>
			heard.push(`${queue} ${records.length}`),
		);
		account.addArticle('A');
		await fetchArticles(FIRST);
		await call('updateArticleInfosFromBatch', FIRST);
		account.customerRegister.add({ emailAddress: 'a@post.example' });
		const row = new Map(Object.entries({ articleNo: 'A', noOfItems: '1', priceExclVAT: '1' }));
		account.orderHasChanged(account.orderBook.submit(new Map([['customerId', '1001']]), [row]));
		await call('getOrdersExternalNeedUpdate', SECOND, { useXML: 2 });
		await call('updateOrdersFromBatch', SECOND);
		expect(heard).toEqual(['articles 1', 'orders 1']);
	});

	test('on a confirmation the open batch is the second quoted text', async () => {
		account.addArticle('A');
		await fetchArticles(FIRST);
		const answer = await call('updateArticleInfosFromBatch', SECOND);
		expect([...answer.matchAll(/'(\w+)'/g)].map(([, number]) => number)).toEqual([SECOND, FIRST]);
	});
});

describe('orders', () => {
	test('come with status and deliveries, and say whether there are more', async () => {
		account.customerRegister.add({ emailAddress: 'a@post.example' });
		account.articleRegister.add('A');
		for (const externalOrderNo of ['20001', '20002']) {
			const header = new Map([
				['customerId', '1001'],
				['externalOrderNo', externalOrderNo],
			]);
			const row = new Map(Object.entries({ articleNo: 'A', noOfItems: '1', priceExclVAT: '1' }));
			account.orderBook.submit(header, [row]);
		}
		account.deliverOrder(70001, 'SE123');
		account.cancelOrder(70002);
		const first = await call('getOrdersExternalNeedUpdate', FIRST, { useXML: 2 });
		expect(first).toContain('<moreInfoToFetch>1</moreInfoToFetch>');
		expect(first).toContain('<order orderNo="70001" externalOrderNo="20001">');
		expect(first).toContain('<orderstatus deliveryStatus="D" statusId="1"/>');
		expect(first).toContain('<deliveries updated="1"><delivery trackingNo="SE123"/></deliveries>');
		await call('updateOrdersFromBatch', FIRST);
		const second = await call('getOrdersExternalNeedUpdate', SECOND, { useXML: 2 });
		expect(second).toContain('<moreInfoToFetch>0</moreInfoToFetch>');
		expect(second).toContain('statusId="5"');
	});
});
