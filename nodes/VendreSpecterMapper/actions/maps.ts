import { jsonParse, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { Refusal } from '../../shared/refusal';
import type { CodeMap } from '../mapping/settings';

/** A table from the words of one system to those of the other, as a JSON parameter. */
export function mapProperty(
	displayName: string,
	name: string,
	description: string,
	defaultMap: CodeMap = {},
): INodeProperties {
	return { displayName, name, type: 'json', default: JSON.stringify(defaultMap), description };
}

/**
 * The table that a parameter holds.
 * @throws {Refusal} when it is no object of texts
 */
export function givenMap(
	context: IExecuteFunctions,
	displayName: string,
	name: string,
	itemIndex: number,
): CodeMap {
	const given = context.getNodeParameter(name, itemIndex, {});
	const map =
		typeof given === 'string' ? jsonParse<unknown>(given || '{}', { fallbackValue: null }) : given;
	if (typeof map !== 'object' || map === null || Array.isArray(map)) {
		throw new Refusal(
			`The parameter ${displayName} is no table`,
			'Write it as JSON, for example {"from": "to"}.',
		);
	}
	return Object.fromEntries(Object.entries(map).map(([from, to]) => [from, String(to)]));
}
