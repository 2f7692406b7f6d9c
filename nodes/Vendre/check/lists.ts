import type { IDataObject } from 'n8n-workflow';
import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { Sample, Samples } from './samples';
import { differs, inWords, isDone, type ShopAnswer } from './shop';

/** What the answers themselves tell: what stands around records and lists, their order, what can be read. */
export function probeAnswers({ products, customers, orders }: Samples): Findings {
	const all = [products, customers, orders];
	return {
		listWrapper: listWrapper(products.list),
		recordWrapper: recordWrapper(all),
		listOrder: listOrder(all),
		ordersList: isDone(orders.list)
			? holds(`The list of orders can be read; it has ${orders.total}`)
			: differs(`GET orders ${inWords(orders.list)}`),
		customerById: customerById(customers),
	};
}

function listWrapper({ json }: ShopAnswer): Finding {
	const { list, data } = (json ?? {}) as IDataObject;
	if (Array.isArray(list)) return holds('Rows stand in list');
	return differs(`Rows stand in ${Array.isArray(data) ? 'data' : 'data.list'}`);
}

function recordWrapper(samples: readonly Sample[]): Finding {
	const answer = samples.flatMap(({ one }) => one ?? []).find(isDone);
	if (!answer) return notTested('There is no record to read by its ID');
	const { data, id } = answer.json as IDataObject;
	return id === undefined && data
		? differs('One record comes inside data')
		: holds('One record comes as it is');
}

function listOrder(samples: readonly Sample[]): Finding {
	const { rows } = samples.find((sample) => sample.rows.length > 1) ?? { rows: [] };
	if (rows.length === 0) return notTested('No list has two rows');
	const isAscending = rows.every(
		({ id }, index) => index === 0 || Number(rows[index - 1].id) < Number(id),
	);
	if (isAscending) return holds('IDs rise from row to row');
	const isDescending = Number(rows[0].id) > Number(rows.at(-1)?.id);
	return differs(isDescending ? 'Lists begin with the highest ID' : 'Rows come in no order of IDs');
}

function customerById({ one }: Sample): Finding {
	if (!one) return notTested('The shop has no customers');
	return isDone(one)
		? holds('A customer was read by ID')
		: differs(`GET customers/{id} ${inWords(one)}`);
}
