import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { changeQueues } from '../transport/changeQueues';
import { elementsNamed, valueOf } from '../transport/xml';
import { type Account } from './account';
import { openBatch, type Batch } from './batches';

/**
 * Which of several stock sites is the main one: the one that Specter reports in the same batch when it is
 * asked for one alone.
 */
export async function probeStockSites(account: Account): Promise<Findings> {
	const queue = changeQueues.stockChange;
	const one = await openBatch(account, queue, 'stockChanges');
	const again = one && { batchNo: one.batchNo, more: { getMultipleStocksites: '1' } };
	const all = again && (await openBatch(account, queue, 'stockChanges', again));
	const [main = ''] = sitesOf(one);
	const sites = sitesOf(all);
	if (main === '' || sites.length < 2) {
		return { mainStockSite: notTested('No change of several stock sites was in the queue') };
	}
	const alike = sites.flatMap((site, index) => (site === main ? [index] : []));
	if (alike.length !== 1) {
		return { mainStockSite: notTested('The stock sites cannot be told from each other') };
	}
	const found = `Of ${sites.length} stock sites it is number ${alike[0] + 1}`;
	return {
		mainStockSite:
			alike[0] === account.dialect.mainStockSite
				? holds(found)
				: { verdict: 'differs', found, entry: { mainStockSite: alike[0] } },
	};
}

/** What each stock site has, as a text that is the same for the same articles and numbers. */
function sitesOf(batch: Batch | undefined): string[] {
	const sites = batch ? elementsNamed(batch.root, 'stock') : [];
	return sites.map((site) =>
		elementsNamed(site, 'article')
			.map((article) => `${valueOf(article, 'articleNo')} ${valueOf(article, 'noItemsAv')}`)
			.sort()
			.join('\n'),
	);
}
