import { likelyNames } from '../../shared/likelyName';
import { assumedQueueFields } from '../transport/facts';
import { newBatchNo } from '../transport/batchNo';
import { changeQueues, type ChangeQueue } from '../transport/changeQueues';
import { read } from '../transport/client';
import { decodeAnswer, parseAnswer } from '../transport/response';
import { childrenNamed, elementsNamed, parseXml, valueOf, type XmlElement } from '../transport/xml';
import { holds, notTested, orForeign, type Account, type Findings } from './account';

/** What the contract has seen in the article queue and the order queue; all else is assumed or unknown. */
const SEEN_OF_ARTICLE = [
	'articleNo',
	'name',
	'buyPrice',
	'priceExclVat',
	'barCode',
	'productWeight',
];
const SEEN_OF_ORDER = ['orderNo', 'orderstatus', 'deliveries'];

/** A queue's pending records as they came. */
interface Batch {
	root: XmlElement;
	/** As it stood in the answer: declared or not, and in which bytes. */
	body: Buffer;
	batchNo: string;
}

/**
 * Opens a batch of each queue, which the next fetch of the sync takes up, and looks at the names in it.
 * Confirms nothing, so that no change is lost.
 */
export async function probeQueues(account: Account): Promise<Findings> {
	const articles = await openBatch(account, changeQueues.articleChange, 'articles');
	const orders = await openBatch(account, changeQueues.orderChange, 'orders');
	return {
		...encodingOf([articles, orders]),
		...articleNames(articles, account.dialect.articleFields),
		...externalOrderNo(orders, account.dialect.externalOrderNo),
		...(await probeStockSites(account)),
	};
}

async function openBatch(
	account: Account,
	queue: ChangeQueue,
	list: string,
	more: Record<string, string> = {},
	batchNo = newBatchNo(),
): Promise<Batch | undefined> {
	const parameters = { action: queue.fetch, batchNo, useXML: '2', ...more };
	const answered = await orForeign(async () =>
		read(account.context, parameters, (body) => {
			const refusal = parseAnswer(body);
			if (refusal) return { refusal };
			const root = parseXml(decodeAnswer(body).trim());
			return root && elementsNamed(root, list).length > 0 ? { root, body } : undefined;
		}),
	);
	const answer = answered?.answer;
	if (!answer) return undefined;
	if ('root' in answer) return { ...answer, batchNo } as Batch;
	const { refusal } = answer;
	const open =
		refusal.done || refusal.code !== '99' ? undefined : /'([^']+)'/.exec(refusal.message)?.[1];
	if (open === undefined || open === batchNo) return undefined;
	return await openBatch(account, queue, list, more, open);
}

/** What XML without a declaration is in, where a record tells. */
function encodingOf(batches: Array<Batch | undefined>): Findings {
	const undeclared = batches.filter(
		(batch) => batch && !/^\s*<\?xml/.test(batch.body.toString('latin1')),
	);
	if (undeclared.length === 0) {
		return { undeclaredXml: notTested('The answers declare their encoding') };
	}
	const telling = undeclared.find((batch) => batch?.body.some((byte) => byte > 0x7f));
	if (!telling) return { undeclaredXml: notTested('No record has a letter outside ASCII') };
	const isLatin1 = decodeAnswer(telling.body) === telling.body.toString('latin1');
	return {
		undeclaredXml: isLatin1
			? holds('XML without a declaration is in ISO-8859-1')
			: { verdict: 'differs', found: 'XML without a declaration is in UTF-8' },
	};
}

const namesIn = (elements: XmlElement[]) =>
	new Set(
		elements.flatMap(({ attributes, children }) => [
			...Object.keys(attributes),
			...children.map(({ name }) => name),
		]),
	);

/** The names of an article's fields, and of its suppliers', as far as the batch has articles. */
function articleNames(batch: Batch | undefined, set: Record<string, string>): Findings {
	const articles = batch
		? elementsNamed(batch.root, 'articles').flatMap((list) => childrenNamed(list, 'article'))
		: [];
	const called = (field: string) => set[field] ?? field.replace(/^.*\./, '');
	const suppliersName = nameOfList(articles, called('suppliers'));
	const lists = articles.flatMap((article) => childrenNamed(article, suppliersName ?? ''));
	const suppliers = lists.flatMap(({ children }) => children);
	return {
		...findingsOf('articleQueue.', articles, {
			fields: assumedQueueFields.filter(
				(field) =>
					!field.startsWith('supplier') || field === 'supplierArticleNo' || field === 'suppliers',
			),
			seen: SEEN_OF_ARTICLE,
			called,
		}),
		...findingsOf('articleQueue.', lists, { fields: ['supplier'], seen: [], called }),
		...findingsOf('articleQueue.', suppliers, {
			fields: assumedQueueFields.filter((field) => field.startsWith('supplier.')),
			seen: [],
			called,
		}),
	};
}

