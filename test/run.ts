import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

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
const JEST_RUNS = ['test:unit', 'test:workflow', 'test:e2e'];

const ROOT = path.resolve(__dirname, '..');
const reports = mkdtempSync(path.join(tmpdir(), 'vendre-specter-tests-'));

/** @param stdio `pipe`: what it prints is shown when it has ended, so that it is not mixed with others' */
async function npmRun(
	script: string,
	stdio: 'inherit' | 'pipe',
	args: string[] = [],
): Promise<{ ok: boolean; seconds: number }> {
	const title = `\n=== ${script}`;
	if (stdio === 'inherit') console.log(title);
	const started = Date.now();
	const run = spawn('npm', ['run', '--silent', script, ...args], {
		cwd: ROOT,
		stdio: ['inherit', stdio, stdio],
	});
	const ended = new Promise<number | null>((resolve) => run.once('close', resolve));
	const printed = [run.stdout, run.stderr].map(async (stream) =>
		stream ? await text(stream) : '',
	);
	const status = await ended;
	if (stdio === 'pipe') console.log([title, ...(await Promise.all(printed))].join('\n').trimEnd());
	return { ok: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

async function check(script: string): Promise<Result> {
	const { ok, seconds } = await npmRun(script, 'pipe');
	return { script, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
}

async function jest(script: string): Promise<Result> {
	const file = path.join(reports, `${script.replace(':', '-')}.json`);
	const { ok, seconds } = await npmRun(script, 'inherit', ['--', '--json', `--outputFile=${file}`]);
	if (!existsSync(file)) return { script, passed: 0, failed: 1, seconds };
	const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	// Jest may fail for another reason than a test, for instance because it found none.
	return { script, passed: report.numPassedTests, failed: ok ? failed : failed || 1, seconds };
}

async function main(): Promise<void> {
	const results = await Promise.all(CHECKS.map(check));
	for (const script of JEST_RUNS) results.push(await jest(script));
	const sum = (key: 'passed' | 'failed') => results.reduce((total, each) => total + each[key], 0);

	console.log('');
	for (const { script, passed, failed, seconds } of results) {
		console.log(`${script.padEnd(14)} ${passed} passed, ${failed} failed (${seconds} s)`);
	}
	console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
	process.exitCode = sum('failed') === 0 ? 0 : 1;
}

void main();
