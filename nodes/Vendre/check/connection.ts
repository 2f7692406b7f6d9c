import type { NodeApiError } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import { connectionAdvice, failureWords } from '../../shared/http';
import type { Findings } from '../../shared/facts';
import { holds } from '../../shared/findings';
import { pageIn } from '../transport/lists';
import type { VendreCredential } from '../transport/request';
import { ask, asSet, withCredential, type Shop } from './shop';

/** Paths at which the API may stand, after those that the user names. */
const PATHS = [
	'/API/1',
	'/api/1',
	'/API/2',
	'/api/2',
	'/API/v1',
	'/api/v1',
	'/API/v2',
	'/api/v2',
	'/API/3',
	'/api/3',
	'/API',
	'/api',
	'/rest/1',
	'/rest/v1',
	'/rest',
	'/api/rest/1',
];

const HEADERS = { 'X-Authorization': 'X-Authorization', bearer: 'Authorization: Bearer' } as const;

/** Where the API answers, and what it took to get there. */
export interface Connection {
	shop: Shop;
	findings: Findings;
}

/**
 * Reaches the shop's API: as the credential says, else at another path or with the other header, each tried
 * with a call for one product. Whatever follows in the same run goes on with what was found.
 * @throws {NodeApiError} where the shop does not answer or takes the key in no way
 */
export async function connect(shop: Shop, furtherPaths: readonly string[]): Promise<Connection> {
	const statuses: number[] = [];
	for (const candidate of candidates(shop.credential, furtherPaths)) {
		const there = isSet(candidate, shop) ? shop : await withCredential(shop, candidate);
		const answer = await ask(there, { path: 'products', qs: { page_size: 1, offset: 0 } });
		if (answer.status === 200 && pageIn(answer.json)) {
			return { shop: there, findings: findings(candidate, shop) };
		}
		if (answer.status === 0) throw noAnswer(shop, answer.text) as NodeApiError;
		statuses.push(answer.status);
	}
	throw notReached(shop, statuses) as NodeApiError;
}

type Access = Pick<VendreCredential, 'apiPath' | 'authHeader'>;

/** The ways in, what is set first. */
function candidates(
	{ apiPath, authHeader }: VendreCredential,
	further: readonly string[],
): Access[] {
	const paths = new Set([apiPath, ...further, ...PATHS].map(plain));
	const headers = new Set([authHeader, ...(Object.keys(HEADERS) as Array<keyof typeof HEADERS>)]);
	return [...paths].flatMap((path) =>
		[...headers].map((header) => ({ apiPath: path, authHeader: header })),
	);
}

const plain = (path: string) => `/${path.trim().replace(/^\/+|\/+$/g, '')}`;

const isSet = ({ apiPath, authHeader }: Access, { credential }: Shop) =>
	apiPath === plain(credential.apiPath) && authHeader === credential.authHeader;

function noAnswer({ context }: Shop, code: string) {
	return apiError(context.getNode(), {
		message: `Vendre ${failureWords(code)}, so that nothing could be checked`,
		description: connectionAdvice(code),
		retryable: true,
	});
}

function findings({ apiPath, authHeader }: Access, { credential }: Shop): Findings {
	return {
		apiPath:
			apiPath === plain(credential.apiPath)
				? holds(asSet(apiPath, PATHS[0]))
				: {
						verdict: 'differs',
						found: `The API answers at ${apiPath}`,
						field: { name: 'apiPath', value: apiPath },
					},
		authHeader:
			authHeader === credential.authHeader
				? holds(asSet(HEADERS[authHeader], 'X-Authorization'))
				: {
						verdict: 'differs',
						found: `The key is taken in the header ${HEADERS[authHeader]}`,
						field: { name: 'authHeader', value: authHeader },
					},
	};
}

function notReached({ context }: Shop, statuses: readonly number[]) {
	const refused = statuses.some((status) => status === 401 || status === 403);
	return apiError(context.getNode(), {
		message: refused
			? 'The shop refused the API key in either header'
			: 'Something answers at this address, but Vendre’s API at none of the paths that were tried',
		description: refused
			? 'Check the API key in the credential; Vendre’s support issues it.'
			: 'Check the Shop URL in the credential, or ask Vendre’s support for the path of the API and enter it under Further API Paths.',
	});
}
