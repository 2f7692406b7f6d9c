import { oncePerContext } from '../../shared/oncePerContext';
import { specterDialectOf, type SpecterDialect } from './dialect';
import type { SpecterCredential, SpecterParameters } from './signature';
import { todayIn } from './today';

/**
 * Specter as the account of the node's credential has it.
 * @throws {TypeError} for a field Differences that cannot be used
 */
export const accountDialect = oncePerContext(
	async (context): Promise<SpecterDialect> =>
		specterDialectOf(await context.getCredentials<SpecterCredential>('specterApi')),
);

/** Beyond any number that a document has. */
const NO_DOCUMENT = '999999999';

/**
 * The call of `getInfo` that tells whether Specter takes a credential. It is checkAccountSettings without
 * a call-back address (contract specter §4), which changes nothing unless the account drops what is not
 * named; there it is the question for a document that nobody has.
 */
export function accountCheck({
	timeZone,
	unnamedCallBacksStay,
}: Pick<SpecterDialect, 'timeZone' | 'unnamedCallBacksStay'>): SpecterParameters {
	return unnamedCallBacksStay
		? { action: 'checkAccountSettings', date: todayIn(timeZone) }
		: { action: 'getPDFLink', typeDocument: 'invoice', documentId: NO_DOCUMENT };
}

/** Words of a refusal that is about who asks; which code says so is unknown (contract specter §3). */
const ABOUT_WHO_ASKS = /key|nyckel|sign|sbm|user|användare|access|behörig|login|inlogg/i;

/** Whether a refusal of that call is one of the credential; that there is no such document is none. */
export function refusesTheCredential(
	{ unnamedCallBacksStay }: Pick<SpecterDialect, 'unnamedCallBacksStay'>,
	refusal: { message: string },
): boolean {
	return unnamedCallBacksStay || ABOUT_WHO_ASKS.test(refusal.message);
}
