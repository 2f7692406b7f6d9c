import { json, type Answer } from '../http';

/** A request that the shop does not carry out: nothing has been written. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly title: string,
		detail: string,
	) {
		super(detail);
	}

	/** Contract vendre §1: `{"errors":[{status,code,title,detail}]}`. */
	toAnswer(): Answer {
		const code = this.title.toLowerCase().replace(/ /g, '_');
		const error = { status: this.status, code, title: this.title, detail: this.message };
		return json({ errors: [error] }, this.status);
	}
}

export const notFound = (what: string) => new ApiError(404, 'Not found', `There is no ${what}`);

export const invalid = (detail: string) => new ApiError(422, 'Invalid', detail);
