import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface RunOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** File that gets everything the command prints. */
	log?: string;
	/** Whom to run it as, where that is somebody else. */
	user?: { uid: number; gid: number };
}

const LINES_IN_ERROR = 25;

/**
 * npm tells the scripts it runs about the package they belong to. A second npm started from such a
 * script, for another package, must not hear that.
 */
export function environmentWithoutNpm(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^npm_(package|lifecycle|command|execpath|config_local_prefix)/.test(name),
		),
	);
}

/**
 * Runs a command to its end and answers with what it printed on its standard output.
 * Throws an Error that holds the last lines of output when the command fails.
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<string> {
	const child = spawn(command, args, {
		cwd: options.cwd,
		env: options.env ?? environmentWithoutNpm(),
		...options.user,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const log = options.log ? createWriteStream(options.log, { flags: 'a' }) : undefined;
	let stdout = '';
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		stdout += chunk;
		output += chunk;
		log?.write(chunk);
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
		log?.write(chunk);
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	}).finally(() => log?.end());
	if (code !== 0) {
		const tail = output.trimEnd().split('\n').slice(-LINES_IN_ERROR).join('\n');
		throw new Error(`"${[command, ...args].join(' ')}" failed (exit code ${code}):\n${tail}`);
	}
	return stdout;
}
