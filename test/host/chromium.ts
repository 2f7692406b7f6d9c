import { existsSync } from 'node:fs';
import path from 'node:path';
import { withProgress } from './progress';
import { run } from './run';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const APT_GET = '/usr/bin/apt-get';

function findChromium(): string | undefined {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	return [
		...[process.env.CHROMIUM_PATH ?? ''].filter(Boolean),
		...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
	].find((file) => existsSync(file));
}

/**
 * The path of a Chromium for the browser tests: `CHROMIUM_PATH`, or the first one on the PATH. On Debian
 * and as root it is installed when missing; otherwise an Error says what to do.
 */
export async function ensureChromium(): Promise<string> {
	const found = findChromium();
	if (found) return found;
	if (process.getuid?.() === 0 && existsSync(APT_GET)) {
		await withProgress('Installing Chromium', async () => {
			const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
			await run(APT_GET, ['update'], { cwd: '/', env });
			await run(APT_GET, ['install', '-y', '--no-install-recommends', 'chromium'], {
				cwd: '/',
				env,
			});
		});
		const installed = findChromium();
		if (installed) return installed;
	}
	throw new Error(
		'The browser tests need Chromium: install it (on Debian: "apt-get install chromium" as root) or set CHROMIUM_PATH to one that you have.',
	);
}
