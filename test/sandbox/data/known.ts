import type { Sandbox } from '../index';
import { MAIN_SITE } from '../specter/articles';
import { TAX_CLASSES } from './shop';

const SPELLED: Record<string, string> = { '’': "'", '”': '"', '–': '-', '€': 'EUR' };

/** A text of the shop as Specter has it, which knows no typographic characters (contract specter §1). */
export function inLatin1(text: string): string {
	return text.replace(/[’”–€]/g, (character) => SPELLED[character]);
}

/**
 * Enters every product of the shop in Specter, as it stands after they have been synced, without what the sync
 * does not tell (matrix P1–P8), such as the manufacturer's number: nothing is pending.
 */
export function enterProducts({ vendre, specter }: Sandbox): void {
	for (const product of vendre.products.values()) {
		specter.articleRegister.add(product.article_number, {
			name: inLatin1(product.name.sv),
			priceExclVAT: product.price.toFixed(2),
			vatPercent: String(TAX_CLASSES[product.tax_class_id]),
			barCode: product.ean1,
			productWeight: product.weight === null ? '' : product.weight.toFixed(3),
			stock: [{ site: MAIN_SITE, available: product.quantity }],
		});
	}
}

/** Places orders in the shop that Specter has already, with its number in the shop: nothing is pending. */
export function enterOrders({ vendre, specter }: Sandbox, count: number): void {
	const [customer] = specter.customers.values();
	const [articleNo] = specter.articles.keys();
	for (let entered = 0; entered < count; entered++) {
		const order = vendre.placeOrder('person', { webhook: false });
		const header = { customerId: String(customer.customerId), externalOrderNo: String(order.id) };
		const row = { articleNo, articleName: '', noOfItems: '1', priceExclVAT: '1', vatPercent: '25' };
		const { orderNo } = specter.orderBook.submit(new Map(Object.entries(header)), [
			new Map(Object.entries(row)),
		]);
		vendre.orderShelf.save(order.id, { external_id: String(orderNo) });
	}
}
