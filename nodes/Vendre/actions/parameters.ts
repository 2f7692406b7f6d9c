import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Refusal } from '../../shared/refusal';

/** The id of a record in the shop, as a parameter with an expression for its usual place. */
export function idParameter(name: string, displayName: string, usual: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: `={{ ${usual} }}`,
		required: true,
		placeholder: 'e.g. 1001',
	};
}

/** @throws {Refusal} when the parameter is not the number that a record of the shop has */
export function givenId(context: IExecuteFunctions, name: string, itemIndex: number): number {
	const given = context.getNodeParameter(name, itemIndex);
	const id = /^\d+$/.test(String(given).trim()) ? Number(given) : 0;
	if (id > 0 && Number.isSafeInteger(id)) return id;
	throw new Refusal(
		`The parameter ${name} is ${JSON.stringify(given) ?? 'empty'}: the number of a record in the shop is wanted`,
		'Give the id, or an expression such as {{ $json.id }}.',
	);
}

/** Return All and Limit, as everywhere in n8n. */
export const listLimits: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];
