import { randomBytes } from 'node:crypto';

export type WebhookFormat = 'json' | 'form-urlencoded' | 'form-data';

/** A record as the body of a web-hook, in the format that the shop's admin chose. */
export function encodeRecord(
	record: object,
	format: WebhookFormat,
): { contentType: string; body: string } {
	if (format === 'json') {
		return { contentType: 'application/json', body: JSON.stringify(record) };
	}
	const pairs = nested(record);
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
 * Nested values as PHP writes and reads them: `products[0][model]`. null and false become empty, true
 * becomes 1; an empty list or object is not there at all.
 */
function nested(value: unknown, name = ''): Array<[string, string]> {
	if (typeof value === 'object' && value !== null) {
		return Object.entries(value).flatMap(([key, child]) =>
			nested(child, name === '' ? key : `${name}[${key}]`),
		);
	}
	if (value === null || value === undefined || value === false) return [[name, '']];
	return [[name, value === true ? '1' : String(value)]];
}
