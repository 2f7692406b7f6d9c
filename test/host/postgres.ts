import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureProgram } from './debian';
import { freePort } from './ports';
import { startProcess, type Listener } from './process';
import type { Trace } from './secretHunt';
import { run } from './run';

/** Name of the superuser and of the database, which PostgreSQL makes by itself. */
export const POSTGRES = 'postgres';

/** Where Debian has PostgreSQL's own programs, a folder per version. */
const VERSIONS = '/usr/lib/postgresql';

/** The path of a PostgreSQL server, with `initdb` beside it; installed where that is possible. */
export async function ensurePostgres(): Promise<string> {
	return await ensureProgram({
		title: 'PostgreSQL',
		names: ['postgres'],
		variable: 'POSTGRES_PATH',
		package: 'postgresql',
		folders: programFolders,
	});
}

/** The newest version first. */
function programFolders(): string[] {
	return (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => path.join(VERSIONS, version, 'bin'));
}

/** Whom PostgreSQL runs as: it refuses to run as root, and its package brings a user of its own. */
async function user(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (flag: string) => Number(await run('id', [flag, POSTGRES], { cwd: '/' }));
	return { uid: await id('-u'), gid: await id('-g') };
}

/**
 * Starts an empty PostgreSQL that listens on the loopback address, lets in whoever asks, and does not care
 * for a power cut: its data live as long as it runs.
 */
export async function startPostgres(): Promise<Listener> {
	const command = await ensurePostgres();
	const runsAs = await user();
	const folder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-postgres-'));
	if (runsAs) await chown(folder, runsAs.uid, runsAs.gid);
	const data = path.join(folder, 'data');
	const port = await freePort();
	const removeData = async () => await rm(folder, { recursive: true, force: true });
	try {
		const initdb = path.join(path.dirname(command), 'initdb');
		const options = [
			'-D',
			data,
			'-A',
			'trust',
			'-U',
			POSTGRES,
			'-E',
			'UTF8',
			'--locale=C',
			'--no-sync',
		];
		await run(initdb, options, { cwd: folder, user: runsAs });
		const postgres = await startProcess({
			title: 'PostgreSQL',
			command,
			args: [
				...['-D', data, '-p', String(port)],
				...['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`],
				...['-c', 'fsync=off'],
			],
			cwd: folder,
			env: process.env,
			log: path.join(folder, 'postgres.log'),
			ready: 'ready to accept connections',
			// Its other way of ending waits until everybody has left.
			endSignal: 'SIGINT',
			user: runsAs,
		});
		return { port, stop: () => postgres.stop().then(removeData) };
	} catch (error) {
		await removeData();
		throw error;
	}
}

/** The whole database as text: its files are compressed. */
export async function databaseTrace(port: number): Promise<Trace> {
	const dump = await ensureProgram({
		title: 'PostgreSQL’s pg_dump',
		names: ['pg_dump'],
		variable: 'PG_DUMP_PATH',
		package: 'postgresql-client',
		folders: programFolders,
	});
	const where = ['--host=127.0.0.1', `--port=${port}`, `--username=${POSTGRES}`, POSTGRES];
	return { place: 'the database', content: outputOf(dump, where) };
}

/** What a command prints, as it comes. */
async function* outputOf(command: string, args: string[]): AsyncGenerator<Buffer> {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = once(child, 'close');
	yield* child.stdout as AsyncIterable<Buffer>;
	const [code] = (await ended) as [number];
	if (code !== 0) throw new Error(`${command} ended with exit code ${code}`);
}
