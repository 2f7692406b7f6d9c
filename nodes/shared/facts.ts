import type { IDataObject } from 'n8n-workflow';
import { enteredDifferences } from './differences';

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
	 * How the connection check finds out: by reading, by writing on what the user names for it, or not at
	 * all, because the system tells nothing of it.
	 */
	probe: 'read' | 'write' | 'none';
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

/**
 * The report of a system: an item for each fact. Where several are to be entered under Differences, each
 * setting holds all of them, so that any one can be entered as it stands.
 * @param differences what stands in the credential now
 */
export function factReports(
	{ system, credential, facts }: { system: string; credential: string; facts: Facts },
	findings: Partial<Record<string, Finding>>,
	differences: unknown,
): FactReport[] {
	const entries = Object.values(findings).flatMap((finding) => finding?.entry ?? []);
	const merged = entries.reduce(withAll, (enteredDifferences(differences) ?? {}) as IDataObject);
	const settingOf = ({ entry, field }: Finding): CredentialSetting | null => {
		if (field) return { credential, field: field.name, value: field.value };
		return entry ? { credential, field: 'differences', value: JSON.stringify(merged) } : null;
	};
	return Object.entries(facts).map(([fact, { section, states, probe, setting }]) => {
		const finding = findings[fact] ?? notTested(probe);
		return {
			system,
			fact,
			contract: `${system.toLowerCase()} ${section}`,
			states,
			verdict: finding.verdict,
			found: finding.found,
			probe,
			setting: settingOf(finding) as FactReport['setting'],
			advice: finding.advice ?? adviceFor(finding, setting),
		};
	});
}

function notTested(probe: Fact['probe']): Finding {
	const reasons = {
		read: 'Nothing in the answers told',
		write: 'It takes a write probe, which was not allowed or not reached',
		none: 'The system tells nothing of it',
	};
	return { verdict: 'not tested', found: reasons[probe] };
}

function adviceFor({ verdict, entry, field }: Finding, setting: string): string {
	if (verdict === 'holds') return '';
	if (field) return `Set ${field.name} in the credential to ${field.value}.`;
	if (entry) return `Enter under Differences in the credential: ${JSON.stringify(entry)}`;
	return verdict === 'differs' ? setting : `Where it differs: ${setting}`;
}

/** Two records in one; what both have as records is joined, and lists are put together. */
function withAll(into: IDataObject, added: IDataObject): IDataObject {
	const all = { ...into };
	for (const [key, value] of Object.entries(added)) {
		const known = all[key];
		if (Array.isArray(known) && Array.isArray(value)) {
			all[key] = [...new Set([...(known as unknown[]), ...(value as unknown[])])] as IDataObject[];
		} else {
			all[key] = isRecord(known) && isRecord(value) ? withAll(known, value) : value;
		}
	}
	return all;
}

const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
