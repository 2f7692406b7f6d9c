import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';

/** The credential's field for what an account has otherwise than the contract assumes. */
export const differencesField: INodeProperties = {
	displayName: 'Differences',
	name: 'differences',
	type: 'json',
	default: '{}',
	description:
		'What your account has otherwise than this package assumes. Leave it as it is until the workflow “Connection check” tells you what to enter.',
};

const WHAT_TO_DO = 'Enter what the connection check names, or {} for none.';

/**
 * What a credential's field Differences holds, on top of what is assumed.
 * @param schema strict, and with a default for everything
 * @throws {TypeError} with a sentence that names the entry, for what is no JSON or not known
 */
export function readDifferences<Schema extends z.ZodTypeAny>(
	schema: Schema,
	entered: unknown,
): z.output<Schema> {
	const given = enteredDifferences(entered);
	if (given === undefined) {
		throw new TypeError(`Differences in the credential is no JSON. ${WHAT_TO_DO}`);
	}
	const result = schema.safeParse(given);
	if (result.success) return result.data as z.output<Schema>;
	const [{ path, message }] = result.error.issues;
	const where = path.length > 0 ? ` at “${path.join('.')}”` : '';
	throw new TypeError(
		`Differences in the credential cannot be used${where}: ${message}. ${WHAT_TO_DO}`,
	);
}

/** What stands in the field, unchecked; undefined for what is no JSON. */
export function enteredDifferences(entered: unknown): unknown {
	if (typeof entered !== 'string') return entered ?? {};
	if (entered.trim() === '') return {};
	try {
		return JSON.parse(entered) as unknown;
	} catch {
		return undefined;
	}
}
