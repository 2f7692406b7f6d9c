import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureProgram } from './debian';
import { freePort } from './ports';
import { startProcess, type Listener } from './process';

/** The path of a Redis server, installed where that is possible. */
export async function ensureRedis(): Promise<string> {
	return await ensureProgram({
		title: 'Redis',
		names: ['redis-server'],
		variable: 'REDIS_SERVER_PATH',
		package: 'redis-server',
	});
}

/** Starts a Redis that listens on the loopback address and keeps everything in memory. */
export async function startRedis(): Promise<Listener> {
	const command = await ensureRedis();
	const folder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-redis-'));
	const port = await freePort();
	const redis = await startProcess({
		title: 'Redis',
		command,
		args: [
			...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
			...['--save', '', '--appendonly', 'no'],
		],
		cwd: folder,
		env: process.env,
		log: path.join(folder, 'redis.log'),
		ready: 'Ready to accept connections',
	});
	return {
		port,
		async stop() {
			await redis.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
