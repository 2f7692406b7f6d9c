import type { Random } from './data/random';

/** What goes wrong. The last three are for web-hooks and call-backs, the others for requests. */
export type FaultKind =
	| 'drop-before-commit'
	| 'drop-after-commit'
	| 'silence'
	| 'delay'
	| 'status'
	| 'malformed'
	| 'garbage'
	| 'wrong-type'
	| 'repeat'
	| 'lose'
	| 'reorder';

/**
 * A fault that is ordered for requests or deliveries to come.
 *
 * `on`: a Specter action (`newOrderSubmit`), a method and a path (`PUT /orders/\d+`, the path is a regular
 * expression), or a delivery (`webhook new_order`, `callback actionStockChange`).
 *
 * | kind | effect |
 * |---|---|
 * | drop-before-commit | nothing is written, the connection closes without an answer |
 * | drop-after-commit | the request is carried out, the connection closes without an answer |
 * | silence | the request is carried out, the connection closes without an answer `delayMs` later |
 * | delay | carried out `delayMs` later |
 * | status | nothing is written, the answer is `status` (with `Retry-After` where `retryAfter` is given) |
 * | malformed | carried out, the first quarter of the answer arrives |
 * | garbage | carried out, the answer is an HTML error page with status 200 |
 * | wrong-type | carried out, the right answer comes with the content type of a file to download |
 * | repeat | the delivery is made twice |
 * | lose | the delivery is not made |
 * | reorder | the delivery is made after the next one |
 */
export interface Fault {
	on: string;
	kind: FaultKind;
	/** How often; Infinity until cleared. JSON null means Infinity. Default 1. */
	times?: number | null;
	status?: number;
	delayMs?: number;
	retryAfter?: string;
}

/** Faults by chance: of so many requests or deliveries, a `share` goes wrong in one of these ways. */
export interface Shower {
	share: number;
	faults: ReadonlyArray<Omit<Fault, 'on' | 'times'>>;
}

/** Faults that come by chance, to requests and to web-hooks and call-backs. */
export interface Rain {
	random: Random;
	requests: Shower;
	deliveries: Shower;
}

/** What a fault can be ordered for: its name (action or delivery) or its method and path. */
export interface FaultTarget {
	name?: string;
	method?: string;
	path?: string;
}

const REQUEST_KINDS: readonly FaultKind[] = [
	'drop-before-commit',
	'drop-after-commit',
	'silence',
	'delay',
	'status',
	'malformed',
	'garbage',
	'wrong-type',
];
const DELIVERY_KINDS: readonly FaultKind[] = ['repeat', 'lose', 'reorder', 'delay'];

const TAKES_TIME: readonly FaultKind[] = ['silence', 'delay'];

/** What every request gets from a system that is down. */
const DOWN: Fault = { on: 'any request', kind: 'drop-before-commit' };

interface OrderedFault {
	fault: Fault;
	left: number;
	matches(target: FaultTarget): boolean;
}

/** The faults ordered for one system, taken in the order in which they were added, and those that come by chance. */
export class FaultPlan {
	/** While true, every request is dropped and nothing of it is carried out. */
	isDown = false;

	/** How many faults of each kind have happened. */
	readonly taken = new Map<FaultKind, number>();

	private faults: OrderedFault[] = [];
	private chance?: Rain;

	/** @throws Error if the fault makes no sense, so that a test cannot pass on a fault that never happens. */
	add(fault: Fault): void {
		const isDelivery = /^(webhook|callback) /.test(fault.on);
		const kinds = isDelivery ? DELIVERY_KINDS : REQUEST_KINDS;
		if (!kinds.includes(fault.kind)) {
			throw new Error(`Fault "${fault.kind}" on "${fault.on}": possible are ${kinds.join(', ')}`);
		}
		const left = fault.times === null ? Infinity : (fault.times ?? 1);
		if (!(left >= 1)) throw new Error(`Fault on "${fault.on}": times must be 1 or more`);
		if (TAKES_TIME.includes(fault.kind) && !((fault.delayMs ?? 0) > 0)) {
			throw new Error(`Fault "${fault.kind}" on "${fault.on}" needs delayMs`);
		}
		if (fault.kind === 'status' && !((fault.status ?? 0) >= 300)) {
			throw new Error(`Fault "status" on "${fault.on}" needs a status of 300 or more`);
		}
		this.faults.push({ fault, left, matches: matcher(fault.on) });
	}

	/** From now on, what is not faulted by order may be faulted by chance. */
	rain(rain: Rain): void {
		this.chance = rain;
	}

	/** No fault is ordered any more, none comes by chance, and the system is up. */
	clear(): void {
		this.faults = [];
		this.chance = undefined;
		this.isDown = false;
	}

	/** The faults that have not happened yet, `times` = how often they still will. */
	list(): Fault[] {
		return this.faults.map(({ fault, left }) => ({ ...fault, times: left }));
	}

	/** The fault for this request or delivery, if there is one; an ordered one is used up once. */
	take(target: FaultTarget): Fault | undefined {
		const isRequest = target.method !== undefined;
		const fault =
			this.isDown && isRequest
				? DOWN
				: (this.takeOrdered(target) ??
					byChance(this.chance, isRequest ? 'requests' : 'deliveries', target));
		if (fault) this.taken.set(fault.kind, (this.taken.get(fault.kind) ?? 0) + 1);
		return fault;
	}

	private takeOrdered(target: FaultTarget): Fault | undefined {
		const ordered = this.faults.find(({ matches }) => matches(target));
		if (!ordered) return undefined;
		ordered.left -= 1;
		if (ordered.left <= 0) this.faults = this.faults.filter((other) => other !== ordered);
		return ordered.fault;
	}
}

function byChance(
	rain: Rain | undefined,
	of: 'requests' | 'deliveries',
	{ name, path }: FaultTarget,
): Fault | undefined {
	if (!rain?.random.chance(rain[of].share)) return undefined;
	return { on: name ?? path ?? '', ...rain.random.pick(rain[of].faults) };
}

function matcher(on: string): (target: FaultTarget) => boolean {
	const request = /^([A-Z]+) (\/.*)$/.exec(on);
	if (request) {
		const [, method, pattern] = request;
		const path = new RegExp(pattern.replace(/\$?$/, '$'), 'i');
		return (target) => target.method === method && path.test(target.path ?? '');
	}
	return (target) => target.name?.toLowerCase() === on.toLowerCase();
}
