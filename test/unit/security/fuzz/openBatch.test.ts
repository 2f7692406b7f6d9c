import fc from 'fast-check';
import { NodeApiError, type INode } from 'n8n-workflow';
import type { RequestContext } from '../../../../nodes/shared/http';
import {
	changeForms,
	changeQueues,
	fetchPending,
} from '../../../../nodes/Specter/transport/changeQueues';
import { CASES } from './cases';
import { mutatedText } from './mutations';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => {},
}));

const node = {
	id: 'n',
	name: 'Specter',
	type: 'n',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A context to which Specter answers each call with the next of these, and with the last for ever. */
function answering(bodies: string[]): RequestContext {
	let calls = 0;
	const httpRequestWithAuthentication = async () => ({
		statusCode: 200,
		headers: {},
		body: [Buffer.from(bodies[Math.min(calls++, bodies.length - 1)], 'latin1')],
	});
	return {
		helpers: { httpRequestWithAuthentication },
		getNode: () => node as unknown as INode,
		getExecutionId: () => 'run',
		getCredentials: async () => ({}),
	} as unknown as RequestContext;
}

test('whatever Specter says of an open batch, there is a batch, none to be had, or an error of ours', async () => {
	const messages = mutatedText(
		"0;99;Batch '0123456789abcdef0123456789abcdef' is open",
		"0;99;'a' 'b'",
		'<root><APIresponse><result>0</result><code>99</code><message>’x’</message></APIresponse></root>',
	);
	const answers = fc.tuple(messages, mutatedText('<root><articles/></root>', '0;5;No'));
	let cases = 0;
	await fc.assert(
		fc.asyncProperty(answers, fc.boolean(), async (bodies, mayTakeUp) => {
			cases++;
			const fetched = fetchPending(
				answering(bodies),
				changeQueues.articleChange,
				changeForms.articles,
				() => mayTakeUp,
			);
			const outcome = await fetched.catch((error: unknown) => error);
			if (outcome instanceof Error) {
				expect(outcome).toBeInstanceOf(NodeApiError);
				expect(outcome.message).toMatch(/^Specter/);
				expect(outcome.message).not.toMatch(/\[object |undefined/);
				return;
			}
			const batch = outcome as Awaited<typeof fetched>;
			if (batch) expect(batch.batchNo).not.toBe('');
		}),
		{ numRuns: CASES['open batch'] },
	);
	expect(cases).toBe(CASES['open batch']);
});
