import type { Sandbox } from '../sandbox';
import type { SpecterOrder } from '../sandbox/specter/orders';

/** An order of 10 A-1 and 1 A-2 that stands in Specter from before. */
export function placedOrder({ specter }: Sandbox): SpecterOrder {
	const rows = [row('A-1', '10'), row('A-2', '1')];
	for (const articleNo of ['A-1', 'A-2']) {
		if (!specter.articles.has(articleNo)) specter.addArticle(articleNo);
	}
	const { customerId } = specter.customerRegister.add({ name: 'Åkes Bygg AB' });
	return specter.orderBook.submit(new Map([['customerId', String(customerId)]]), rows);
}

function row(articleNo: string, noOfItems: string): Map<string, string> {
	return new Map(Object.entries({ articleNo, noOfItems, priceExclVAT: '79.20', vatPercent: '25' }));
}
