import type { IDataObject } from 'n8n-workflow';
import type { Finding, Findings } from '../../shared/facts';
import { kindOf, likelyNames, type ValueKind } from '../../shared/likelyName';
import { holds, notTested } from '../../shared/findings';
import {
	acceptedAliases,
	assumedFields,
	kindsOfFields,
	pathOf,
	seenCustomerFields,
	type ListWithAssumedFields,
} from '../transport/assumedFields';
import type { VendreDialect } from '../transport/dialect';
import { asSet, differs } from './shop';

/** Names of fields by the contract's own, as in the field Differences. */
type Names = Record<string, string>;

/**
 * Whether the records of a list have their fields by the contract's names or those that are set, and
 * where not, by which other name a field probably goes.
 * @param records as the shop wrote them
 */
export function probeFields(
	list: ListWithAssumedFields,
	records: readonly IDataObject[],
	{ fields }: VendreDialect,
): Findings {
	const findings: Findings = {};
	const names: Names = { ...fields[list] };
	for (const [container, assumed] of Object.entries<readonly string[]>(assumedFields[list])) {
		const holder = container.replace('[]', '');
		const inside = holder
			? records.flatMap((each) => partsOf(each[names[holder] ?? holder]))
			: records;
		for (const [field, finding] of fieldsIn({ list, container, assumed, records: inside, names })) {
			const path = pathOf(container, field);
			findings[`${list}.${path}`] = finding;
			const found = finding.entry?.fields as Record<string, Names> | undefined;
			if (found) names[path] = found[list][path];
		}
	}
	return findings;
}

/** The record in a field, or those in a list. */
function partsOf(value: unknown): IDataObject[] {
	return [value].flat().filter((part): part is IDataObject => kindOf(part) === 'record');
}

interface Part {
	list: ListWithAssumedFields;
	/** Where the fields stand, '' for the record itself. */
	container: string;
	assumed: readonly string[];
	records: readonly IDataObject[];
	/** The names that are set. */
	names: Names;
}

function fieldsIn({ list, container, assumed, records, names }: Part): Array<[string, Finding]> {
	if (records.length === 0) {
		const where = container ? `No ${container.replace('[]', '')} among the ${list}` : `No ${list}`;
		return assumed.map((field) => [field, notTested(`${where} that were read`)]);
	}
	const keys = new Set(records.flatMap((record) => Object.keys(record)));
	const set = (field: string) => names[pathOf(container, field)] ?? field;
	const aliases = acceptedAliases[container] ?? {};
	const aliasOf = (field: string) => aliases[field]?.find((alias) => keys.has(alias));
	const missing = assumed.filter((field) => !keys.has(set(field)) && !aliasOf(field));
	const known = new Set([
		...assumed,
		...assumed.map(set),
		...Object.values(aliases).flatMap((others) => others ?? []),
		...(list === 'customers' && container === '' ? seenCustomerFields : []),
	]);
	const unknown = [...keys].filter((key) => !known.has(key));
	const likely = likelyNames(missing, unknown, kindsIn(records, missing));

	return assumed.map((field): [string, Finding] => {
		const path = pathOf(container, field);
		const alias = aliasOf(field);
		const guess = likely.get(field);
		if (keys.has(set(field))) return [field, holds(asSet(set(field), field))];
		if (alias) return [field, holds(`${alias}, which is read as well`)];
		return [field, guess ? probably(list, path, guess) : withoutGuess(list, path, unknown)];
	});
}

function probably(list: string, path: string, name: string): Finding {
	const found = `It is probably called ${name}`;
	return { verdict: 'differs', found, entry: { fields: { [list]: { [path]: name } } } };
}

function withoutGuess(list: string, path: string, unknown: readonly string[]): Finding {
	const entry = JSON.stringify({ fields: { [list]: { [path]: '…' } } });
	return {
		...differs(`No ${list} have it; what is there besides: ${unknown.join(', ') || 'nothing'}`),
		advice: `Where it is one of these, enter its name under Differences: ${entry}. Where the shop has no such field, there is nothing to set.`,
	};
}

/** The kinds of the values that the records have, and that the missing fields would have. */
function kindsIn(
	records: readonly IDataObject[],
	missing: readonly string[],
): Partial<Record<string, ValueKind>> {
	const kinds: Partial<Record<string, ValueKind>> = {};
	for (const [name, value] of records.flatMap((record) => Object.entries(record))) {
		// An empty list is how PHP writes an empty record.
		if (Array.isArray(value) && value.length === 0) continue;
		kinds[name] ??= kindOf(value);
	}
	for (const field of missing) kinds[field] = kindsOfFields[field] ?? 'text';
	return kinds;
}
