/**
 * A fact of a contract that is assumed and not seen (evidence A). All of a system's stand in its dialect,
 * so that the connection check can go through them and a live account that differs costs a setting.
 */
export interface Fact {
	/** Where in the contract it stands, such as `§4`. */
	section: string;
	/** Words of the contract's line that carries the mark A. */
	quote: string;
	/** What is assumed, in a sentence for the report. */
	states: string;
	/** What rests on it. */
	usedBy: string;
	setting: Setting;
	/**
	 * How the connection check finds out: by reading, by writing on what the user names for it, or not at
	 * all, because the system tells nothing of it.
	 */
	probe: 'read' | 'write' | 'none';
}

/** What takes a fact over where an account differs. */
export type Setting =
	/** An entry in the field Differences of the credential. */
	| { in: 'differences'; name: string }
	/** A field of its own in the credential. */
	| { in: 'credential'; name: string }
	/** A parameter of a node. */
	| { in: 'node'; name: string }
	/** Nothing to set: whichever way it is, the nodes notice, or do not need it. */
	| { in: 'itself' };

/** A system's facts by their names. */
export type Facts = Record<string, Fact>;
