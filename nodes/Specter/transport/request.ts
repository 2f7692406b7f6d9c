import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, onOwnHost } from '../../shared/http';
import { specterDialectOf } from './dialect';
import { percentEncodeLatin1 } from './latin1';
import { inAccountsWords } from './parameters';
import { signedParameters, type SpecterCredential, type SpecterParameters } from './signature';

function formEncode(parameters: SpecterParameters): string {
	return Object.entries(parameters)
		.map(([name, value]) => `${name}=${percentEncodeLatin1(value)}`)
		.join('&');
}

/**
 * Turns `{ url: page, qs: parameters }` or `{ url: page, body: parameters }` into the request that
 * Specter understands: signed, by the names that the account has for parameters, in Latin-1, to the
 * credential's own host. This is the credential's `authenticate`, so that the keys are seen by no node.
 * @throws {TypeError} for an address on another host, a function that cannot be signed, or a field
 * Differences that cannot be used
 */
export async function signRequest(
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const credential = data as unknown as SpecterCredential;
	const base = `${checkedBaseUrl(credential.baseUrl, 'Base URL')}/`;
	const dialect = specterDialectOf(credential);
	const { qs, body, ...rest } = onOwnHost(request, base);
	const parameters = signedParameters(credential, {
		...(qs as SpecterParameters),
		...(body as SpecterParameters),
	});
	const signed = formEncode(inAccountsWords(parameters, dialect));
	if (!body || dialect.writesIn === 'query') return { ...rest, url: `${rest.url}?${signed}` };
	return {
		...rest,
		headers: { ...rest.headers, 'content-type': 'application/x-www-form-urlencoded' },
		body: signed,
	};
}
