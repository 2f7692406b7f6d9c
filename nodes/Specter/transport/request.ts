import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, onOwnHost } from '../../shared/http';
import { percentEncodeLatin1 } from './latin1';
import { signedParameters, type SpecterCredential, type SpecterParameters } from './signature';

function formEncode(parameters: SpecterParameters): string {
	return Object.entries(parameters)
		.map(([name, value]) => `${name}=${percentEncodeLatin1(value)}`)
		.join('&');
}

/**
 * Turns `{ url: page, qs: parameters }` or `{ url: page, body: parameters }` into the request that
 * Specter understands: signed, in Latin-1, to the credential's own host. This is the credential's
 * `authenticate`, so that the keys are seen by no node.
 * @throws {TypeError} for an address on another host, or a function that cannot be signed
 */
export async function signRequest(
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const credential = data as unknown as SpecterCredential;
	const base = `${checkedBaseUrl(credential.baseUrl, 'Base URL')}/`;
	const { qs, body, ...rest } = onOwnHost(request, base);
	const signed = formEncode(
		signedParameters(credential, { ...(qs as SpecterParameters), ...(body as SpecterParameters) }),
	);
	if (!body) return { ...rest, url: `${rest.url}?${signed}` };
	return {
		...rest,
		headers: { ...rest.headers, 'content-type': 'application/x-www-form-urlencoded' },
		body: signed,
	};
}
