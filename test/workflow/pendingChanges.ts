import type { SpecterAccount } from '../sandbox';

/** A change in each of Specter's queues, with a value in every field that the connection check looks for. */
export function enterPendingChanges(account: SpecterAccount): void {
	account.addArticle('OLD', { name: 'Blå mugg' });
	account.editArticle('OLD', {
		articleNo: 'NEW',
		priceExclVAT: '80.00',
		vatPercent: '25',
		supplierArticleNo: 'M-1',
		reorderPoint: '5',
		notes: 'Tål maskindisk',
		suppliers: [{ supplierNo: '7', name: 'Åkes', buyPrice: '12.00', articleNo: 'L-1' }],
	});
	account.setStock('NEW', 5);
	account.setStock('NEW', 8, 'Malmö');
	const [customerId] = account.customers.keys();
	const header = { customerId: String(customerId), externalOrderNo: 'ANOTHER-1' };
	const row = { articleNo: 'NEW', priceExclVAT: '1.00', noOfItems: '1', vatPercent: '25' };
	const order = account.orderBook.submit(new Map(Object.entries(header)), [
		new Map(Object.entries(row)),
	]);
	account.deliverOrder(order.orderNo);
}
