import type { RequestContext } from '../../shared/http';
import { oncePerContext } from '../../shared/oncePerContext';
import { vendreDialectOf, type VendreDialect } from './dialect';
import type { VendreCredential } from './request';

/**
 * Vendre as the shop of the node's credential has it.
 * @throws {TypeError} for a field Differences that cannot be used
 */
export const shopDialect = oncePerContext(
	async (context): Promise<VendreDialect> =>
		vendreDialectOf(await context.getCredentials<VendreCredential>('vendreApi')),
);

/**
 * The shop's host as the credential names it, with a folder where the shop stands in one. It tells the
 * records of several shops apart.
 */
export async function shopOf(context: RequestContext): Promise<string> {
	const { shopUrl } = await context.getCredentials<VendreCredential>('vendreApi');
	const { host, pathname } = new URL(shopUrl.trim());
	return `${host}${pathname}`.replace(/\/+$/, '');
}
