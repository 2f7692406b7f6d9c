import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { vendreWords } from '../transport/dialect';
import { fieldsFromShop } from '../transport/translation';
import { readRaw, saveWithEitherVerb, verbFound } from './saving';
import { differs, type Shop } from './shop';

/**
 * Saves Specter's number on the test order and on its customer, with the value that each has, and reads
 * them again. Changes nothing of what they say.
 */
export async function probeNumberWrites(shop: Shop, orderId: number): Promise<Findings> {
	const order = await readRaw(shop, 'orders', orderId);
	if (!order) return { saveOrder: notTested(`The shop has no order ${orderId}`) };
	const { customer_id } = fieldsFromShop('orders', order, shop.dialect);
	const saved = await saveNumber(shop, 'orders', orderId);
	const customerId = Number(customer_id ?? 0);
	const onCustomer = customerId > 0 ? await saveNumber(shop, 'customers', customerId) : undefined;
	return {
		saveVerb: saved.verb,
		saveOrder: saved.finding,
		saveCustomer:
			onCustomer?.finding ?? notTested('The test order is a guest’s, without a customer record'),
	};
}

/** What came of saving a record's number, and what it says of the verb where it went through. */
async function saveNumber(
	shop: Shop,
	list: 'orders' | 'customers',
	id: number,
): Promise<{ finding: Finding; verb?: Finding }> {
	const ours = vendreWords.specterNumberField;
	const field = shop.dialect.fields[list][ours] ?? ours;
	const before = await readRaw(shop, list, id);
	if (!before || !(field in before)) {
		return { finding: notTested(`${list}/{id} cannot be read or has no ${field}`) };
	}
	const number = String(before[field] ?? '');
	const body = { [field]: number };
	const saved = await saveWithEitherVerb(shop, `${list}/${id}`, body, async () => {
		const after = await readRaw(shop, list, id);
		return String(after?.[field] ?? '') === number;
	});
	if (!saved.shop) return { finding: differs(saved.refusals.join(', ')) };
	const { saveVerb } = saved.shop.credential;
	return {
		finding: holds(`${saveVerb} with the ${field} that it has is taken`),
		verb: verbFound(shop, saved.shop),
	};
}
