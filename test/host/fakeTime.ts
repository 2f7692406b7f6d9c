import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { ensureProgram } from './debian';

const LIBRARIES = '/usr/lib';
const CACHE_SECONDS = 1;

/** The path of libfaketime, which tells a process another time than it is; installed where that is possible. */
export async function ensureFakeTime(): Promise<string> {
	return await ensureProgram({
		title: 'libfaketime',
		names: ['libfaketimeMT.so.1'],
		variable: 'FAKETIME_PATH',
		package: 'libfaketime',
		folders: () =>
			existsSync(LIBRARIES)
				? readdirSync(LIBRARIES).map((folder) => `${LIBRARIES}/${folder}/faketime`)
				: [],
	});
}

/** The clock of a process, which can be wrong and put wrong while it runs. Timers keep their pace. */
export class FakeClock {
	private constructor(
		private readonly file: string,
		private readonly rightTime: number,
		/** For the process: what makes it go by this clock. */
		readonly env: Record<string, string>,
	) {}

	/**
	 * @param file where the clock is kept
	 * @param rightTime what is taken for the right time, in seconds after the time as it is
	 */
	static async at(file: string, rightTime: number): Promise<FakeClock> {
		const clock = new FakeClock(file, rightTime, {
			LD_PRELOAD: await ensureFakeTime(),
			FAKETIME_TIMESTAMP_FILE: file,
			FAKETIME_CACHE_DURATION: String(CACHE_SECONDS),
			FAKETIME_DONT_FAKE_MONOTONIC: '1',
		});
		await clock.set(0);
		return clock;
	}

	/** @param seconds how far the clock is ahead of the right time; behind it where negative */
	async set(seconds: number): Promise<void> {
		const offset = this.rightTime + seconds;
		await writeFile(this.file, `${offset < 0 ? '' : '+'}${offset}`);
	}
}
