import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.resolve(__dirname, '..');

interface Manifest {
	version: string;
	license: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifestIn = (folder: string) =>
	JSON.parse(readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;

/**
 * The packages whose code goes into the built nodes, as a line each: name, version, licence. The package itself
 * has no dependencies, so no other code of somebody else's is shipped. `npx tsx test/bundled.ts` prints them.
 */
export async function bundledPackages(): Promise<string[]> {
	const { nodes, credentials } = manifestIn('.').n8n;
	const { metafile } = await build({
		entryPoints: [...nodes, ...credentials].map((file) =>
			path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
		),
		absWorkingDir: ROOT,
		outdir: 'dist',
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
		external: ['n8n-workflow'],
		logLevel: 'silent',
	});
	const names = Object.keys(metafile.inputs).flatMap(
		(file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [],
	);
	return [...new Set(names)].sort().map((name) => {
		const { version, license } = manifestIn(path.join('node_modules', name));
		return `${name} ${version} (${license})`;
	});
}

if (require.main === module) {
	void bundledPackages().then((packages) => console.log(packages.join('\n')));
}
