import { randomBytes } from 'node:crypto';

/** How nested names are written: `products[0][model]` as PHP does, or `products.0.model`. */
export type Nesting = 'brackets' | 'dots';

export type WebhookFormat = 'json' | 'form-urlencoded' | 'form-data';

/** A record as the body of a web-hook, in the format that the shop's admin chose. */
export function encodeRecord(
	record: object,
	format: WebhookFormat,
	nesting: Nesting = 'brackets',
): { contentType: string; body: string } {
	if (format === 'json') {
		return { contentType: 'application/json', body: JSON.stringify(record) };
	}
	const pairs = nested(record, nesting);
	if (format === 'form-urlencoded') {
		return {
			contentType: 'application/x-www-form-urlencoded',
			body: new URLSearchParams(pairs).toString(),
		};
	}
	const boundary = `----sandbox${randomBytes(12).toString('hex')}`;
	const parts = pairs.map(
		([name, value]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
	);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: `${parts.join('')}--${boundary}--\r\n`,
	};
}

/**
 * Every value under its whole name. null and false become empty, true becomes 1, as in PHP; an empty list or
 * object is not there at all.
 */
function nested(value: unknown, nesting: Nesting, name = ''): Array<[string, string]> {
	if (typeof value === 'object' && value !== null) {
		const inside = (key: string) => (nesting === 'dots' ? `${name}.${key}` : `${name}[${key}]`);
		return Object.entries(value).flatMap(([key, child]) =>
			nested(child, nesting, name === '' ? key : inside(key)),
		);
	}
	if (value === null || value === undefined || value === false) return [[name, '']];
	return [[name, value === true ? '1' : String(value)]];
}
