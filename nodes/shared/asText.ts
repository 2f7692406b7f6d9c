/**
 * A value of no parts as text. A record, a list and a number beyond all numbers (`1e999` in JSON) are left
 * as they are, so that whoever wants a text refuses them by name.
 */
export function asText(value: unknown): unknown {
	const isBeyond = typeof value === 'number' && !Number.isFinite(value);
	return typeof value === 'object' || value === undefined || isBeyond ? value : String(value);
}
