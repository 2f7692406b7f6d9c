import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';
import { Refusal } from '../../shared/refusal';

/** A field of a record as the user meets it: name on the wire and label. */
export type FieldLabels = Record<string, string>;

/**
 * The two ways to give a node a record: whole, as the mapper puts out some, or field by field.
 * @param name the parameter, which is also where the mapper puts the record
 * @param extra parameters for the record's list parts, shown where fields are filled in
 */
export function recordInput(
	name: string,
	label: string,
	labels: FieldLabels,
	fieldTypes: Record<string, Partial<INodeProperties>> = {},
): INodeProperties[] {
	return [
		{
			displayName: 'Data',
			name: 'dataMode',
			type: 'options',
			options: [
				{
					name: 'Whole Record',
					value: 'record',
					description: 'One JSON object, such as the Vendre Specter Mapper puts out',
				},
				{ name: 'Fields Below', value: 'fields', description: 'Each field filled in here' },
			],
			default: 'record',
		},
		{
			displayName: label,
			name,
			type: 'json',
			default: `={{ $json.${name} }}`,
			required: true,
			displayOptions: { show: { dataMode: ['record'] } },
			description: 'By the names that Specter uses on the wire',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			displayOptions: { show: { dataMode: ['fields'] } },
			options: Object.entries(labels)
				.map(
					([field, displayName]): INodeProperties => ({
						displayName,
						name: field,
						type: 'string',
						default: '',
						...fieldTypes[field],
					}),
				)
				.sort((a, b) => a.displayName.localeCompare(b.displayName)),
		},
	];
}

/** The rows of a record that is filled in field by field, each with these fields. */
export function rowsInput(values: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Rows',
		name: 'rows',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Row',
		default: {},
		displayOptions: { show: { dataMode: ['fields'] } },
		options: [{ displayName: 'Row', name: 'row', values }],
	};
}

/**
 * The record or list of records that the user gave for an item.
 * @throws {Refusal} when the expression gives nothing, or text that is not JSON
 */
export function givenRecord(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	if (context.getNodeParameter('dataMode', itemIndex) === 'fields') {
		const fields = context.getNodeParameter('fields', itemIndex, {}) as IDataObject;
		return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
	}
	const given = context.getNodeParameter(name, itemIndex);
	const value =
		typeof given === 'string' ? jsonParse<unknown>(given, { fallbackValue: null }) : given;
	if (value === null || value === undefined || typeof value !== 'object') {
		throw new Refusal(
			`The parameter ${name} holds no record`,
			`Give it the record as JSON, for example {{ $json.${name} }} where the node before this one puts it out so.`,
		);
	}
	return value;
}

/** As {@link givenRecord}, for a record whose rows are filled in beside its fields. */
export function givenRecordWithRows(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): unknown {
	const record = givenRecord(context, name, itemIndex) as IDataObject;
	if (context.getNodeParameter('dataMode', itemIndex) === 'record') return record;
	return { ...record, rows: context.getNodeParameter('rows.row', itemIndex, []) };
}
