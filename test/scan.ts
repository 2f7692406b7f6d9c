import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packPackage } from './host/pack';
import { run } from './host/run';

/**
 * What n8n's package scanner would say: the source and the packed tarball against n8n's own rules for
 * community nodes, with inline exceptions ignored. The scanner itself reads a published package; this
 * gives its rules the files from here.
 */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(
		folder: string,
		patterns?: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}

const ROOT = path.resolve(__dirname, '..');

/** A package in strict mode must lint with exactly this configuration. */
const STRICT_CONFIG = `import { config } from '@n8n/node-cli/eslint';

export default config;
`;

const SHIPPED = ['LICENSE', 'README.md', 'dist', 'package.json', 'workflows-templates'];

async function unpack(tarball: string): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-scan-'));
	await run('tar', ['xzf', tarball, '-C', folder, '--strip-components=1'], { cwd: ROOT });
	return folder;
}

async function scan(scanner: Scanner, label: string, folder: string, patterns?: string[]) {
	const { passed, message, details } = await scanner.analyzePackage(folder, patterns);
	assert.ok(passed, `${label}: ${message ?? ''}\n${details ?? ''}`);
	console.log(`${label}: passed`);
}

async function main() {
	const config = await readFile(path.join(ROOT, 'eslint.config.mjs'), 'utf8');
	assert.equal(config, STRICT_CONFIG, 'eslint.config.mjs is not the one that strict mode asks for');

	const scanner = (await import(
		'@n8n/scan-community-package/scanner/scanner.mjs' as string
	)) as Scanner;
	await scan(scanner, 'source', ROOT, scanner.SOURCE_FILE_PATTERNS);

	const unpacked = await unpack(await packPackage());
	assert.deepEqual((await readdir(unpacked)).sort(), SHIPPED, 'the tarball holds something else');
	await scan(scanner, 'tarball', unpacked);
	const manifest = JSON.parse(await readFile(path.join(unpacked, 'package.json'), 'utf8')) as {
		dependencies?: object;
		peerDependencies: object;
	};
	assert.equal(manifest.dependencies, undefined, 'the package has runtime dependencies');
	assert.deepEqual(manifest.peerDependencies, { 'n8n-workflow': '*' });
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
