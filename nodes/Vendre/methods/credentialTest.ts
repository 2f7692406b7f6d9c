import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { requestOnce } from '../../shared/credentialRequest';
import { connectionAdvice, failureCode } from '../../shared/http';
import { statusOf } from '../transport/answer';
import { pageIn } from '../transport/lists';
import { authenticateRequest } from '../transport/request';

/**
 * Tries a Vendre credential by reading one product row (contract vendre §1). Wrong key, wrong host
 * and no answer each get a sentence of their own.
 */
export async function vendreApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const signed = await authenticateRequest(data, { url: 'products?page_size=1&offset=0' });
		const { status, body } = await requestOnce(this, signed);
		return verdict(statusOf(status, body), body);
	} catch (error) {
		const message =
			error instanceof TypeError
				? error.message
				: `The shop gave no answer. ${connectionAdvice(failureCode(error))}`;
		return { status: 'Error', message };
	}
}

function verdict(status: number, body: Buffer): INodeCredentialTestResult {
	if (status === 200 && isList(body)) {
		return { status: 'OK', message: 'The shop accepted the API key' };
	}
	if (status === 401 || status === 403) {
		return {
			status: 'Error',
			message: `The shop refused the API key (HTTP status ${status}). Check the key, and the authorization header among the settings below.`,
		};
	}
	if (status >= 300 && status < 400) {
		return {
			status: 'Error',
			message:
				'The shop points to another address. Enter the address that the shop itself uses, with or without www.',
		};
	}
	return {
		status: 'Error',
		message: `Something answers at this address, but not Vendre’s API (HTTP status ${status}). Check the Shop URL and the API path.`,
	};
}

function isList(body: Buffer): boolean {
	try {
		return pageIn(JSON.parse(body.toString('utf8'))) !== undefined;
	} catch {
		return false;
	}
}
