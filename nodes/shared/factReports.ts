import type { IDataObject } from 'n8n-workflow';
import { enteredDifferences } from './differences';
import type { CredentialSetting, Fact, FactReport, Facts, Finding } from './facts';

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
	const merged = differencesWith(findings, differences);
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

/** What stands under Differences together with all that was found. */
export function differencesWith(
	findings: Partial<Record<string, Finding>>,
	differences: unknown,
): IDataObject {
	const entries = Object.values(findings).flatMap((finding) =>
		finding?.entry ? [finding.entry] : [],
	);
	return entries.reduce(withAll, (enteredDifferences(differences) ?? {}) as IDataObject);
}

function notTested(probe: Fact['probe']): Finding {
	const reasons = {
		read: 'Nothing in the answers told',
		write: 'It takes a write probe, which was not allowed or not reached',
		webhook:
			'No webhook has come to the connection check yet: enter its address in the shop’s admin and place an order',
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
