import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import type { Batch } from './batches';

/** The root element that a client was seen to get (contract specter §4). */
const SEEN = 'root';

/** What the element around the records of a queue is called. */
export function rootElementOf(batches: readonly Batch[]): Findings {
	const names = [...new Set(batches.map(({ root }) => root.name))];
	if (names.length === 0) return { rootElement: notTested('No batch came with records in it') };
	const others = names.filter((name) => name !== SEEN);
	return {
		rootElement:
			others.length === 0
				? holds(SEEN)
				: { verdict: 'differs', found: `The root element is ${others.join(', ')}` },
	};
}
