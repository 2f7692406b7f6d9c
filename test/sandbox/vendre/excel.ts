import { read, utils } from '@e965/xlsx';

/** A row of a sheet: its cells as text, by the headings of their columns. */
export type SheetRow = Readonly<Record<string, string>>;

/** How every .xlsx begins: it is a ZIP archive. */
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * The rows of an Excel file's first sheet, below the headings in its first row. Empty cells are left out.
 *
 * @throws Error if it is no .xlsx, or has two columns of one name
 */
export function readSheet(file: Buffer): SheetRow[] {
	if (!file.subarray(0, ZIP.length).equals(ZIP)) throw new Error('The file is no .xlsx');
	const { SheetNames: names, Sheets: sheets } = read(file);
	const lines = utils.sheet_to_json<unknown[]>(sheets[names[0]], {
		header: 1,
		defval: '',
		blankrows: true,
	});
	const [headings = [], ...rows] = lines.map((cells) => cells.map((cell) => String(cell).trim()));
	if (new Set(headings).size < headings.length)
		throw new Error('Two columns have the same heading');
	return rows.map((cells) =>
		Object.fromEntries(
			cells.map((cell, index) => [headings[index], cell]).filter(([, cell]) => cell !== ''),
		),
	);
}
