import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

/**
 * The context as if these fields of its credential were otherwise: so the connection check finds out what
 * an account would take. The credential's own `authenticate` still does the signing.
 */
export async function asIf(
	context: IExecuteFunctions,
	credentialType: string,
	changes: ICredentialDataDecryptedObject,
): Promise<IExecuteFunctions> {
	const data = { ...(await context.getCredentials(credentialType)), ...changes };
	const { id = '', name = '' } = context.getNode().credentials?.[credentialType] ?? {};
	const credentialsDecrypted = { id: id ?? '', name, type: credentialType, data };
	const send = context.helpers.httpRequestWithAuthentication;
	const helpers: IExecuteFunctions['helpers'] = {
		...context.helpers,
		async httpRequestWithAuthentication(type, request, options = { credentialsDecrypted }) {
			return (await send.call(this, type, request, options)) as unknown;
		},
	};
	return Object.assign(Object.create(context) as IExecuteFunctions, {
		helpers,
		getCredentials: async () => data,
	});
}
