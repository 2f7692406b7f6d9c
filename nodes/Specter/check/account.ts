import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { asIf } from '../../shared/asIf';
import { enteredDifferences } from '../../shared/differences';
import { notTested } from '../../shared/findings';
import { accountDialect } from '../transport/account';
import { ask, write } from '../transport/client';
import type { SpecterDialect } from '../transport/dialect';
import type { SpecterAnswer } from '../transport/response';
import type { SpecterCredential, SpecterParameters } from '../transport/signature';

/** An account under examination: the node's context, or one as if its credential were otherwise. */
export interface Account {
	context: IExecuteFunctions;
	credential: SpecterCredential;
	dialect: SpecterDialect;
}

/** The account of the node's credential. */
export async function accountOf(context: IExecuteFunctions): Promise<Account> {
	const credential = await context.getCredentials<SpecterCredential>('specterApi');
	return { context, credential, dialect: await accountDialect(context) };
}

/** The same account as if fields of its credential were otherwise. */
export async function withCredential(
	{ context }: Account,
	changes: Partial<SpecterCredential>,
): Promise<Account> {
	return await accountOf(
		await asIf(context, 'specterApi', changes as ICredentialDataDecryptedObject),
	);
}

/** The same account as if it called parameters by other names. */
export async function withNames(
	account: Account,
	names: SpecterDialect['parameters'],
): Promise<Account> {
	return await withDifferences(account, {
		parameters: { ...account.dialect.parameters, ...names },
	});
}

/** The same account as if these stood under Differences, too. */
export async function withDifferences(
	account: Account,
	more: Partial<SpecterDialect>,
): Promise<Account> {
	const entered = enteredDifferences(account.credential.differences) as object;
	return await withCredential(account, { differences: { ...entered, ...more } });
}

/**
 * What Specter says to a call of `getInfo`; undefined where something answered, but not in its protocol.
 * @throws {NodeApiError} where nothing answered at all
 */
export async function answerTo(
	{ context }: Account,
	parameters: SpecterParameters,
): Promise<SpecterAnswer | undefined> {
	return await orForeign(async () => (await ask(context, parameters)).answer);
}

/** The same for a write, which may be done twice. */
export async function answerToWrite(
	{ context }: Account,
	parameters: SpecterParameters,
): Promise<SpecterAnswer | undefined> {
	const rules = { repeatable: true, what: 'the connection check’s record' };
	return await orForeign(async () => (await write(context, parameters, rules)).answer);
}

/** undefined where what answered is not Specter, or not in a state to answer. */
export async function orForeign<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof NodeApiError && error.httpCode !== null) return undefined;
		throw error as NodeApiError;
	}
}

/** What only checkAccountSettings could tell. */
export const UNASKED = notTested('Not asked, because asking would remove the call-backs');
