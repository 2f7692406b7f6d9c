import { createHash } from 'node:crypto';
import { transliterate } from '../../shared/transliterate';

/** A request's parameters by wire name; values as text, in Unicode. */
export type SpecterParameters = Record<string, string>;

/** The stored credential `specterApi`. For version 1 the keys are MD5 Key 1 and MD5 Key 2. */
export interface SpecterCredential {
	baseUrl: string;
	apiVersion: '1' | '2';
	sbmId: string;
	apiUserKey: string;
	integrationKey: string;
	apiUserId?: string;
	/** What the account has otherwise than we assume, as JSON (see `dialect.ts`). */
	differences?: unknown;
	/** The user's own secret for the addresses of the call-backs; without it one is derived. */
	callBackSecret?: string;
}

/**
 * The customer's name as the signature counts it: a company's own, a person's first and last name;
 * blanks at the ends cut and runs of them folded, in the text that goes on the wire.
 */
function customerName(customer: SpecterParameters): string {
	const { customerOrganizationalForm, name = '', firstName = '', surName = '' } = customer;
	const signed = customerOrganizationalForm === 'P' ? `${firstName} ${surName}` : name;
	return transliterate(signed).replace(/\s+/g, ' ').trim();
}

const batchNo = (parameters: SpecterParameters) => parameters.batchNo;
const orderId = (parameters: SpecterParameters) => parameters.orderId;

/** What a function's signature covers, called X in contract specter §2. */
const signedPart: Record<string, (parameters: SpecterParameters) => string> = {
	newCustomerSubmit: customerName,
	newOrderSubmit: ({ customerId }) => customerId,
	newArticleSubmit: ({ articleNo_1 }) => articleNo_1,
	newDeliverySubmit: orderId,
	newInvoiceSubmit: orderId,
	getArticleExternalNeedUpdate: batchNo,
	updateArticlesFromBatch: batchNo,
	getArticleInfoExternalNeedUpdate: batchNo,
	updateArticleInfosFromBatch: batchNo,
	getOrdersExternalNeedUpdate: batchNo,
	updateOrdersFromBatch: batchNo,
	clearArticleBatch: batchNo,
	checkAccountSettings: ({ date }) => date,
	getPDFLink: ({ documentId }) => `getPDFLink${documentId}`,
};

function md5(text: string): string {
	return createHash('md5')
		.update(Buffer.from(transliterate(text), 'latin1'))
		.digest('hex');
}

/**
 * The signature over X: `md5(IntegrationKey + md5(ApiUserKey + sbmId + X))`, lower-case hex over
 * Latin-1 bytes. Version 1 is the same with its two MD5 keys. Contract specter §2.
 */
export function signatureOf(
	{ integrationKey, apiUserKey, sbmId }: SpecterCredential,
	x: string,
): string {
	return md5(integrationKey + md5(apiUserKey + sbmId + x));
}

/**
 * The parameters of a call with account, user and signature added, as they go on the wire.
 * @throws {TypeError} for a function whose signed part is not known
 */
export function signedParameters(
	credential: SpecterCredential,
	parameters: SpecterParameters,
): SpecterParameters {
	const x = signedPart[parameters.action];
	if (!x) throw new TypeError(`Specter has no function "${parameters.action}" that we can sign`);
	return {
		...parameters,
		sbmId: credential.sbmId,
		...(credential.apiVersion === '2' && credential.apiUserId
			? { apiUserId: credential.apiUserId }
			: {}),
		key: signatureOf(credential, x(parameters)),
	};
}
