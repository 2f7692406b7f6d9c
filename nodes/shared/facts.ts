import type { IDataObject } from 'n8n-workflow';

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
	/** What takes it over where an account differs, for the user. */
	setting: string;
	/**
	 * How the connection check finds out: by reading, by writing on what the user names for it, by a webhook
	 * that came before, or not at all, because the system tells nothing of it.
	 */
	probe: 'read' | 'write' | 'webhook' | 'none';
}

/** A system's facts by their names. */
export type Facts = Record<string, Fact>;

export type Verdict = 'holds' | 'differs' | 'not tested';

/** What the connection check found out about a fact. */
export interface Finding {
	verdict: Verdict;
	/** What was seen, or why it was not tested; no secret and no personal data. */
	found: string;
	/** What to enter in the credential, where it is not in there yet: a part of its Differences … */
	entry?: IDataObject;
	/** … or a field of its own. */
	field?: { name: string; value: string };
	/** What else to do; where there is nothing to do, that. */
	advice?: string;
}

/** A field of a credential and the whole of what is to stand in it. */
export interface CredentialSetting {
	credential: string;
	field: string;
	value: string;
}

/** A fact in the report of the connection check. */
export interface FactReport extends IDataObject {
	system: string;
	fact: string;
	contract: string;
	states: string;
	verdict: Verdict;
	found: string;
	/** What was done to find out. */
	probe: Fact['probe'];
	/** What to change, and null where nothing can or need be. */
	setting: (CredentialSetting & IDataObject) | null;
	advice: string;
}

/** What is known of a system's facts so far, by their names. */
export type Findings = Partial<Record<string, Finding>>;
