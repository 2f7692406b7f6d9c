import { run } from './run';

/**
 * Lets a process write nothing more to any file, as if the disk were full. It needs no rights and is
 * Linux's own: a limit of the process on the size of the files that it writes.
 */
export async function fillDisk(pid: number): Promise<void> {
	await limitFiles(pid, '1');
}

/** Lets it write again. */
export async function freeDisk(pid: number): Promise<void> {
	await limitFiles(pid, 'unlimited');
}

/** The soft limit alone, so that it can be raised again. */
async function limitFiles(pid: number, bytes: string): Promise<void> {
	await run('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { cwd: '/' });
}
