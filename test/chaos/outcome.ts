import { table } from '../demo/table';
import type { Outcome } from './storm';

/** What the storm did and what it left, a line each. */
export function outcomeTable(outcome: Outcome): string {
	const { findings, faults, seed, orders, stockChanges, calls, killed, queued, seconds } = outcome;
	const faulted = [...faults.values()].reduce((sum, count) => sum + count, 0);
	const kinds = [...faults].sort(([, one], [, other]) => other - one);
	const rows: Array<[string, number]> = [
		['seed', seed],
		['orders', orders],
		['stock changes', stockChanges],
		['calls', calls],
		['faults', faulted],
		...kinds.map(([kind, count]): [string, number] => [`  ${kind}`, count]),
		['kills', killed],
		['lost', findings.lost.length],
		['doubled', findings.doubled.length],
		['differing', findings.differing.length],
		['without a number in the shop', findings.numberless.length],
		['in the error queue', queued],
		['  of these, without a reason', findings.pending.length],
		['seconds after the storm until quiet', seconds],
	];
	return table(
		[
			{ title: 'Storm', text: ([name]) => name },
			{ title: '', right: true, text: ([, value]) => String(value) },
		],
		rows,
	);
}
