import type { IDataObject } from 'n8n-workflow';
import type { Finding } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { number } from '../records';
import { assumedVendre, type VendreDialect } from '../transport/dialect';
import { asSet } from './shop';

/** Goods of a web shop seldom weigh more than this in kg, or less in gram. */
const LIMIT = 50;

/**
 * The unit of weights, by how large most of them are.
 * @param products by the contract's names of fields
 */
export function probeWeights(
	products: readonly IDataObject[],
	{ weightUnit }: VendreDialect,
): Finding {
	const weights = products
		.map(({ weight }) => number.safeParse(weight).data ?? 0)
		.filter((weight) => weight > 0);
	if (weights.length === 0) return notTested('No product with a weight among those that were read');
	const heavy = weights.filter((weight) => weight > LIMIT).length;
	const unit = heavy > weights.length / 2 ? 'g' : 'kg';
	if (unit === weightUnit) return holds(asSet(unit, assumedVendre.weightUnit));
	return {
		verdict: 'differs',
		found: `${heavy} of ${weights.length} weights are above ${LIMIT}: they seem to be in ${unit}`,
		entry: { weightUnit: unit },
	};
}
