/** HTML that is safe to send. */
export class Markup {
	constructor(readonly text: string) {}
}

type Piece = Markup | string | number | readonly Markup[];

/** A piece of HTML; what is put into it is escaped, unless it is Markup itself. */
export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Markup {
	const written = strings.map((string, index) => {
		const piece = index < pieces.length ? pieces[index] : '';
		return string + (Array.isArray(piece) ? piece.map(write).join('') : write(piece as Markup));
	});
	return new Markup(written.join(''));
}

function write(piece: Markup | string | number): string {
	if (piece instanceof Markup) return piece.text;
	return String(piece)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

export interface Column<Row> {
	title: string;
	cell: (row: Row) => Piece;
	/** Numbers stand to the right. */
	isNumber?: boolean;
}

export function table<Row>(
	rows: readonly Row[],
	columns: ReadonlyArray<Column<Row>>,
	empty: string,
): Markup {
	if (rows.length === 0) return markup`<p class="empty">${empty}</p>`;
	const kind = ({ isNumber }: Column<Row>) => (isNumber ? 'number' : '');
	const heads = columns.map((column) => markup`<th class="${kind(column)}">${column.title}</th>`);
	const body = rows.map((row) => {
		const cells = columns.map(
			(column) => markup`<td class="${kind(column)}">${column.cell(row)}</td>`,
		);
		return markup`<tr>${cells}</tr>`;
	});
	return markup`<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export function section(title: string, note: string, content: Markup): Markup {
	return markup`<section><h2>${title} <small>${note}</small></h2>${content}</section>`;
}

/** How many a section shows of all there are. */
export function shownOf(count: number, most: number): string {
	return count > most ? `the latest ${most} of ${count}` : '';
}

/** A form of one line that posts to the sandbox. */
export function form(action: string, fields: readonly Markup[], button: string): Markup {
	return markup`<form method="post" action="/_sandbox/${action}">${fields}<button>${button}</button></form>`;
}

export function input(name: string, placeholder: string, value: string | number = ''): Markup {
	return markup`<input name="${name}" placeholder="${placeholder}" aria-label="${placeholder}" value="${value}">`;
}

export function hidden(name: string, value: string | number): Markup {
	return markup`<input type="hidden" name="${name}" value="${value}">`;
}

export function select(
	name: string,
	label: string,
	options: ReadonlyArray<readonly [value: string, text: string]>,
	chosen = '',
): Markup {
	const choices = options.map(([value, text]) =>
		value === chosen
			? markup`<option value="${value}" selected>${text}</option>`
			: markup`<option value="${value}">${text}</option>`,
	);
	return markup`<select name="${name}" aria-label="${label}">${choices}</select>`;
}
