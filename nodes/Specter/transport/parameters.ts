import type { SpecterDialect } from './dialect';
import type { SpecterParameters } from './signature';

type Value = string | boolean | undefined;

/**
 * A checked record as parameters: flags as 1 and 0, fields without a value left out, and for a row
 * its number behind every name (`articleNo_1`). Contract specter §4.
 */
export function toParameters(record: Record<string, Value>, row?: number): SpecterParameters {
	const suffix = row === undefined ? '' : `_${row}`;
	const parameters: SpecterParameters = {};
	for (const [name, value] of Object.entries(record)) {
		if (value === undefined || value === '') continue;
		const text = typeof value === 'boolean' ? (value ? '1' : '0') : value;
		parameters[name + suffix] = text;
	}
	return parameters;
}

/** Rows as parameters, numbered from 1. */
export function rowParameters(rows: ReadonlyArray<Record<string, Value>>): SpecterParameters {
	return Object.assign({}, ...rows.map((row, index) => toParameters(row, index + 1)));
}

/** The parameters of a call by the names that the account has for them, without those it does not take. */
export function inAccountsWords(
	parameters: SpecterParameters,
	{ parameters: others }: Pick<SpecterDialect, 'parameters'>,
): SpecterParameters {
	const renamed: SpecterParameters = {};
	for (const [wireName, value] of Object.entries(parameters)) {
		const [, name, row = ''] = /^(.*?)(_\d+)?$/s.exec(wireName) as unknown as string[];
		const scoped = others[`${parameters.action}.${name}`];
		const other = scoped === undefined ? others[name] : scoped;
		if (other === null) continue;
		renamed[(other ?? name) + row] = value;
	}
	return renamed;
}
