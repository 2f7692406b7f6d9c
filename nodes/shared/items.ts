import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { mapBounded } from './concurrency';
import { Refusal } from './refusal';

/**
 * The error that n8n shows for item `itemIndex`: one of ours as it stands, a {@link Refusal} with
 * its advice, anything else by its message.
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	const message = error instanceof Error ? error.message : String(error);
	const description = error instanceof Refusal ? error.whatToDo : undefined;
	return new NodeOperationError(node, message, { itemIndex, description });
}

/**
 * Whether a record that failed may go through later as it is. A record that cannot be used and a
 * system's refusal of it are final; a system that is down, or a credential that is wrong, is not.
 */
export function isRetryable(error: unknown): boolean {
	if (error instanceof NodeApiError) return error.context.retryable === true;
	return !(error instanceof Refusal);
}

/**
 * Whether an earlier node of ours failed this item and let it go on among the others. A node that does
 * the same hands such an item on as it is, so that a chain ends with every record and its own failure.
 */
export function failedBefore(context: IExecuteFunctions, { json }: INodeExecutionData): boolean {
	const chained = context.getNode().onError === 'continueRegularOutput';
	return chained && typeof json.error === 'string';
}

/**
 * The item that a node set to go on despite failures puts out for input item `itemIndex`: its input,
 * `error` (what happened), `details` (what to do) and `retryable`. To the error output n8n itself adds
 * the input, but only to an item that holds nothing but error and details; setting `item.error` would
 * make it drop the input.
 */
export function failedItem(
	context: IExecuteFunctions,
	input: INodeExecutionData,
	error: unknown,
	itemIndex: number,
): INodeExecutionData {
	const node = context.getNode();
	const { retryable, ...failure } = failureFields(node, error, itemIndex);
	const json =
		node.onError === 'continueErrorOutput' ? failure : { ...input.json, ...failure, retryable };
	return { json, pairedItem: { item: itemIndex } };
}

/** What a failed item tells: `error` (what happened), `details` (what to do) and `retryable`. */
export function failureFields(node: INode, error: unknown, itemIndex?: number) {
	const { message, description } = toNodeError(node, error, itemIndex);
	return { error: message, details: description ?? '', retryable: isRetryable(error) };
}

/**
 * What `work` gives for one record of many. Where the node goes on despite failures, a failure is
 * returned in the record's place, so that it does not stop the other records of the same item.
 */
export async function recordOrFailure<Output>(
	context: IExecuteFunctions,
	work: () => Promise<Output>,
): Promise<Output | Error> {
	try {
		return await work();
	} catch (error) {
		if (context.continueOnFail()) return error as Error;
		throw toNodeError(context.getNode(), error) as NodeOperationError;
	}
}

/**
 * Runs an operation once per input item, at most `limit` at a time, and returns the outputs in the
 * order of the inputs, each paired with its item. A failing item becomes a {@link failedItem} where
 * the node goes on despite failures, as does each failure among its records; otherwise the first
 * failure is thrown. An item that {@link failedBefore} is handed on.
 */
export async function runPerItem(
	context: IExecuteFunctions,
	limit: number,
	operation: (itemIndex: number) => Promise<Array<IDataObject | Error>>,
): Promise<INodeExecutionData[]> {
	const outputs = await mapBounded(context.getInputData(), limit, async (input, item) => {
		if (failedBefore(context, input)) return [{ json: input.json, pairedItem: { item } }];
		try {
			const records = await operation(item);
			return records.map((json) =>
				json instanceof Error
					? failedItem(context, input, json, item)
					: { json, pairedItem: { item } },
			);
		} catch (error) {
			if (context.continueOnFail()) return [failedItem(context, input, error, item)];
			throw toNodeError(context.getNode(), error, item) as NodeOperationError;
		}
	});
	return outputs.flat();
}

/**
 * Runs an operation once however many items came in, since it concerns none of them; its outputs are
 * paired with the first. A failure becomes a {@link failedItem} or is thrown, as in {@link runPerItem}.
 */
export async function runOnce(
	context: IExecuteFunctions,
	operation: () => Promise<IDataObject[]>,
): Promise<INodeExecutionData[]> {
	const pairedItem = { item: 0 };
	try {
		return (await operation()).map((json) => ({ json, pairedItem }));
	} catch (error) {
		if (context.continueOnFail()) {
			return [failedItem(context, context.getInputData()[0], error, pairedItem.item)];
		}
		throw toNodeError(context.getNode(), error, pairedItem.item) as NodeOperationError;
	}
}
