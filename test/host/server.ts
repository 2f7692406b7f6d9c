import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient, type Login } from './client';
import { ensureHost } from './install';
import { installPackage } from './pack';
import { freePort } from './ports';

export interface N8nOptions {
	/** Folder of n8n's data. Without it a temporary one is made, and removed by `stop()`. */
	userFolder?: string;
	/** Tarball of a node package to install before the start. */
	tarball?: string;
	/** Default: any free port. */
	port?: number;
	/** More settings of n8n. */
	env?: Record<string, string>;
}

export interface N8nServer {
	url: string;
	login: Login;
	/** Logged in as the owner. */
	client: N8nClient;
	userFolder: string;
	/** Everything n8n has printed. */
	log: string;
	/** Process id of n8n's main process. */
	pid: number;
	/** Ends n8n as a service manager would: running executions may finish first. */
	stop(): Promise<void>;
	/** Ends n8n as a power cut would. */
	kill(): Promise<void>;
}

const READY = 'Editor is now accessible via';
const START_TIMEOUT_MS = 180_000;
const LINES_IN_ERROR = 30;

const OWNER: Login = { email: 'owner@example.com', password: 'Passw0rd!' };
/** bcrypt of the owner's password, in the only form in which n8n takes it from its environment. */
const OWNER_PASSWORD_HASH = '$2a$10$Y8U694O7xrFC.36nxcXmweDc9Qq1NxiybKJE5yGDs5jNE3icCux0a';

/** A server that has its owner, listens on the loopback address only and calls nobody by itself. */
function settings(userFolder: string, port: number, brokerPort: number): Record<string, string> {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'only-for-tests-and-the-demo',
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		N8N_SECURE_COOKIE: 'false',
		N8N_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
		N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
		N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER_PASSWORD_HASH,
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_RUNNERS_MODE: 'internal',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		GENERIC_TIMEZONE: 'Europe/Stockholm',
		TZ: 'UTC',
	};
}

/**
 * Starts n8n (installing it first if need be) and comes back when it is ready and its workflows are
 * active. Throws an Error with the end of n8n's log when it does not start.
 */
export async function startN8n(options: N8nOptions = {}): Promise<N8nServer> {
	const host = await ensureHost();
	const userFolder =
		options.userFolder ?? (await mkdtemp(path.join(tmpdir(), 'vendre-specter-n8n-')));
	if (options.tarball) await installPackage(options.tarball, userFolder);
	const port = options.port ?? (await freePort());
	const log = path.join(userFolder, 'n8n.log');
	const child = spawn(host.node, [host.n8n, 'start'], {
		cwd: userFolder,
		env: {
			PATH: `${path.dirname(host.node)}${path.delimiter}${process.env.PATH}`,
			HOME: process.env.HOME,
			...settings(userFolder, port, await freePort()),
			...options.env,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
		// A process group of its own: a Ctrl-C in the terminal reaches us first, and kill() the task runner too.
		detached: true,
	});
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const endWithUs = () => signal(child, 'SIGKILL');
	process.once('exit', endWithUs);

	const end = async (name: NodeJS.Signals) => {
		signal(child, name);
		await ended;
		process.off('exit', endWithUs);
		if (!options.userFolder) await rm(userFolder, { recursive: true, force: true });
	};

	try {
		await ready(child, log);
		const client = new N8nClient(`http://127.0.0.1:${port}`);
		await client.login(OWNER);
		return {
			url: client.url,
			login: OWNER,
			client,
			userFolder,
			log,
			pid: child.pid as number,
			stop: () => end('SIGTERM'),
			kill: () => end('SIGKILL'),
		};
	} catch (error) {
		const lines = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-LINES_IN_ERROR);
		await end('SIGKILL');
		throw new Error(`n8n did not start: ${(error as Error).message}\n${lines.join('\n')}`, {
			cause: error,
		});
	}
}

async function ready(child: ChildProcess, log: string): Promise<void> {
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
			if (seen.includes(READY)) return;
			seen += chunk.toString();
			if (seen.includes(READY)) resolve();
		};
		child.stdout?.on('data', listen);
		child.stderr?.on('data', listen);
	}).finally(() => clearTimeout(timer));
}

/** Signals n8n; SIGKILL goes to its whole process group, because it leaves n8n no time to end its task runner. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
	process.kill(name === 'SIGKILL' ? -child.pid : child.pid, name);
}
