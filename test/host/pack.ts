import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './run';

const ROOT = path.resolve(__dirname, '..', '..');

/**
 * Builds this package and packs it into a temporary folder. Answers with the path of the tarball: what
 * the npm registry would serve.
 */
export async function packPackage(): Promise<string> {
	await run('npm', ['run', 'build'], { cwd: ROOT });
	const folder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-package-'));
	const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
	const [{ filename }] = JSON.parse(packed) as Array<{ filename: string }>;
	return path.join(folder, filename);
}

/**
 * Installs a packed node package into the n8n user folder, with the npm command and into the place that
 * n8n's own "Install community node" uses: only then do the nodes have their public type names.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const folder = path.join(userFolder, '.n8n', 'nodes');
	await mkdir(folder, { recursive: true });
	const manifest = { name: 'installed-nodes', private: true };
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await run('npm', ['install', '--legacy-peer-deps', '--ignore-scripts', tarball], { cwd: folder });
}
