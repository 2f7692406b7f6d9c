import type { IDataObject } from 'n8n-workflow';
import type { Finding } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { vendreWords, type VendreDialect } from '../transport/dialect';
import { asSet } from './shop';

const UNFINISHED = /oavslut|unfinish|incomplete|p[åa]b[öo]rjad|abandon|ej slutf/i;

/**
 * How the shop marks orders that the customer has not finished: by a status that is set, by none, or by one
 * that its name gives away. A status without a name, where others have one, is no status of the shop's own.
 */
export function probeUnfinished(
	orders: readonly IDataObject[],
	{ unfinishedStatusIds }: VendreDialect,
): Finding {
	if (orders.length === 0) return notTested('No orders that were read');
	const names = new Map<number | null, string>();
	for (const order of orders.filter((each) => 'status_id' in each)) {
		names.set(statusOf(order), statusNameOf(order));
	}
	if (names.has(null)) return holds('There is an order without a status');
	const seen = unfinishedStatusIds.find((id) => names.has(id));
	if (seen !== undefined) {
		const status = asSet(String(seen), String(vendreWords.unfinishedStatusId));
		return holds(`There is an order with the status ${status}`);
	}
	const hasNames = [...names.values()].some((name) => name !== '');
	const ids = [...names].flatMap(([id, name]) =>
		id !== null && (UNFINISHED.test(name) || (hasNames && name === '')) ? [id] : [],
	);
	if (ids.length === 0)
		return notTested(`No unfinished order among the ${orders.length} that were read`);
	return {
		verdict: 'differs',
		found: `Orders with the status ${ids.join(' and ')} seem not to be finished: look at one in the shop before you enter it`,
		entry: { unfinishedStatusIds: [...unfinishedStatusIds, ...ids] },
	};
}

function statusOf({ status_id: id }: IDataObject): number | null {
	return id === null || id === '' ? null : Number(id);
}

function statusNameOf(order: IDataObject): string {
	const names = ['status_name', ...vendreWords.aliases.order.status_name];
	return names.map((name) => String(order[name] ?? '').trim()).find(Boolean) ?? '';
}

/** Whether orders carry the external identifiers of their modules. */
export function probeModuleCodes(orders: readonly IDataObject[]): Finding {
	const lacking = ['payment_method_code', 'shipping_method_code'].filter((field) =>
		orders.every((order) => String(order[field] ?? '') === ''),
	);
	if (orders.length === 0) return notTested('No orders that were read');
	if (lacking.length === 0) return holds('Orders carry both');
	return notTested(
		`None of the ${orders.length} orders that were read has a ${lacking.join(' or a ')}`,
	);
}
