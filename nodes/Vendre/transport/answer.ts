export const NOT_JSON = Symbol('not JSON');

/** What an answer says; `undefined` for an empty one. */
export function parseJson(body: Buffer): unknown {
	const text = body.toString('utf8').trim();
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return NOT_JSON;
	}
}

/** What counts as the status of a refusal that names none: it is about what was sent. */
const REFUSED = 422;

/**
 * The status that an answer stands for. A refusal may come as if all were well, with errors (contract vendre §1)
 * where a record or a list should be; then it is the one that they name.
 */
export function statusOf(status: number, body: Buffer): number {
	// A page of a list is large, and is not read once more for this.
	if (status < 200 || status >= 300 || !body.includes('"errors"')) return status;
	const json = parseJson(body);
	const { id, list, data } = (json ?? {}) as Record<string, unknown>;
	const errors = errorsIn(json);
	if (errors.length === 0 || ![id, list, data].every(isEmpty)) return status;
	const named = errors.map((each) => Number((each as { status?: unknown } | null)?.status));
	return named.find((each) => each >= 400 && each < 600) ?? REFUSED;
}

/** The shop's own words, from `{"errors": [{ title, detail }]}`. */
export function shopReason(body: Buffer): string {
	return errorsIn(parseJson(body))
		.map((each) => {
			if (typeof each === 'string') return each;
			const { detail, title } = (each ?? {}) as { detail?: unknown; title?: unknown };
			return String(detail ?? title ?? '');
		})
		.filter(Boolean)
		.join('; ')
		.slice(0, 300);
}

function errorsIn(json: unknown): unknown[] {
	const { errors } = (json ?? {}) as { errors?: unknown };
	return Array.isArray(errors) ? errors : [];
}

const isEmpty = (value: unknown) =>
	value === undefined ||
	value === null ||
	(typeof value === 'object' && Object.keys(value).length === 0);
