const { readFile, rm } = require('node:fs/promises');
const { spawn } = require('node:child_process');
const path = require('node:path');
const { dest, series, parallel, src } = require('gulp');
const esbuild = require('esbuild');

/** Removes the last build, so that nothing deleted from the source lives on in the package. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** esbuild strips types without looking at them, so the compiler looks first. */
function typecheck() {
	return spawn('tsc', ['--noEmit'], {
		stdio: 'inherit',
		shell: true,
		env: {
			...process.env,
			PATH: `${path.resolve('node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
		},
	});
}

/**
 * One self-contained file per node and credential. A community node may have no runtime
 * dependencies, so zod and the XML parser go into the file; n8n-workflow is n8n's own copy.
 */
async function bundle() {
	const { n8n } = JSON.parse(await readFile('package.json', 'utf8'));
	await esbuild.build({
		entryPoints: [...n8n.nodes, ...n8n.credentials].map((file) =>
			file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		external: ['n8n-workflow'],
		legalComments: 'inline',
		logLevel: 'warning',
	});
}

/** Icons and codex files stand beside the code that uses them; templates go along as they are. */
function copyAssets() {
	const assets = ['nodes/**/*.svg', 'nodes/**/*.node.json', 'workflows-templates/*.json'];
	return src(assets, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, typecheck, parallel(bundle, copyAssets));
exports.default = exports.build;
