import { NodeApiError, type INode } from 'n8n-workflow';

/** What happened, what to do, the HTTP status and the item that it concerns. */
export interface ApiErrorText {
	message: string;
	description: string;
	httpCode?: string;
	itemIndex?: number;
	/** Whether the same call may go through later; false where it is this record that was refused. */
	retryable?: boolean;
}

/**
 * An error about an outside system, made of our own words alone: nothing of the request or of what
 * n8n's http helper threw is kept in it, because both carry keys.
 */
export function apiError(node: INode, text: ApiErrorText): NodeApiError {
	const error = new NodeApiError(node, {}, text);
	error.context.retryable = text.retryable ?? false;
	return error;
}
