import { specterDialect } from './dialect';
import type { SpecterParameters } from './signature';

type Value = string | boolean | undefined;

/** Names of ours whose spelling on the wire is assumed, by the name that Specter is sent. */
const wireNames: Record<string, string> = {
	faxNo: specterDialect.parameters.customerFax,
	orderDate: specterDialect.parameters.orderDate,
	customerReference: specterDialect.parameters.orderCustomerReference,
	shopEmail: specterDialect.parameters.orderShopEmail,
	newArticleNo: specterDialect.parameters.renamedArticle,
};

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
		parameters[(wireNames[name] ?? name) + suffix] = text;
	}
	return parameters;
}

/** Rows as parameters, numbered from 1. */
export function rowParameters(rows: ReadonlyArray<Record<string, Value>>): SpecterParameters {
	return Object.assign({}, ...rows.map((row, index) => toParameters(row, index + 1)));
}
