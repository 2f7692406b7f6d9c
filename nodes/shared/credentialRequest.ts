import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';
import { readBody } from './answerBody';

/** Somebody waits in front of the form. */
const LONGEST_MS = 20_000;

/**
 * Sends the one request of a credential's test. n8n gives a test a helper of its own; its answer is read
 * within the same bounds as any other: no redirect is followed, and neither size nor time is without end.
 * @throws {Error} with a code, where no answer came
 */
export async function requestOnce(
	{ helpers }: ICredentialTestFunctions,
	{ url, headers = {} }: { url: string; headers?: IDataObject },
): Promise<{ status: number; body: Buffer }> {
	const tooLate = AbortSignal.timeout(LONGEST_MS);
	const { statusCode, body } = (await helpers.request({
		method: 'GET',
		uri: url,
		headers,
		useStream: true,
		resolveWithFullResponse: true,
		simple: false,
		followRedirect: false,
		timeout: LONGEST_MS,
	})) as { statusCode: number; body: AsyncIterable<Buffer> & { destroy(reason: Error): void } };
	tooLate.addEventListener('abort', () =>
		body.destroy(Object.assign(new Error('The answer took too long'), { code: 'ETIMEDOUT' })),
	);
	return { status: statusCode, body: await readBody(body) };
}
