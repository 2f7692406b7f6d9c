import { sleep } from 'n8n-workflow';

/**
 * To be imported before the engine: the nodes' pauses between tries take no time. What they asked for
 * is kept in `pauses`, in milliseconds.
 */
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: jest.fn(async () => {}),
}));

export const pauses = () => jest.mocked(sleep).mock.calls.map(([milliseconds]) => milliseconds);

beforeEach(() => jest.mocked(sleep).mockClear());
