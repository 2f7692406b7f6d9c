import fc from 'fast-check';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { checkedBaseUrl, onOwnHost } from '../../../nodes/shared/http';
import { signRequest } from '../../../nodes/Specter/transport/request';
import { authenticateRequest } from '../../../nodes/Vendre/transport/request';

const RUNS = { numRuns: 2_000 };
const BASE = 'https://shop.example/API/1/';

/** What leads, or may seem to lead, away from a host. */
const trick = fc.constantFrom(
	...[
		'//',
		'\\\\',
		'/\\',
		'\\/',
		'///',
		'https:',
		'https:/',
		'http:',
		'@',
		':',
		'..',
		'.',
		'%2e%2e',
	],
	...[
		'\t',
		'\n',
		'\r\n',
		' ',
		'%00',
		'%0d%0a',
		'?',
		'#',
		';',
		'&',
		'javascript:',
		'data:',
		'file:///',
	],
	...[
		'evil.example',
		'shop.example',
		'shop.example.',
		'shop.example:444',
		'user:pass',
		'ÅÄÖ',
		'。',
		'／',
	],
	...['API', 'orders', '1', 'putInfo.asp', '[::1]', '0x7f.1', '127.0.0.1', 'localhost'],
);
const address = fc.array(trick, { maxLength: 7 }).map((parts) => parts.join(''));

/** What it gives, or the words of the only kind of refusal that is meant for the user. */
function attempt<Output>(work: () => Output): Output | string {
	try {
		return work();
	} catch (error) {
		const { name, message } = error as Error;
		expect(name).toBe('TypeError');
		expect(message).toMatch(
			/^(Base URL|The credential is for|The address must|What the request names)/,
		);
		return message;
	}
}

test('whatever stands as the address of a request, the credential goes to its own host alone', () => {
	fc.assert(
		fc.property(address, fc.boolean(), (given, asUri) => {
			const request = (asUri ? { url: '', uri: given } : { url: given }) as IHttpRequestOptions;
			const outcome = attempt(() => onOwnHost(request, BASE));
			if (typeof outcome === 'string') return;
			expect(new URL(outcome.url).origin).toBe('https://shop.example');
			expect(new URL(outcome.url).username).toBe('');
			expect(outcome).not.toHaveProperty('uri');
		}),
		RUNS,
	);
});

test('whatever stands as the base address, keys travel over https or stay on this machine', () => {
	fc.assert(
		fc.property(fc.oneof(address, fc.webUrl(), fc.string()), (given) => {
			const outcome = attempt(() => checkedBaseUrl(given, 'Base URL'));
			if (outcome.startsWith('Base URL ')) return;
			const { protocol, hostname, username, password } = new URL(outcome);
			const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
			expect(protocol === 'https:' || local).toBe(true);
			expect([username, password]).toEqual(['', '']);
		}),
		RUNS,
	);
});

const KEY = 'hemlig-nyckel';
const credentials = {
	vendre: { shopUrl: 'https://shop.example', apiKey: KEY },
	specter: {
		baseUrl: 'https://shop.example',
		apiVersion: '1',
		sbmId: '1',
		apiUserKey: KEY,
		integrationKey: KEY,
	},
};

test.each([
	'https://user:pass@shop.example/API/1/orders/1',
	'https://shop.example@evil.example/API/1/orders/1',
	'https://evil.example/API/1/orders/1',
	'//evil.example/API/1/orders/1',
	'\\\\evil.example\\API',
	'http://shop.example/API/1/orders/1',
])('n8n’s own HTTP Request node may not use the credentials for %s', async (uri) => {
	const request = { url: '', uri, qs: { action: 'checkAccountSettings', date: '2026-01-01' } };
	const refusal = /^(The credential is for shop\.example and not|The address must be without)/;
	await expect(authenticateRequest(credentials.vendre, request)).rejects.toThrow(refusal);
	await expect(signRequest(credentials.specter, request)).rejects.toThrow(refusal);
});
