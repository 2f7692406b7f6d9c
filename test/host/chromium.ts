import { ensureProgram } from './debian';

/** The path of a Chromium for the browser tests, installed where that is possible. */
export async function ensureChromium(): Promise<string> {
	return await ensureProgram({
		title: 'Chromium',
		names: ['chromium', 'chromium-browser', 'google-chrome'],
		variable: 'CHROMIUM_PATH',
		package: 'chromium',
	});
}
