import { invalid } from './apiError';

/** What a saved field may hold, and how to say so. */
export interface FieldType {
	test(value: unknown): boolean;
	is: string;
}

const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const FIELD = {
	text: { test: (value) => typeof value === 'string', is: 'text' },
	bool: { test: (value) => typeof value === 'boolean', is: 'true or false' },
	number: { test: isNumber, is: 'a number' },
	numberOrNull: { test: (value) => value === null || isNumber(value), is: 'a number or null' },
	whole: { test: (value) => Number.isInteger(value), is: 'a whole number' },
	wholeOrNull: {
		test: (value) => value === null || Number.isInteger(value),
		is: 'a whole number or null',
	},
	boolOrNull: {
		test: (value) => value === null || typeof value === 'boolean',
		is: 'true, false or null',
	},
	texts: {
		test: (value) =>
			isObject(value) && Object.values(value as object).every((text) => typeof text === 'string'),
		is: 'texts by language',
	},
	wholes: {
		test: (value) => Array.isArray(value) && value.every((each) => Number.isInteger(each)),
		is: 'a list of whole numbers',
	},
	object: { test: isObject, is: 'an object' },
} satisfies Record<string, FieldType>;

export type Fields = Readonly<Record<string, FieldType>>;

/**
 * Checks a partial body field by field.
 *
 * @throws ApiError 422 for a field that the record does not have, that cannot be saved, or of another type
 */
export function checkFields(body: Record<string, unknown>, fields: Fields, record: string): void {
	for (const [name, value] of Object.entries(body)) {
		if (!Object.hasOwn(fields, name)) throw invalid(`${record} has no field "${name}" to save`);
		const type = fields[name];
		if (!type.test(value)) throw invalid(`${name} must be ${type.is}`);
	}
}
