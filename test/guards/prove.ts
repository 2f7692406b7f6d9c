import { spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GUARDS, type Guard } from './guards';
import { guardsPage } from './table';

/**
 * Takes every guard out, one at a time, in a copy of the repository, and sees its test fail; then writes
 * docs/guards.md. Run by hand: `npx tsx test/guards/prove.ts`, with a word for those whose line has it.
 */
const ROOT = path.resolve(__dirname, '../..');
const PAGE = path.join(ROOT, 'docs/guards.md');
const NOT_COPIED = new Set(['.git', 'node_modules', 'dist']);

interface JestReport {
	testResults: Array<{ assertionResults: Array<{ title: string; status: string }> }>;
}

function main(): void {
	const word = process.argv[2] ?? '';
	const chosen = Object.values(GUARDS)
		.flat()
		.filter((guard) => JSON.stringify(guard).includes(word));
	const copy = mkdtempSync(path.join(tmpdir(), 'vendre-specter-guards-'));
	try {
		cpSync(ROOT, copy, {
			recursive: true,
			filter: (from) => !NOT_COPIED.has(path.relative(ROOT, from)),
		});
		symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
		const unproved = chosen.filter((guard) => {
			const failed = failedWithout(guard, copy);
			const isProved = failed.some((title) => titled(guard.test).test(title));
			console.log(`${isProved ? 'proved' : 'NOT PROVED'}: ${guard.promise}`);
			if (!isProved) console.log(`  failed instead: ${failed.join(' | ') || 'nothing'}`);
			return !isProved;
		});
		console.log(`${chosen.length - unproved.length} of ${chosen.length} proved`);
		process.exitCode = unproved.length === 0 ? 0 : 1;
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
	writeFileSync(PAGE, guardsPage());
}

/** A title as it stands in the code fits those that the test has in the report, for each of its examples. */
function titled(test: string): RegExp {
	const parts = test.split(/%[sd]/).map((part) => part.replace(/[^\w\s]/g, '\\$&'));
	return new RegExp(`^${parts.join('.*')}$`);
}

/** The titles of the tests of its file that fail when a guard is taken out. */
function failedWithout({ file, code, without, project, testFile }: Guard, copy: string): string[] {
	const guarded = path.join(copy, file);
	const report = path.join(copy, 'report.json');
	const text = readFileSync(guarded, 'utf8');
	writeFileSync(
		guarded,
		text.replace(code, () => without),
	);
	rmSync(report, { force: true });
	try {
		const what = ['--selectProjects', project, '--testPathPatterns', testFile];
		const how = ['--json', `--outputFile=${report}`, '--silent'];
		spawnSync('npx', ['jest', ...what, ...how], { cwd: copy, stdio: 'ignore' });
	} finally {
		writeFileSync(guarded, text);
	}
	if (!existsSync(report)) return [];
	const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.filter(({ status }) => status === 'failed')
		.map(({ title }) => title);
}

main();
