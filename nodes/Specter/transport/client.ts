import type { IDataObject, INode, NodeApiError } from 'n8n-workflow';
import { apiError } from '../../shared/errors';
import {
	connectionAdvice,
	sendWithRetry,
	type HttpOutcome,
	type RequestContext,
} from '../../shared/http';
import { parseAnswer, refusalReason, type SpecterAnswer } from './response';
import type { SpecterParameters } from './signature';

/**
 * Calls a writing function and returns Specter's answer, a refusal included.
 * @param repeatable whether doing it twice has the effect of doing it once
 * @throws {NodeApiError} when no answer in Specter's protocol comes within the retry budget
 */
export async function write(
	context: RequestContext,
	parameters: SpecterParameters,
	{ repeatable, itemIndex }: { repeatable: boolean; itemIndex?: number },
): Promise<SpecterAnswer> {
	const outcome = await sendWithRetry(
		context,
		'specterApi',
		{ method: 'POST', url: 'putInfo.asp', body: parameters as IDataObject },
		{ repeatable, understands: (body) => parseAnswer(body) !== undefined },
	);
	const answer = outcome.answered && outcome.status === 200 ? parseAnswer(outcome.body) : undefined;
	if (!answer) throw noAnswerError(context.getNode(), outcome, parameters.action, itemIndex);
	return answer;
}

/** The error for a call that was not answered in Specter's protocol; it holds nothing of the request. */
function noAnswerError(
	node: INode,
	outcome: HttpOutcome,
	action: string,
	itemIndex?: number,
): NodeApiError {
	const tries = outcome.attempts === 1 ? 'one try' : `${outcome.attempts} tries`;
	if (!outcome.answered) {
		return apiError(node, {
			message: `Specter gave no answer to ${action} (${tries})`,
			description: `${connectionAdvice(outcome.code)} What was sent may or may not stand in Specter.`,
			itemIndex,
		});
	}
	return apiError(node, {
		message: `Specter answered ${action} with HTTP status ${outcome.status} and no result line (${tries})`,
		description:
			outcome.status === 200
				? 'The answer is not in Specter’s protocol: check the Base URL of the credential, and whether a proxy stands between.'
				: 'Specter’s server is out of order or overloaded, or the Base URL of the credential is wrong.',
		httpCode: String(outcome.status),
		itemIndex,
	});
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
