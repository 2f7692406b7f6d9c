export interface Column<Row> {
	title: string;
	right?: boolean;
	text(row: Row): string;
}

/** Rows as a table of plain text. */
export function table<Row>(columns: Array<Column<Row>>, rows: Row[]): string {
	const cells = rows.map((row) => columns.map(({ text }) => text(row)));
	const widths = columns.map(({ title }, column) =>
		Math.max(title.length, ...cells.map((row) => [...row[column]].length)),
	);
	const line = (texts: string[]) =>
		texts
			.map((text, column) => {
				const blanks = ' '.repeat(widths[column] - [...text].length);
				return columns[column].right ? blanks + text : text + blanks;
			})
			.join('  ')
			.trimEnd();
	const rule = widths.map((width) => '-'.repeat(width));
	return [line(columns.map(({ title }) => title)), line(rule), ...cells.map(line)].join('\n');
}
