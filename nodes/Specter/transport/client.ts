import type { IDataObject, IHttpRequestOptions, INode, NodeApiError } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import {
	connectionAdvice,
	failureWords,
	mayHaveBeenCarriedOut,
	sendWithRetry,
	type HttpOutcome,
	type RequestContext,
} from '../../shared/http';
import { parseAnswer, parseResult, refusalReason, type SpecterAnswer } from './response';
import type { SpecterParameters } from './signature';

/** An answer, and how many tries it took: after more than one, an earlier try may have been carried out. */
interface Answered<Answer> {
	answer: Answer;
	attempts: number;
}

/** How a call may be treated, and what its error tells. */
interface CallRules {
	/** Whether doing it twice has the effect of doing it once. */
	repeatable: boolean;
	/** What is written, for the user: "the order 1001". Nothing where the call only reads. */
	what?: string;
	itemIndex?: number;
}

/**
 * Calls a writing function and returns Specter's answer, a refusal included.
 * @throws {NodeApiError} when no answer in Specter's protocol comes within the retry budget. Of a call
 * that is not repeatable it says where the record may stand in Specter all the same, and is then not
 * `retryable`: running it again could make a double
 */
export async function write(
	context: RequestContext,
	parameters: SpecterParameters,
	rules: CallRules & { what: string },
): Promise<Answered<SpecterAnswer>> {
	const request = { method: 'POST', url: 'putInfo.asp', body: parameters as IDataObject } as const;
	return await call(context, request, parameters.action, parseAnswer, rules);
}

/**
 * Calls a function of `getInfo` and reads its answer with `parse`. All of them can be repeated: a fetch
 * by its batch number gives the same batch, and what is set is absolute.
 * @throws {NodeApiError} when nothing that `parse` understands comes within the retry budget
 */
export async function read<Answer>(
	context: RequestContext,
	parameters: SpecterParameters,
	parse: (body: Buffer) => Answer | undefined,
	itemIndex?: number,
): Promise<Answered<Answer>> {
	const request = { method: 'GET', url: 'getInfo.asp', qs: parameters as IDataObject } as const;
	return await call(context, request, parameters.action, parse, { repeatable: true, itemIndex });
}

/**
 * Calls a function of `getInfo` that answers with a result line and no more, and returns the answer, a
 * refusal included.
 * @throws {NodeApiError} when no result line comes within the retry budget
 */
export async function ask(
	context: RequestContext,
	parameters: SpecterParameters,
	itemIndex?: number,
): Promise<Answered<SpecterAnswer>> {
	return await read(context, parameters, parseResult, itemIndex);
}

async function call<Answer>(
	context: RequestContext,
	request: IHttpRequestOptions,
	action: string,
	parse: (body: Buffer) => Answer | undefined,
	rules: CallRules,
): Promise<Answered<Answer>> {
	const outcome = await sendWithRetry(context, 'specterApi', request, {
		repeatable: rules.repeatable,
		understands: (body) => parse(body) !== undefined,
	});
	const answer = outcome.answered && outcome.status === 200 ? parse(outcome.body) : undefined;
	if (answer === undefined) throw noAnswerError(context.getNode(), outcome, action, rules);
	return { answer, attempts: outcome.attempts };
}

/** The error for a call that was not answered in Specter's protocol; it holds nothing of the request. */
function noAnswerError(
	node: INode,
	outcome: HttpOutcome,
	action: string,
	{ repeatable, what, itemIndex }: CallRules,
): NodeApiError {
	const tries = outcome.attempts === 1 ? 'one try' : `${outcome.attempts} tries`;
	const inDoubt = mayHaveBeenCarriedOut(outcome);
	return apiError(node, {
		message: outcome.answered
			? `Specter answered ${action} with HTTP status ${outcome.status} and nothing that can be read (${tries})`
			: `Specter ${failureWords(outcome.code)} to ${action} (${tries})`,
		description: `${adviceOn(outcome)}${what && inDoubt ? ` ${doubtAbout(what, repeatable)}` : ''}`,
		...(outcome.answered ? { httpCode: String(outcome.status) } : {}),
		itemIndex,
		retryable: repeatable || !inDoubt,
	});
}

function adviceOn(outcome: HttpOutcome): string {
	if (!outcome.answered) return connectionAdvice(outcome.code);
	return outcome.status === 200
		? 'The answer is not in Specter’s protocol: check the Base URL of the credential, and whether a proxy stands between.'
		: 'Specter’s server is out of order or overloaded, or the Base URL of the credential is wrong.';
}

/** What the user must know of a record whose fate is unknown. */
function doubtAbout(what: string, repeatable: boolean): string {
	const record = what.charAt(0).toUpperCase() + what.slice(1);
	return repeatable
		? `${record} may or may not stand in Specter; sending it again makes no double.`
		: `${record} may or may not stand in Specter: look there before you run the item again.`;
}

/** The error for an answer that is a refusal, with Specter's own code and words. */
export function refusalError(
	node: INode,
	answer: { code: string; message: string },
	{ what, advice, itemIndex }: { what: string; advice: string; itemIndex?: number },
): NodeApiError {
	return apiError(node, {
		message: `Specter refused ${what}: ${refusalReason(answer)}`,
		description: advice,
		itemIndex,
	});
}
