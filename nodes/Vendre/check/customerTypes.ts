import type { IDataObject } from 'n8n-workflow';
import type { Finding } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { assumedVendre, type VendreDialect } from '../transport/dialect';
import { asSet, differs } from './shop';

/** A record's type, and whether it names a company. */
interface Typed {
	type: string;
	isCompany: boolean;
}

/**
 * Which type of customer is a company: the one whose records have a company's name.
 * @param customers by the contract's names of fields
 * @param orders likewise
 */
export function probeBusinessType(
	customers: readonly IDataObject[],
	orders: readonly IDataObject[],
	{ businessCustomerType: set }: VendreDialect,
): Finding {
	const all = [...typed(customers, 'type'), ...typed(orders, 'customer_type')];
	if (!all.some(({ isCompany }) => isCompany)) {
		return notTested('No customer with a type and a company’s name among those that were read');
	}
	const business = [...new Set(all.map(({ type }) => type))].filter((type) => {
		const ofType = all.filter((each) => each.type === type);
		return ofType.filter(({ isCompany }) => isCompany).length > ofType.length / 2;
	});
	if (business.includes(set)) return holds(asSet(set, assumedVendre.businessCustomerType));
	if (business.length === 1) {
		return {
			verdict: 'differs',
			found: `Customers with a company’s name have the type ${business[0]}`,
			entry: { businessCustomerType: business[0] },
		};
	}
	return differs(
		`Customers with a company’s name have different types: ${business.join(', ') || 'none of them alone'}`,
	);
}

function typed(records: readonly IDataObject[], field: string): Typed[] {
	return records
		.map((record) => ({
			type: String(record[field] ?? ''),
			isCompany: String(record.company ?? '').trim() !== '',
		}))
		.filter(({ type }) => type !== '');
}
