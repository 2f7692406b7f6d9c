import type { RequestContext } from '../../shared/http';
import type { VendreCredential } from './request';

/**
 * The shop's host as the credential names it, with a folder where the shop stands in one. It tells the
 * records of several shops apart.
 */
export async function shopOf(context: RequestContext): Promise<string> {
	const { shopUrl } = await context.getCredentials<VendreCredential>('vendreApi');
	const { host, pathname } = new URL(shopUrl.trim());
	return `${host}${pathname}`.replace(/\/+$/, '');
}
