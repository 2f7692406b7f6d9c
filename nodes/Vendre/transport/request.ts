import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl } from '../../shared/http';

/** The stored credential `vendreApi`. */
export interface VendreCredential {
	shopUrl: string;
	apiKey: string;
	webhookSecret: string;
	apiPath: string;
	authHeader: 'X-Authorization' | 'bearer';
	saveVerb: 'PUT' | 'POST';
}

/**
 * Turns `{ url: 'orders/1' }` into the request to the shop's own host, with the key in the header
 * that the credential names (contract vendre §1). This is the credential's `authenticate`.
 */
export async function authenticateRequest(
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { shopUrl, apiKey, apiPath, authHeader } = data as unknown as VendreCredential;
	const path = (apiPath || '/API/1').replace(/^\/*|\/*$/g, '');
	return {
		...request,
		url: `${checkedBaseUrl(shopUrl, 'Shop URL')}/${path}/${request.url}`,
		headers: {
			...request.headers,
			accept: 'application/json',
			...(authHeader === 'bearer'
				? { authorization: `Bearer ${apiKey}` }
				: { 'X-Authorization': apiKey }),
		},
	};
}
