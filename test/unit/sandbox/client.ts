import axios, { type AxiosResponse } from 'axios';

import type { SpecterAccount, SpecterCredentials, VendreShop } from '../../sandbox';
import { signatureOf } from '../../sandbox/specter/signature';

export type Params = Record<string, string | number>;

/** Percent-encoded ISO-8859-1, as the contract wants it. */
export function encode(value: string | number): string {
	return [...Buffer.from(String(value), 'latin1')]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			return /[\w.-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
		})
		.join('');
}

export function encodeAll(params: Params): string {
	return Object.entries(params)
		.map(([name, value]) => `${name}=${encode(value)}`)
		.join('&');
}

/** Calls Specter with a right signature, unless `params` brings one of its own. */
export async function callSpecter(
	account: SpecterAccount,
	action: string,
	signed: string,
	params: Params,
	credentials: SpecterCredentials = account.credentials,
): Promise<string> {
	const sent = {
		action,
		sbmId: credentials.sbmId,
		key: signatureOf(signed, credentials),
		...(credentials.apiUserId && { apiUserId: credentials.apiUserId }),
		...params,
	};
	return await send(account, /Submit$/.test(action) ? 'POST' : 'GET', encodeAll(sent));
}

/** Sends what is encoded already. */
export async function send(
	account: SpecterAccount,
	method: 'GET' | 'POST',
	encoded: string,
): Promise<string> {
	const { baseUrl } = account.credentials;
	const options = {
		proxy: false,
		responseType: 'arraybuffer',
		validateStatus: () => true,
	} as const;
	const response: AxiosResponse<Buffer> =
		method === 'POST'
			? await axios.post(`${baseUrl}/putInfo.asp`, encoded, {
					...options,
					headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
				})
			: await axios.get(`${baseUrl}/getInfo.asp?${encoded}`, options);
	return Buffer.from(response.data).toString('latin1');
}

export const PERSON: Params = {
	customerOrganizationalForm: 'P',
	firstName: 'Åsa',
	surName: 'Öberg',
	emailAddress: 'asa@post.example',
};

export const COMPANY: Params = {
	customerOrganizationalForm: 'C',
	name: 'Åkes Bygg AB',
	orgNo: '559924-5700',
	emailAddress: 'ake@bygg.example',
};

export async function submitCustomer(account: SpecterAccount, params: Params): Promise<string> {
	const name =
		params.customerOrganizationalForm === 'P'
			? `${params.firstName} ${params.surName}`
			: String(params.name);
	return await callSpecter(account, 'newCustomerSubmit', name.trim(), params);
}

export function article(row: number, articleNo: string, changes: Params = {}): Params {
	const values: Params = {
		articleNo,
		name: `Article ${articleNo}`,
		priceExclVAT: '100.00',
		vatPercent: '25',
		...changes,
	};
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [`${name}_${row}`, value]),
	);
}

export async function submitArticles(
	account: SpecterAccount,
	...params: Params[]
): Promise<string> {
	const sent: Params = Object.assign({}, ...params);
	return await callSpecter(account, 'newArticleSubmit', String(sent.articleNo_1 ?? ''), sent);
}

export function orderRow(row: number, articleNo: string, changes: Params = {}): Params {
	const values: Params = {
		articleNo,
		articleName: `Article ${articleNo}`,
		priceExclVAT: '100.00',
		noOfItems: 1,
		vatPercent: '25',
		...changes,
	};
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [`${name}_${row}`, value]),
	);
}

export async function submitOrder(
	account: SpecterAccount,
	customerId: number | string,
	...params: Params[]
): Promise<string> {
	const sent: Params = Object.assign({ customerId }, ...params);
	return await callSpecter(account, 'newOrderSubmit', String(customerId), sent);
}

/** Calls the shop's API with its key; any status is an answer. */
export async function callShop<Data = Record<string, unknown>>(
	shop: VendreShop,
	method: string,
	path: string,
	data?: unknown,
	headers: Record<string, string> = {},
): Promise<AxiosResponse<Data>> {
	return await axios.request<Data>({
		method,
		url: `${shop.url}${shop.dialect.apiPath}/${path}`,
		data,
		proxy: false,
		headers: {
			'X-Authorization': shop.credentials.apiKey,
			Accept: 'application/json',
			...headers,
		},
		validateStatus: () => true,
	});
}
