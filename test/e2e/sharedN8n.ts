import { empty } from '../host/empty';
import { N8nClient } from '../host/client';
import { tracesIn } from '../host/secretHunt';
import { startN8n, type N8nServer } from '../host/server';
import { stackOf, type Stack } from '../host/stack';
import type { SandboxOptions } from '../sandbox';

/** What a test must know of a server that runs already. */
type Known = Pick<N8nServer, 'url' | 'login' | 'userFolder' | 'log' | 'pid'>;

const SERVERS = 'VENDRE_SPECTER_SERVERS';

/**
 * n8n's default expression engine builds everything anew for each execution. These keep what they can of it,
 * and take a third off the time of an execution.
 */
export const LIGHT_EXPRESSIONS = {
	N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true',
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
};

let started: N8nServer[] = [];

/** Starts an n8n with the packed nodes for each of jest's workers: its start takes longer than most tests. */
export async function startShared(tarball: string, workers: number): Promise<void> {
	started = await Promise.all(
		Array.from(
			{ length: workers },
			async () => await startN8n({ tarball, env: LIGHT_EXPRESSIONS }),
		),
	);
	const known = started.map(
		({ url, login, userFolder, log, pid }): Known => ({ url, login, userFolder, log, pid }),
	);
	process.env[SERVERS] = JSON.stringify(known);
}

export async function stopShared(): Promise<void> {
	await Promise.all(started.map(async (server) => await server.stop()));
}

/**
 * A shop and an ERP account of one's own, and the n8n of this worker, which is empty. `stop` leaves it empty
 * to the next. Who kills n8n or sets it up another way starts one of its own.
 */
export async function sharedStack(options?: SandboxOptions): Promise<Stack> {
	const servers = JSON.parse(process.env[SERVERS] ?? '[]') as Known[];
	const known = servers[Number(process.env.JEST_WORKER_ID) - 1];
	if (!known) throw new Error('The end-to-end tests run through jest, which starts n8n first');
	return await stackOf(options, async () => await asNew(known));
}

async function asNew(known: Known): Promise<N8nServer> {
	const client = new N8nClient(known.url);
	await client.login(known.login);
	await empty(client);
	return {
		...known,
		webhooksUrl: known.url,
		client,
		traces: async () => await tracesIn(known.userFolder),
		stop: async () => await empty(client),
		kill: () => {
			throw new Error('Other tests go on with this n8n');
		},
	};
}
