import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient, type Login } from './client';
import { ensureHost } from './install';
import { installPackage } from './pack';
import { freePort } from './ports';
import { startProcess, type RunningProcess } from './process';
import { tracesIn, type Trace } from './secretHunt';

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

/** A running n8n. What it is as a process is its main one. */
export interface N8nServer extends RunningProcess {
	url: string;
	/** Where the webhooks of active workflows are taken; another process's in queue mode. */
	webhooksUrl: string;
	login: Login;
	/** Logged in as the owner. */
	client: N8nClient;
	userFolder: string;
	/** Everything that it has written down until now: logs, executions, tables. */
	traces(): Promise<Trace[]>;
}

const READY = 'Editor is now accessible via';

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
 * Starts one process of n8n (installing it first if need be) with the packed nodes, and comes back when it
 * is ready. Throws an Error with the end of its log when it does not start.
 *
 * @param args what kind of process, as on n8n's command line
 * @param ready what it prints when it can be used
 */
export async function startN8nProcess(
	args: string[],
	ready: string,
	{ userFolder, port, tarball, env }: N8nOptions & { userFolder: string; port: number },
): Promise<RunningProcess> {
	const host = await ensureHost();
	if (tarball) await installPackage(tarball, userFolder);
	return await startProcess({
		title: `n8n ${args[0]}`,
		command: host.node,
		args: [host.n8n, ...args],
		cwd: userFolder,
		env: {
			PATH: `${path.dirname(host.node)}${path.delimiter}${process.env.PATH}`,
			HOME: process.env.HOME,
			...settings(userFolder, port, await freePort()),
			...env,
		},
		log: path.join(userFolder, 'n8n.log'),
		ready,
	});
}

/** n8n's main process, which has the editor, with its workflows active and its owner logged in. */
export async function startN8n(options: N8nOptions = {}): Promise<N8nServer> {
	const userFolder = options.userFolder ?? (await temporaryFolder());
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const cleanUp = async () => {
		if (!options.userFolder) await rm(userFolder, { recursive: true, force: true });
	};
	let n8n: RunningProcess | undefined;
	try {
		n8n = await startN8nProcess(['start'], READY, { ...options, userFolder, port });
		const client = new N8nClient(url);
		await client.login(OWNER);
		const { pid, log, stop, kill } = n8n;
		return {
			url,
			webhooksUrl: url,
			login: OWNER,
			client,
			userFolder,
			traces: async () => await tracesIn(userFolder),
			log,
			pid,
			stop: () => stop().then(cleanUp),
			kill: () => kill().then(cleanUp),
		};
	} catch (error) {
		await n8n?.kill();
		await cleanUp();
		throw error;
	}
}

/** A folder for n8n's data, to be removed by whoever has it made. */
export async function temporaryFolder(): Promise<string> {
	return await mkdtemp(path.join(tmpdir(), 'vendre-specter-n8n-'));
}
