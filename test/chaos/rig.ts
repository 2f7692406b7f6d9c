import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SandboxOptions } from '../sandbox';
import { FakeClock } from '../host/fakeTime';
import { freePort } from '../host/ports';
import { startQueueStack } from '../host/queue';
import { startN8n } from '../host/server';
import { huntAndEnd, startStack, type Stack } from '../host/stack';

/** Both systems and an n8n that can be killed, whatever it is made of. */
export interface Rig {
	/** As it is now: after a restart n8n and its client may be others. */
	readonly stack: Stack;
	/** n8n's own, if it has one; the two systems have the right time. */
	readonly clock?: FakeClock;
	/** Ends n8n, or a part of it, as a power cut would. */
	kill(): Promise<void>;
	/** Starts what was killed on the data that it left; comes back when it is ready. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * n8n as one would run it for such a load. Its default expression engine makes a new isolate for every
 * execution, which costs four times as much as the rest of the workflow; the other tests run with it.
 *
 * An n8n that is killed while it activates a workflow leaves it leased: for the next start it looks as if
 * somebody were at it, for two minutes by default, in which its schedules and call-backs sleep.
 */
const ENVIRONMENT = {
	N8N_CONCURRENCY_PRODUCTION_LIMIT: '10',
	N8N_EXPRESSION_ENGINE: 'legacy',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '30',
};
const STARTS = 3;

/** A rig with n8n as one process, which is killed as a whole. */
export async function oneProcess(
	tarball: string,
	sandbox?: SandboxOptions,
	environment: NodeJS.ProcessEnv = {},
): Promise<Rig> {
	const userFolder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-chaos-'));
	const toNoon = secondsToNoon();
	const now = () => new Date(Date.now() + 1_000 * toNoon);
	const clock = await FakeClock.at(path.join(userFolder, 'clock'), toNoon);
	const env = { ...ENVIRONMENT, ...clock.env, ...environment };
	const n8n = { userFolder, port: await freePort(), env };
	const stack = await startStack(tarball, { sandbox: { ...sandbox, now }, n8n });
	return {
		stack,
		clock,
		kill: async () => await stack.n8n.kill(),
		async restart() {
			stack.n8n = await startAgain(() => startN8n(n8n));
			stack.client = stack.n8n.client;
		},
		async stop() {
			await huntAndEnd(stack, async () => {
				await stack.n8n.stop();
				await stack.sandbox.stop();
				await rm(userFolder, { recursive: true, force: true });
			});
		},
	};
}

/** A rig with n8n in queue mode, of which a worker is killed. */
export async function queueMode(tarball: string, sandbox?: SandboxOptions): Promise<Rig> {
	const stack = await startQueueStack(tarball, { sandbox, n8n: { env: ENVIRONMENT } });
	return {
		stack,
		async kill() {
			const [worker] = stack.n8n.workers;
			await worker.kill();
		},
		async restart() {
			await stack.n8n.startWorker();
		},
		stop: stack.stop,
	};
}

/**
 * How far it is to noon, UTC; less than nothing in the afternoon. It is noon for both systems and n8n: close
 * to midnight, n8n's wrong clock would have another date, and Specter refuses a call of another day.
 */
function secondsToNoon(): number {
	const now = new Date();
	return Math.round((new Date(now).setUTCHours(12, 0, 0, 0) - now.getTime()) / 1_000);
}

/**
 * Starts n8n as a service manager does, who tries again: it can stumble over what a killed one has left of
 * an execution that had not begun, and its next start leaves that alone.
 */
async function startAgain<Server>(start: () => Promise<Server>): Promise<Server> {
	for (let left = STARTS - 1; left > 0; left--) {
		try {
			return await start();
		} catch (error) {
			console.log(`n8n is started once more: ${(error as Error).message.split('\n')[0]}`);
		}
	}
	return await start();
}
