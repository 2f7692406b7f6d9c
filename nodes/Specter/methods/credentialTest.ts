import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { requestOnce } from '../../shared/credentialRequest';
import { connectionAdvice, failureCode } from '../../shared/http';
import { accountCheck, refusesTheCredential } from '../transport/account';
import { specterDialectOf, type SpecterDialect } from '../transport/dialect';
import { signRequest } from '../transport/request';
import type { SpecterCredential } from '../transport/signature';
import { parseResult, refusalReason } from '../transport/response';

/**
 * Tries a Specter credential, without a change of anything (contract specter §4). Wrong key, wrong host and no answer each get a sentence of their own.
 */
export async function specterApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const dialect = specterDialectOf(data as unknown as SpecterCredential);
		const { url } = await signRequest(data, { url: 'getInfo.asp', qs: accountCheck(dialect) });
		const { status, body } = await requestOnce(this, { url });
		return verdict(status, body, dialect);
	} catch (error) {
		const message =
			error instanceof TypeError
				? error.message
				: `Specter gave no answer. ${connectionAdvice(failureCode(error))}`;
		return { status: 'Error', message };
	}
}

function verdict(status: number, body: Buffer, dialect: SpecterDialect): INodeCredentialTestResult {
	const answer = status === 200 ? parseResult(body) : undefined;
	if (answer && (answer.done || !refusesTheCredential(dialect, answer))) {
		return { status: 'OK', message: 'Specter accepted the keys' };
	}
	if (answer) {
		return {
			status: 'Error',
			message: `Specter refused the keys: ${refusalReason(answer)}. Check SBM ID, the two keys, the version and the API user ID.`,
		};
	}
	return {
		status: 'Error',
		message: `Something answers at this address, but not Specter’s API (HTTP status ${status}). Check the Base URL.`,
	};
}
