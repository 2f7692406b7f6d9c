const INTERVAL_MS = 5_000;

/**
 * Runs `work` and says how it goes: the title at once, a line with the elapsed time and `status` every
 * few seconds, and a last line when it is done. Nobody should wonder whether a long installation hangs.
 */
export async function withProgress<T>(
	title: string,
	work: () => Promise<T>,
	status: () => string | Promise<string> = () => '',
): Promise<T> {
	const started = Date.now();
	const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
	console.log(`${title} …`);
	const timer = setInterval(async () => {
		const detail = await status();
		console.log(`  ${title}: ${[elapsed(), detail].filter(Boolean).join(', ')}`);
	}, INTERVAL_MS);
	try {
		const result = await work();
		console.log(`${title}: done in ${elapsed()}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}
