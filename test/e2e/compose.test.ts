import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureHost } from '../host/install';

interface Service {
	image: string;
	environment?: Record<string, string>;
	healthcheck?: { test: string[] };
	depends_on?: Record<string, unknown>;
	volumes?: string[];
	deploy?: { replicas: number };
}

interface Compose {
	services: Record<string, Service>;
	volumes: Record<string, unknown>;
}

const FILE = path.resolve(__dirname, '..', '..', 'docs', 'docker-compose.yml');
const N8N = ['main', 'webhook', 'worker'];
/** n8n's sources in which its settings are read. */
const SOURCES = ['n8n/dist', '@n8n/config/dist', '@n8n/config/dist/configs'];

let modules: string;
let compose: Compose;

beforeAll(async () => {
	const host = await ensureHost();
	modules = path.join(host.dir, 'node_modules');
	const { parse } = createRequire(path.join(modules, 'n8n', 'package.json'))('yaml');
	compose = parse(await readFile(FILE, 'utf8'), { merge: true });
});

it('names settings that n8n has', async () => {
	const folders = SOURCES.map((folder) => path.join(modules, folder));
	const files = await Promise.all(
		folders.map(async (folder) =>
			(await readdir(folder))
				.filter((name) => name.endsWith('.js'))
				.map((name) => path.join(folder, name)),
		),
	);
	const sources = await Promise.all(files.flat().map(async (file) => await readFile(file, 'utf8')));
	const known = new Set(sources.flatMap((source) => source.match(/\b[A-Z][A-Z0-9_]{3,}\b/g) ?? []));
	const set = N8N.flatMap((name) => Object.keys(compose.services[name].environment ?? {}));
	expect(set.length).toBeGreaterThan(2 * N8N.length);
	expect(set.filter((name) => !known.has(name))).toEqual([]);
});

it('runs the n8n that the tests run, in every process', async () => {
	const { version } = JSON.parse(await readFile(path.join(modules, 'n8n', 'package.json'), 'utf8'));
	const images = [...N8N, 'nodes'].map((name) => compose.services[name].image);
	expect(new Set(images)).toEqual(new Set([`n8nio/n8n:${version}`]));
	expect(compose.services.worker.deploy?.replicas).toBe(2);
});

it('has a health check that can be run, and leaves none to wait for what does not exist', () => {
	const { services, volumes } = compose;
	for (const name of [...N8N, 'postgres', 'redis']) {
		const test = services[name].healthcheck?.test ?? [];
		expect([name, test.length > 1, test.every((word) => typeof word === 'string')]).toEqual([
			name,
			true,
			true,
		]);
	}
	for (const service of Object.values(services)) {
		for (const needed of Object.keys(service.depends_on ?? {})) {
			expect(Object.keys(services)).toContain(needed);
		}
		for (const [volume] of (service.volumes ?? []).map((each) => each.split(':'))) {
			if (!volume.startsWith('.')) expect(Object.keys(volumes)).toContain(volume);
		}
	}
});
