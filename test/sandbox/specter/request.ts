import type { Received } from '../http';
import type { SpecterDialect } from './dialect';
import { readParameters } from './latin1';
import { Refusal } from './refusal';

/**
 * Reads a call's parameters where the account looks for them; what stands elsewhere is not seen.
 *
 * @param into parameters read so far, also if the rest cannot be read
 * @throws Refusal
 */
export function readRequest(
	request: Received,
	{ parametersIn }: SpecterDialect,
	into: Map<string, string>,
): void {
	const isWrite = request.method === 'POST';
	const looksInQuery = !isWrite || parametersIn !== 'body';
	const looksInBody = parametersIn === 'everywhere' || (isWrite && parametersIn === 'body');
	if (looksInQuery) readParameters(request.query, into);
	if (looksInBody && request.body.length > 0) {
		checkContentType(request);
		readParameters(request.body.toString('latin1'), into);
	}
}

function checkContentType({ headers }: Received): void {
	const [type, ...parts] = (headers['content-type'] ?? '').toLowerCase().split(/\s*;\s*/);
	const charset = parts.find((part) => part.startsWith('charset='))?.slice('charset='.length);
	if (type !== 'application/x-www-form-urlencoded') {
		throw new Refusal('encoding', `The body must be a urlencoded form, not "${type}"`);
	}
	if (charset !== undefined && charset !== 'iso-8859-1') {
		throw new Refusal('encoding', `The body must be in ISO-8859-1, not "${charset}"`);
	}
}
