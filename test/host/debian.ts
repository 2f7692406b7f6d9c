import { existsSync } from 'node:fs';
import path from 'node:path';
import { withProgress } from './progress';
import { run } from './run';

const APT_GET = '/usr/bin/apt-get';

/** A program that is no npm package. */
export interface Program {
	/** As a person calls it. */
	title: string;
	/** What it may be called on the PATH, the likeliest first. */
	names: string[];
	/** Environment variable with the path of one that stands elsewhere. */
	variable: string;
	/** Debian's package that has it. */
	package: string;
	/** Where it stands when it is installed, if that is not on the PATH; the likeliest first. */
	folders?(): string[];
}

function find({ names, variable, folders: others }: Program): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...(others?.() ?? [])];
	return [
		...[process.env[variable] ?? ''].filter(Boolean),
		...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
	].find((file) => existsSync(file));
}

/**
 * The path of a program that the tests need: the one that its variable names, or the first on the PATH. On
 * Debian and as root it is installed when missing; otherwise an Error says what to do.
 */
export async function ensureProgram(program: Program): Promise<string> {
	const { title, variable, package: debian } = program;
	const found = find(program);
	if (found) return found;
	if (process.getuid?.() === 0 && existsSync(APT_GET)) {
		await withProgress(`Installing ${title}`, async () => {
			const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
			await run(APT_GET, ['update'], { cwd: '/', env });
			await run(APT_GET, ['install', '-y', '--no-install-recommends', debian], { cwd: '/', env });
		});
		const installed = find(program);
		if (installed) return installed;
	}
	throw new Error(
		`The tests need ${title}: install it (on Debian: "apt-get install ${debian}" as root) or set ${variable} to one that you have.`,
	);
}
