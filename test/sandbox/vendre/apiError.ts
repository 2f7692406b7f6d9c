import { html, json, text, type Answer } from '../http';
import type { VendreDialect } from './dialect';

/** A request that the shop does not carry out: nothing has been written. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly title: string,
		detail: string,
	) {
		super(detail);
	}

	toAnswer({ errorFormat }: VendreDialect): Answer {
		const { status, title, message } = this;
		switch (errorFormat) {
			case 'errors': {
				const code = title.toLowerCase().replace(/ /g, '_');
				return json({ errors: [{ status, code, title, detail: message }] }, status);
			}
			case 'error':
				return json({ error: message }, status);
			case 'text':
				return text(message, status);
			case 'html':
				return html(`<html><head><title>${status} ${title}</title></head></html>`, status);
		}
	}
}

export const notFound = (what: string) => new ApiError(404, 'Not found', `There is no ${what}`);

export const invalid = (detail: string) => new ApiError(422, 'Invalid', detail);
