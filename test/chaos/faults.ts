import type { FaultKind, Rain, Sandbox } from '../sandbox';
import { Random } from '../sandbox/data/random';

/** Of all calls to both systems. */
const FAULTED_SHARE = 0.15;
/** Of all web-hooks and call-backs. */
const WAYWARD_SHARE = 0.25;
const LONGEST_DELAY_MS = 5_000;

/** What may happen to a call: whether it is carried out, whether the answer comes, and which. */
function requests(silenceMs: number): Rain['requests'] {
	return {
		share: FAULTED_SHARE,
		faults: [
			{ kind: 'drop-before-commit' },
			{ kind: 'drop-after-commit' },
			{ kind: 'silence', delayMs: silenceMs },
			{ kind: 'delay', delayMs: Math.min(silenceMs, LONGEST_DELAY_MS) },
			{ kind: 'status', status: 429 },
			{ kind: 'status', status: 429, retryAfter: '2' },
			{ kind: 'status', status: 500 },
			{ kind: 'status', status: 503 },
			{ kind: 'malformed' },
			{ kind: 'garbage' },
			{ kind: 'wrong-type' },
		],
	};
}

const DELIVERIES: Rain['deliveries'] = {
	share: WAYWARD_SHARE,
	faults: [
		{ kind: 'lose' },
		{ kind: 'repeat' },
		{ kind: 'reorder' },
		{ kind: 'delay', delayMs: 2_000 },
	],
};

/** From now on, calls to both systems and their web-hooks and call-backs go wrong by chance. */
export function letItRain({ vendre, specter }: Sandbox, seed: number, silenceMs: number): void {
	for (const [index, { faults }] of [vendre, specter].entries()) {
		const random = new Random(seed + 1 + index);
		faults.rain({ random, requests: requests(silenceMs), deliveries: DELIVERIES });
	}
}

/** How many faults of each kind both systems have had. */
export function faultsTaken({ vendre, specter }: Sandbox): Map<FaultKind, number> {
	const sums = new Map<FaultKind, number>();
	for (const { faults } of [vendre, specter]) {
		for (const [kind, count] of faults.taken) sums.set(kind, (sums.get(kind) ?? 0) + count);
	}
	return sums;
}