/** The list of suppliers by the name that is set, or the one child that holds records of its own. */
function nameOfList(articles: XmlElement[], set: string): string | undefined {
	if (articles.some((article) => childrenNamed(article, set).length > 0)) return set;
	return articles.flatMap(({ children }) => children).find(({ children }) => children.length > 0)
		?.name;
}

function findingsOf(
	prefix: string,
	elements: XmlElement[],
	{ fields, seen, called }: { fields: string[]; seen: string[]; called: (field: string) => string },
): Findings {
	const names = namesIn(elements);
	const has = (field: string) => names.has(called(field).toLowerCase());
	const known = new Set(
		[...seen, ...fields.filter(has).map(called)].map((name) => name.toLowerCase()),
	);
	const missing = fields.filter((field) => !has(field));
	const unknown = [...names].filter((name) => !known.has(name));
	const shortNames = new Map(missing.map((field) => [field.replace(/^.*\./, ''), field]));
	const likely =
		missing.length === 1 && unknown.length === 1
			? new Map([[[...shortNames.keys()][0], unknown[0]]])
			: likelyNames([...shortNames.keys()], unknown);
	const findings: Findings = {};
	for (const field of fields) {
		const other = likely.get(field.replace(/^.*\./, ''));
		if (has(field)) {
			findings[prefix + field] = holds(`It is called ${called(field)} in the queue`);
		} else if (other !== undefined) {
			findings[prefix + field] = {
				verdict: 'differs',
				found: `There is no ${called(field)}; ${other} is probably it`,
				entry: { articleFields: { [field]: other } },
			};
		} else {
			findings[prefix + field] = notTested(
				elements.length === 0 ? 'No such record was in the queue' : notThere(unknown),
			);
		}
	}
	return findings;
}

const notThere = (unknown: string[]) =>
	unknown.length === 0
		? 'No record in the queue has it'
		: `No record in the queue has it; of unknown meaning are: ${unknown.join(', ')}`;

function externalOrderNo(batch: Batch | undefined, set: string): Findings {
	const orders = batch
		? elementsNamed(batch.root, 'orders').flatMap((list) => childrenNamed(list, 'order'))
		: [];
	if (orders.length === 0) return { externalOrderNo: notTested('No order was in the queue') };
	if (orders.some((order) => valueOf(order, set) !== undefined)) {
		return { externalOrderNo: holds(`It is called ${set} in the queue`) };
	}
	const unknown = [...namesIn(orders)].filter(
		(name) => !SEEN_OF_ORDER.some((seen) => seen.toLowerCase() === name),
	);
	const other =
		unknown.length === 1
			? unknown[0]
			: likelyNames(['externalOrderNo'], unknown).get('externalOrderNo');
	if (other === undefined) return { externalOrderNo: notTested(notThere(unknown)) };
	return {
		externalOrderNo: {
			verdict: 'differs',
			found: `There is no ${set}; ${other} is probably it`,
			entry: { externalOrderNo: other },
		},
	};
}

/** Which of several stock sites is the one that Specter reports when it reports one. */
async function probeStockSites(account: Account): Promise<Findings> {
	const stock = changeQueues.stockChange;
	const one = await openBatch(account, stock, 'stockChanges');
	const all =
		one &&
		(await openBatch(account, stock, 'stockChanges', { getMultipleStocksites: '1' }, one.batchNo));
	const [main = []] = sitesOf(one);
	const sites = sitesOf(all);
	if (main.length === 0 || sites.length < 2) {
		return { mainStockSite: notTested('No stock change of several stock sites was in the queue') };
	}
	const same = sites.flatMap((site, index) => (isSame(site, main) ? [index] : []));
	const { mainStockSite } = account.dialect;
	if (same.length !== 1) {
		return { mainStockSite: notTested('Several stock sites have the same numbers') };
	}
	return {
		mainStockSite:
			same[0] === mainStockSite
				? holds(`Of ${sites.length} stock sites it is number ${mainStockSite + 1}`)
				: {
						verdict: 'differs',
						found: `Of ${sites.length} stock sites it is number ${same[0] + 1}`,
						entry: { mainStockSite: same[0] },
					},
	};
}

/** Article numbers with their numbers of items, a list for each stock site. */
function sitesOf(batch: Batch | undefined): string[][] {
	if (!batch) return [];
	return elementsNamed(batch.root, 'stock').map((site) =>
		elementsNamed(site, 'article').map(
			(article) => `${valueOf(article, 'articleNo')} ${valueOf(article, 'noItemsAv')}`,
		),
	);
}

const isSame = (one: string[], other: string[]) =>
	JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
