import type { RequestContext } from '../../shared/http';
import { Turns } from '../../shared/turns';
import type { SpecterCredential } from './signature';

/** What Specter finds a customer without a number by, as far as it is looked at. Contract specter §4. */
export interface MatchedBy {
	email?: string;
	orgNo?: string;
}

/** Customers that are being sent, for all executions of this process. */
const turns = new Turns();

/**
 * Does `work` when every record of this account that Specter may take for the same customer has been
 * answered. Specter looks for a customer and then makes it: of two at once, such as two orders of a
 * newcomer, neither might find the other.
 */
export async function inCustomersTurn<Output>(
	context: RequestContext,
	{ email, orgNo }: MatchedBy,
	work: () => Promise<Output>,
): Promise<Output> {
	const { baseUrl, sbmId } = await context.getCredentials<SpecterCredential>('specterApi');
	const emailKey = email?.trim().toLowerCase();
	const orgNoKey = orgNo?.replace(/[^\da-z]/gi, '').toUpperCase();
	const inTurn = async (by: string, value: string | undefined, next: typeof work) =>
		value ? await turns.take(JSON.stringify([baseUrl, sbmId, by, value]), next) : await next();

	// Always the e-mail first, so that no two wait for each other.
	return await inTurn('email', emailKey, async () => await inTurn('orgNo', orgNoKey, work));
}
