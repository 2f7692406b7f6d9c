import type { z } from 'zod';
import { Refusal } from './refusal';

/**
 * Checks a record against its schema and returns it as the schema shapes it.
 * @param label what the record is, for the user: "Customer", "Order 1001"
 * @throws {Refusal} that names each field that does not fit, its value and what is wanted
 */
export function checkRecord<Schema extends z.ZodTypeAny>(
	schema: Schema,
	value: unknown,
	label: string,
): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const complaints = result.error.issues.map((issue) => {
		const field = issue.path.join('.') || 'the record';
		const found = shorten(valueAt(value, issue.path));
		return `${field} is ${found}: ${issue.message}`;
	});
	throw new Refusal(
		`${label} cannot be used: ${complaints.slice(0, 5).join('; ')}`,
		complaints.length > 5
			? `There are ${complaints.length} such fields; the first five are shown. Correct them where the record comes from.`
			: 'Correct the value where the record comes from, or map it in the node before this one.',
	);
}

function valueAt(value: unknown, path: ReadonlyArray<string | number>): unknown {
	return path.reduce<unknown>(
		(inner, key) => (inner as Record<string | number, unknown> | null | undefined)?.[key],
		value,
	);
}

function shorten(value: unknown): string {
	if (value === undefined) return 'missing';
	const text = asJson(value);
	return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** JSON can be read that is nested too deep to be written. */
function asJson(value: unknown): string {
	try {
		return JSON.stringify(value) ?? String(value);
	} catch {
		return 'nested too deep to be shown';
	}
}
