import { NodeApiError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { apiError } from '../../../nodes/shared/errors';
import { failedBefore, failedItem, isRetryable, toNodeError } from '../../../nodes/shared/items';
import { Refusal } from '../../../nodes/shared/refusal';

const nodeWith = (onError?: INode['onError']) => ({ name: 'Node', type: 'node', onError }) as INode;
const contextOf = (node: INode) => ({ getNode: () => node }) as unknown as IExecuteFunctions;
const apiErrorThat = (text: { retryable?: boolean }) =>
	apiError(nodeWith(), { message: 'No answer', description: '', ...text });

test.each([
	['a system that is out of order', apiErrorThat({ retryable: true }), true],
	['a system’s refusal', apiErrorThat({}), false],
	['an error of n8n’s own', new NodeApiError(nodeWith(), {}, { message: 'x' }), false],
	['a record that cannot be used', new Refusal('name is empty', 'Give one.'), false],
	['a credential that is wrong', new TypeError('Base URL is not an address'), true],
])('%s: whether it may go through later', (_, error, retryable) => {
	expect(isRetryable(error)).toBe(retryable);
});

describe('an item that failed before', () => {
	const failed = { json: { articleNo: 'A', error: 'No answer' } };

	test.each([
		['continueRegularOutput', true],
		['continueErrorOutput', false],
		['stopWorkflow', false],
		[undefined, false],
	] as const)('in a node set to %s: %s', (onError, isHandedOn) => {
		expect(failedBefore(contextOf(nodeWith(onError)), failed)).toBe(isHandedOn);
	});

	test.each([undefined, null, { code: 1 }])('is none with %j as error', (error) => {
		const context = contextOf(nodeWith('continueRegularOutput'));
		expect(failedBefore(context, { json: { error } })).toBe(false);
	});
});

test('a failed item holds its own failure, not one that its input came with', () => {
	const context = contextOf(nodeWith('continueRegularOutput'));
	const input = { json: { articleNo: 'A', error: { old: true }, retryable: true } };
	expect(failedItem(context, input, new Refusal('name is empty', 'Give one.'), 3)).toEqual({
		json: { articleNo: 'A', error: 'name is empty', details: 'Give one.', retryable: false },
		pairedItem: { item: 3 },
	});
});

test('an error that names no item is of the item it came of; one that does keeps its own', () => {
	const error = apiErrorThat({});
	expect(toNodeError(nodeWith(), error, 2).context.itemIndex).toBe(2);
	expect(toNodeError(nodeWith(), error, 5).context.itemIndex).toBe(2);
});
