import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withProgress } from './progress';
import { environmentWithoutNpm, run } from './run';

/** Where the installed n8n server is. */
export interface HostPaths {
	dir: string;
	/** The Node.js that n8n needs; the one that runs this code may be older. */
	node: string;
	/** n8n's start script, run by `node`. */
	n8n: string;
}

interface LockedPackage {
	optional?: boolean;
}

const MANIFEST = path.join(__dirname, 'package.json');
const LOCK = path.join(__dirname, 'package-lock.json');
/** The packages whose install scripts the server needs: its Node.js and its database. */
const BUILT = ['node', 'sqlite3'];
const WAIT_MS = 1_000;

export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
	return path.join(base, 'n8n-nodes-vendre-specter');
}

/**
 * Installs the n8n server of this folder's lock file, unless it is there already. It goes into the user's
 * cache, keyed by the lock, so that clones share it and a changed lock gets a new one.
 *
 * The installation is made beside its place and moved there when it is complete: an interrupted one leaves
 * nothing that looks finished, and of two processes that install at once the second finds it done.
 */
export async function ensureHost(): Promise<HostPaths> {
	const lock = await readFile(LOCK);
	const id = createHash('sha256').update(lock).digest('hex').slice(0, 12);
	const dir = path.join(cacheFolder(), `host-${id}`);
	while (!existsSync(dir)) {
		const other = await installingProcess(dir);
		if (other === undefined) {
			await install(dir, Object.entries(JSON.parse(lock.toString()).packages));
		} else {
			await withProgress(`Process ${other} is installing n8n: waiting for it`, async () => {
				while (!existsSync(dir) && isAlive(other)) await sleep(WAIT_MS);
			});
		}
	}
	return {
		dir,
		node: path.join(dir, 'node_modules', '.bin', 'node'),
		n8n: path.join(dir, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}

async function install(dir: string, locked: Array<[string, LockedPackage]>): Promise<void> {
	const staging = `${dir}.installing-${process.pid}`;
	const log = path.join(cacheFolder(), 'install.log');
	await rm(log, { force: true });
	await mkdir(staging, { recursive: true });
	try {
		await copyFile(MANIFEST, path.join(staging, 'package.json'));
		await copyFile(LOCK, path.join(staging, 'package-lock.json'));
		const env = { ...environmentWithoutNpm(), npm_config_fetch_retries: '5' };
		await withProgress(
			'Installing the n8n server (once, some minutes, 3 GB)',
			() => run('npm', ['ci', '--ignore-scripts', '--prefer-offline'], { cwd: staging, env, log }),
			() => packagesInPlace(staging, locked),
		);
		await withProgress(`Building ${BUILT.join(' and ')} for n8n`, () =>
			run('npm', ['rebuild', ...BUILT], { cwd: staging, env, log }),
		);
		await rename(staging, dir).catch((error: NodeJS.ErrnoException) => {
			if (!existsSync(dir)) throw error;
		});
	} catch (error) {
		throw new Error(
			`The n8n server could not be installed. It needs the npm registry, 3 GB of disk and, where no ready-made SQLite is found, python3, make and g++. The whole log is in ${log}.\n${(error as Error).message}`,
			{ cause: error },
		);
	} finally {
		await rm(staging, { recursive: true, force: true });
	}
}

/** The process that is installing now, if any; what dead ones left behind is removed on the way. */
async function installingProcess(dir: string): Promise<number | undefined> {
	const prefix = `${path.basename(dir)}.installing-`;
	await mkdir(path.dirname(dir), { recursive: true });
	for (const name of await readdir(path.dirname(dir))) {
		if (!name.startsWith(prefix)) continue;
		const pid = Number(name.slice(prefix.length));
		if (isAlive(pid) && pid !== process.pid) return pid;
		await rm(path.join(path.dirname(dir), name), { recursive: true, force: true });
	}
	return undefined;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function packagesInPlace(
	staging: string,
	locked: Array<[string, LockedPackage]>,
): Promise<string> {
	const wanted = locked.filter(([place, { optional }]) => place !== '' && !optional);
	const done = wanted.filter(([place]) => existsSync(path.join(staging, place, 'package.json')));
	return `${done.length} of ${wanted.length} packages`;
}
