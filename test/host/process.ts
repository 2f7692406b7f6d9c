import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface ProcessOptions {
	/** As a person calls it. */
	title: string;
	command: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** File that gets everything the process prints. */
	log: string;
	/** What the process prints when it can be used. */
	ready: string;
	/** The signal that asks it to end. Default SIGTERM. */
	endSignal?: NodeJS.Signals;
	/** Whom to run it as, where that is somebody else. */
	user?: { uid: number; gid: number };
}

export interface RunningProcess {
	pid: number;
	log: string;
	/** Ends it as a service manager would: what is under way may finish first. */
	stop(): Promise<void>;
	/** Ends it as a power cut would. */
	kill(): Promise<void>;
}

/** Something of our own that listens on the loopback address. */
export interface Listener {
	port: number;
	stop(): Promise<void>;
}

const START_TIMEOUT_MS = 180_000;
const LINES_IN_ERROR = 30;

/**
 * Starts a process that stays, and comes back when it is ready. It ends with ours at the latest. Throws an
 * Error with the end of its log when it does not start.
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
	const { title, command, args, cwd, env, log, user, endSignal = 'SIGTERM' } = options;
	const child = spawn(command, args, {
		cwd,
		env,
		...user,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A process group of its own: a Ctrl-C in the terminal reaches us first, and kill() its children too.
		detached: true,
	});
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const endWithUs = () => signal(child, 'SIGKILL');
	process.once('exit', endWithUs);

	const end = async (name: NodeJS.Signals) => {
		signal(child, name);
		await ended;
		process.off('exit', endWithUs);
	};

	try {
		await isReady(child, options);
	} catch (error) {
		const lines = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-LINES_IN_ERROR);
		await end('SIGKILL');
		throw new Error(`${title} did not start: ${(error as Error).message}\n${lines.join('\n')}`, {
			cause: error,
		});
	}
	return {
		pid: child.pid as number,
		log,
		stop: () => end(endSignal),
		kill: () => end('SIGKILL'),
	};
}

async function isReady(child: ChildProcess, { log, ready }: ProcessOptions): Promise<void> {
	const file = createWriteStream(log, { flags: 'a' });
	child.once('close', () => file.end());
	let timer: NodeJS.Timeout | undefined;
	await new Promise<void>((resolve, reject) => {
		timer = setTimeout(() => reject(new Error('it took too long')), START_TIMEOUT_MS);
		child.once('error', reject);
		child.once('close', (code) => reject(new Error(`it ended with exit code ${code}`)));
		let seen = '';
		const listen = (chunk: Buffer) => {
			file.write(chunk);
			if (seen.includes(ready)) return;
			seen += chunk.toString();
			if (seen.includes(ready)) resolve();
		};
		child.stdout?.on('data', listen);
		child.stderr?.on('data', listen);
	}).finally(() => clearTimeout(timer));
}

/** Signals a process; SIGKILL goes to its whole group, because it leaves it no time to end its children. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
}
