/** What goes wrong. The last three are for web-hooks and call-backs, the others for requests. */
export type FaultKind =
	| 'drop-before-commit'
	| 'drop-after-commit'
	| 'delay'
	| 'status'
	| 'malformed'
	| 'garbage'
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
 * | delay | carried out `delayMs` later |
 * | status | nothing is written, the answer is `status` (with `Retry-After` where `retryAfter` is given) |
 * | malformed | carried out, the first quarter of the answer arrives |
 * | garbage | carried out, the answer is an HTML error page with status 200 |
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

/** What a fault can be ordered for: its name (action or delivery) or its method and path. */
export interface FaultTarget {
	name?: string;
	method?: string;
	path?: string;
}

const REQUEST_KINDS: readonly FaultKind[] = [
	'drop-before-commit',
	'drop-after-commit',
	'delay',
	'status',
	'malformed',
	'garbage',
];
const DELIVERY_KINDS: readonly FaultKind[] = ['repeat', 'lose', 'reorder', 'delay'];

interface OrderedFault {
	fault: Fault;
	left: number;
	matches(target: FaultTarget): boolean;
}

/** The faults ordered for one system, taken in the order in which they were added. */
export class FaultPlan {
	private faults: OrderedFault[] = [];

	/** @throws Error if the fault makes no sense, so that a test cannot pass on a fault that never happens. */
	add(fault: Fault): void {
		const isDelivery = /^(webhook|callback) /.test(fault.on);
		const kinds = isDelivery ? DELIVERY_KINDS : REQUEST_KINDS;
		if (!kinds.includes(fault.kind)) {
			throw new Error(`Fault "${fault.kind}" on "${fault.on}": possible are ${kinds.join(', ')}`);
		}
		const left = fault.times === null ? Infinity : (fault.times ?? 1);
		if (!(left >= 1)) throw new Error(`Fault on "${fault.on}": times must be 1 or more`);
		if (fault.kind === 'delay' && !((fault.delayMs ?? 0) > 0)) {
			throw new Error(`Fault "delay" on "${fault.on}" needs delayMs`);
		}
		if (fault.kind === 'status' && !((fault.status ?? 0) >= 300)) {
			throw new Error(`Fault "status" on "${fault.on}" needs a status of 300 or more`);
		}
		this.faults.push({ fault, left, matches: matcher(fault.on) });
	}

	clear(): void {
		this.faults = [];
	}

	/** The faults that have not happened yet, `times` = how often they still will. */
	list(): Fault[] {
		return this.faults.map(({ fault, left }) => ({ ...fault, times: left }));
	}

	/** The fault for this request or delivery, if one is ordered; taking it uses it up once. */
	take(target: FaultTarget): Fault | undefined {
		const ordered = this.faults.find(({ matches }) => matches(target));
		if (!ordered) return undefined;
		ordered.left -= 1;
		if (ordered.left <= 0) this.faults = this.faults.filter((other) => other !== ordered);
		return ordered.fault;
	}
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
