import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Runs every check of the project, one after another, also when an earlier one failed. Ends with one line
 * for each and the sum: what is not a jest run counts as one test.
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

function npmRun(script: string, args: string[] = []): { ok: boolean; seconds: number } {
	console.log(`\n=== ${script}`);
	const started = Date.now();
	const { status } = spawnSync('npm', ['run', '--silent', script, ...args], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	return { ok: status === 0, seconds: Math.round((Date.now() - started) / 1000) };
}

function check(script: string): Result {
	const { ok, seconds } = npmRun(script);
	return { script, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds };
}

function jest(script: string): Result {
	const file = path.join(reports, `${script.replace(':', '-')}.json`);
	const { ok, seconds } = npmRun(script, ['--', '--json', `--outputFile=${file}`]);
	if (!existsSync(file)) return { script, passed: 0, failed: 1, seconds };
	const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
	const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
	// Jest may fail for another reason than a test, for instance because it found none.
	return { script, passed: report.numPassedTests, failed: ok ? failed : failed || 1, seconds };
}

const results = [...CHECKS.map(check), ...JEST_RUNS.map(jest)];
const sum = (key: 'passed' | 'failed') => results.reduce((total, each) => total + each[key], 0);

console.log('');
for (const { script, passed, failed, seconds } of results) {
	console.log(`${script.padEnd(14)} ${passed} passed, ${failed} failed (${seconds} s)`);
}
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
