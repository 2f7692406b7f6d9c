import { rm } from 'node:fs/promises';
import type { SandboxOptions } from '../sandbox';
import { freePort } from './ports';
import { databaseTrace, POSTGRES, startPostgres } from './postgres';
import type { RunningProcess } from './process';
import { startRedis } from './redis';
import { tracesIn } from './secretHunt';
import { startN8n, startN8nProcess, temporaryFolder, type N8nServer } from './server';
import { stackOf, type Stack } from './stack';

export interface QueueOptions {
	/** Port of the main process. Default: any free one. */
	port?: number;
	/** Default 2. */
	workers?: number;
	/** Executions that one worker runs at once. Default 5. */
	concurrency?: number;
	/** More settings of n8n, for all its processes. */
	env?: Record<string, string>;
}

/** n8n in queue mode: the main process, a webhook processor and workers, over Redis and PostgreSQL. */
export interface QueuedN8n extends N8nServer {
	/** Those that were started and not ended. */
	workers: ReadonlySet<RunningProcess>;
	/** Starts one more. */
	startWorker(): Promise<RunningProcess>;
}

const WORKERS = 2;
const CONCURRENCY = 5;
const READY = {
	webhook: 'Webhook listener waiting for requests',
	worker: 'n8n worker is now ready',
};

/**
 * By itself n8n needs up to two minutes to see that a worker is dead. A test does not want to wait so long,
 * and a loaded machine must not be taken for a dead one.
 */
const STALLED = {
	QUEUE_WORKER_LOCK_DURATION: '20000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/**
 * Starts n8n in queue mode as one would run it on several machines: the processes share the two stores and
 * no folder, webhooks are taken by their own process alone, and all executions run in workers.
 *
 * @param tarball of the node package, installed for each process
 */
export async function startQueuedN8n(
	tarball: string,
	{ port, workers = WORKERS, concurrency = CONCURRENCY, env }: QueueOptions = {},
): Promise<QueuedN8n> {
	/** What is to be ended, in this order. */
	const ends: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const end of ends) await end();
	};
	try {
		const redis = await startRedis();
		ends.unshift(() => redis.stop());
		const postgres = await startPostgres();
		ends.unshift(() => postgres.stop());

		const webhookPort = await freePort();
		const webhooksUrl = `http://127.0.0.1:${webhookPort}`;
		const shared = {
			EXECUTIONS_MODE: 'queue',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			N8N_WEBHOOK_URL: `${webhooksUrl}/`,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: POSTGRES,
			DB_POSTGRESDB_USER: POSTGRES,
			...STALLED,
			...env,
		};
		/** Kept to the end, so that what a killed process has written down can be looked at too. */
		const folders: string[] = [];
		ends.push(async () => {
			for (const folder of folders) await rm(folder, { recursive: true, force: true });
		});
		const startBeside = async (args: string[], ready: string, at: number) => {
			const userFolder = await temporaryFolder();
			folders.push(userFolder);
			return await startN8nProcess(args, ready, { userFolder, port: at, tarball, env: shared });
		};

		// The first one makes the tables that the others need.
		const main = await startN8n({ port, tarball, env: shared });
		ends.unshift(() => main.stop());
		const running = new Set<RunningProcess>();
		const startWorker = async () => {
			const args = ['worker', `--concurrency=${concurrency}`];
			const worker = await startBeside(args, READY.worker, await freePort());
			const forget = () => void running.delete(listed);
			const listed = {
				...worker,
				stop: () => worker.stop().then(forget),
				kill: () => worker.kill().then(forget),
			};
			running.add(listed);
			return listed;
		};
		ends.unshift(async () => void (await Promise.all([...running].map((worker) => worker.stop()))));
		const webhooks = await startBeside(['webhook'], READY.webhook, webhookPort);
		ends.unshift(() => webhooks.stop());
		await Promise.all(Array.from({ length: workers }, startWorker));
		const traces = async () => [
			...(await Promise.all([main.userFolder, ...folders].map(tracesIn))).flat(),
			await databaseTrace(postgres.port),
		];
		return { ...main, webhooksUrl, workers: running, startWorker, traces, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A shop, an ERP account and an n8n in queue mode, otherwise as a {@link startStack} of one process. */
export async function startQueueStack(
	tarball: string,
	options: { sandbox?: SandboxOptions; n8n?: QueueOptions } = {},
): Promise<Stack<QueuedN8n>> {
	return await stackOf(options.sandbox, () => startQueuedN8n(tarball, options.n8n));
}
