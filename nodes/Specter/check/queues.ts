import type { Findings } from '../../shared/facts';
import { changeQueues } from '../transport/changeQueues';
import type { Account } from './account';
import { openBatch } from './batches';
import { encodingOf } from './encoding';
import { articleNames, externalOrderNoName } from './queueNames';
import { rootElementOf } from './rootElement';
import { probeStockSites } from './stockSites';

/** Opens a batch of each queue and looks at what stands in it. */
export async function probeQueues(account: Account): Promise<Findings> {
	const articles = await openBatch(account, changeQueues.articleChange, 'articles');
	const orders = await openBatch(account, changeQueues.orderChange, 'orders');
	const batches = [articles, orders].flatMap((batch) => batch ?? []);
	return {
		...encodingOf(batches),
		...rootElementOf(batches),
		...articleNames(articles, account),
		...externalOrderNoName(orders, account),
		...(await probeStockSites(account)),
	};
}
