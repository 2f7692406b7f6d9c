import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureProgram } from './debian';
import { run } from './run';

/** CSV in LibreOffice's words: commas between the cells, double quotes, UTF-8. */
const CSV = '44,34,76';
/** What LibreOffice calls what a file is turned into. */
const FILTERS = { csv: `csv:Text - txt - csv (StarCalc):${CSV}`, xlsx: 'xlsx', ods: 'ods' };

/** The path of a LibreOffice that opens spreadsheets, installed where that is possible. */
export async function ensureLibreOffice(): Promise<string> {
	return await ensureProgram({
		title: 'LibreOffice Calc',
		names: ['soffice', 'libreoffice'],
		variable: 'SOFFICE_PATH',
		package: 'libreoffice-calc',
	});
}

/**
 * Opens a spreadsheet in LibreOffice, without a window, and saves it in another format. Throws an Error
 * when LibreOffice cannot open it.
 *
 * @param name with the extension, by which LibreOffice knows what it is
 */
export async function convertSheet(
	file: Buffer,
	name: string,
	format: keyof typeof FILTERS,
): Promise<Buffer> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vendre-specter-sheet-'));
	try {
		const [source, target] = [path.join(folder, name), path.join(folder, 'converted')];
		await writeFile(source, file);
		// A profile of its own, so that it does not hand the work to one that somebody has open.
		const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`;
		const output = await run(
			await ensureLibreOffice(),
			[
				profile,
				'--headless',
				...(name.endsWith('.csv') ? [`--infilter=CSV:${CSV}`] : []),
				...['--convert-to', FILTERS[format], '--outdir', target, source],
			],
			{ cwd: folder },
		);
		const [converted] = await readdir(target).catch(() => []);
		if (converted === undefined) throw new Error(`LibreOffice cannot open ${name}: ${output}`);
		return await readFile(path.join(target, converted));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
