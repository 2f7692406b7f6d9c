import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl } from '../../shared/http';
import { percentEncodeLatin1 } from './latin1';
import { signedParameters, type SpecterCredential, type SpecterParameters } from './signature';

/** Reads are GET on one page, writes POST on the other. Contract specter §1. */
export type SpecterPage = 'getInfo.asp' | 'putInfo.asp';

function formEncode(parameters: SpecterParameters): string {
	return Object.entries(parameters)
		.map(([name, value]) => `${name}=${percentEncodeLatin1(value)}`)
		.join('&');
}

/**
 * Turns `{ url: page, qs: parameters }` or `{ url: page, body: parameters }` into the request that
 * Specter understands: signed, in Latin-1, to the credential's own host. This is the credential's
 * `authenticate`, so that the keys are seen by no node.
 */
export async function signRequest(
	data: ICredentialDataDecryptedObject,
	{ qs, body, ...request }: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const credential = data as unknown as SpecterCredential;
	const url = `${checkedBaseUrl(credential.baseUrl, 'Base URL')}/${request.url}`;
	if (body) {
		return {
			...request,
			url,
			headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' },
			body: formEncode(signedParameters(credential, body as SpecterParameters)),
		};
	}
	return {
		...request,
		url: `${url}?${formEncode(signedParameters(credential, qs as SpecterParameters))}`,
	};
}
