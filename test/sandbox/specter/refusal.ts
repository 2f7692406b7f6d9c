import type { Reason } from './dialect';

/** A call that Specter does not carry out: nothing has been written. */
export class Refusal extends Error {
	constructor(
		readonly reason: Reason,
		message: string,
	) {
		super(message);
	}
}
