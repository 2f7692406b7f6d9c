import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { hunt, secretsOf, type Trace } from './host/secretHunt';
import { startSandbox } from './sandbox';

/**
 * Runs every check of the project, also when an earlier one failed: first, all at once, what needs one core
 * each. Ends with one line for each and the sum: what is not a jest run counts as one test.
 */
interface Result {
	script: string;
	passed: number;
	failed: number;
	seconds: number;
}

/** The part of jest's JSON report that is counted. */
interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	/** Test files that could not even be loaded: none of their tests is among the failed ones. */
	numRuntimeErrorTestSuites: number;
}

const CHECKS = ['lint', 'typecheck', 'scan'];
const JEST_RUNS = ['test:unit', 'test:workflow', 'test:e2e', 'test:storm'];

const ROOT = path.resolve(__dirname, '..');
const reports = mkdtempSync(path.join(tmpdir(), 'vendre-specter-tests-'));

/** What the scripts have printed, to be searched for secrets. */
const printed: Trace[] = [];

/** @param asItComes whether what it prints is shown at once, and not when it has ended, mixed with no other's */
async function npmRun(
	script: string,
	{ asItComes, args = [] }: { asItComes: boolean; args?: string[] },
): Promise<{ ok: boolean; seconds: number }> {
	const title = `\n=== ${script}`;
	if (asItComes) console.log(title);
	const started = Date.now();
	const run = spawn('npm', ['run', '--silent', script, ...args], {
		cwd: ROOT,
		env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
		stdio: ['inherit', 'pipe', 'pipe'],
	});
	const pieces: Buffer[] = [];
	for (const stream of [run.stdout, run.stderr]) {
		stream.on('data', (piece: Buffer) => {
			pieces.push(piece);
			if (asItComes) process.stdout.write(piece);
		});
	}
	const status = await new Promise<number | null>((resolve) => run.once('close', resolve));
	const output = Buffer.concat(pieces);
	printed.push({ place: `what ${script} printed`, content: Readable.from([output]) });
	if (!asItComes) console.log(`${title}\n${output.toString()}`.trimEnd());
	return { ok: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

async function check(script: string): Promise<Result> {
	const { ok, seconds } = await npmRun(script, { asItComes: false });
	return { script, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
}

/** Whether the scripts have printed no secret. What n8n writes down is searched by the tests that start it. */
async function secretHunt(): Promise<Result> {
	const sandbox = await startSandbox({ products: 1 });
	const started = Date.now();
	const reason = await hunt(secretsOf(sandbox), printed).then(
		() => undefined,
		(error: Error) => error.message,
	);
	await sandbox.stop();
	if (reason) console.log(`\n${reason}`);
	const seconds = Math.round((Date.now() - started) / 1000);
	return { script: 'secrets', passed: reason ? 0 : 1, failed: reason ? 1 : 0, seconds };
}

async function jest(script: string): Promise<Result> {
	const file = path.join(reports, `${script.replace(':', '-')}.json`);
	const { ok, seconds } = await npmRun(script, {
		asItComes: true,
		args: ['--', '--json', `--outputFile=${file}`],
	});
	if (!existsSync(file)) return { script, passed: 0, failed: 1, seconds };
	const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	// Jest may fail for another reason than a test, for instance because it found none.
	return { script, passed: report.numPassedTests, failed: ok ? failed : failed || 1, seconds };
}

async function main(): Promise<void> {
	const results = await Promise.all(CHECKS.map(check));
	for (const script of JEST_RUNS) results.push(await jest(script));
	results.push(await secretHunt());
	const sum = (key: 'passed' | 'failed') => results.reduce((total, each) => total + each[key], 0);

	console.log('');
	for (const { script, passed, failed, seconds } of results) {
		console.log(`${script.padEnd(14)} ${passed} passed, ${failed} failed (${seconds} s)`);
	}
	console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
	process.exitCode = sum('failed') === 0 ? 0 : 1;
}

void main();
