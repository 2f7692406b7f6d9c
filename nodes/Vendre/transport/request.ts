import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, onOwnHost } from '../../shared/http';

/** The stored credential `vendreApi`. */
export interface VendreCredential {
	shopUrl: string;
	apiKey: string;
	webhookSecret: string;
	apiPath: string;
	authHeader: 'X-Authorization' | 'bearer';
	saveVerb: 'PUT' | 'POST';
	/** What the shop has otherwise than we assume, as JSON (see `dialect.ts`). */
	differences?: unknown;
}

/** Whether one record is saved: a PUT to a whole list makes a new one. */
const saves = ({ method, url }: IHttpRequestOptions) =>
	method === 'PUT' && /\/\d+\/?(\?|$)/.test(url);

/**
 * Turns `{ url: 'orders/1' }` into the request to the shop's API, with the key in the header and, for a
 * save, the verb that the credential names (contract vendre §1). This is the credential's `authenticate`: n8n's own HTTP
 * Request node comes here too, with a whole address, which must be the shop's.
 * @throws {TypeError} for an address on another host
 */
export async function authenticateRequest(
	data: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { shopUrl, apiKey, apiPath, authHeader, saveVerb } = data as unknown as VendreCredential;
	const path = (apiPath || '/API/1').replace(/^\/*|\/*$/g, '');
	const base = `${checkedBaseUrl(shopUrl, 'Shop URL')}/${path}/`;
	return {
		...onOwnHost(request, base),
		method: saves(request) ? saveVerb || 'PUT' : request.method,
		headers: {
			...request.headers,
			accept: 'application/json',
			...(authHeader === 'bearer'
				? { authorization: `Bearer ${apiKey}` }
				: { 'X-Authorization': apiKey }),
		},
	};
}
