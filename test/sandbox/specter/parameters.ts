import { Refusal } from './refusal';

/** What a parameter may hold. An empty value is always allowed where the parameter is not required. */
export interface Rule {
	required?: boolean;
	longest?: number;
	/** What it must look like, and how to say so. */
	format?: Format;
}

export interface Format {
	test(value: string): boolean;
	is: string;
}

export type Rules = Record<string, Rule>;

const pattern = (expression: RegExp, is: string): Format => ({
	test: (value) => expression.test(value),
	is,
});

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export const FORMATS = {
	flag: pattern(/^[01]$/, '0 or 1'),
	one: pattern(/^1$/, '1'),
	number: pattern(/^[1-9]\d*$/, 'a whole number'),
	twoDecimals: pattern(/^-?\d+\.\d{2}$/, 'a number with two decimals'),
	threeDecimals: pattern(/^\d+\.\d{3}$/, 'a number with three decimals'),
	upToTwoDecimals: pattern(/^-?\d+(\.\d{1,2})?$/, 'a number with at most two decimals'),
	upToFourDecimals: pattern(/^-?\d+(\.\d{1,4})?$/, 'a number with at most four decimals'),
	volume: pattern(/^\d+(\.\d{1,6})?$/, 'a volume in m³'),
	vat: pattern(/^\d{1,2}(\.\d{1,2})?$/, 'a VAT percentage'),
	currency: pattern(/^[A-Z]{3}$/, 'an ISO currency code'),
	batch: pattern(/^[0-9a-f]{32}$/i, '32 hexadecimal digits'),
	email: pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address'),
	country: {
		test: (value: string) => /^[A-Z]{2}$/.test(value) && regions.of(value) !== undefined,
		is: 'an ISO country code of two letters',
	},
	date: {
		test: (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isDate(value),
		is: 'a date, YYYY-MM-DD',
	},
	url: { test: (value: string) => /^https?:/.test(value) && URL.canParse(value), is: 'a URL' },
	oneOf: (...values: string[]): Format => ({
		test: (value) => values.includes(value),
		is: `one of ${values.join(', ')}`,
	}),
};

/** @throws Refusal if a required one is missing, one is too long, or one does not look as it should */
export function checkParameters(
	parameters: ReadonlyMap<string, string>,
	rules: Rules,
	suffix = '',
): void {
	for (const [bareName, { required, longest, format }] of Object.entries(rules)) {
		const name = bareName + suffix;
		const value = parameters.get(name) ?? '';
		if (value === '') {
			if (required) throw new Refusal('parameter', `${name} is missing`);
			continue;
		}
		if (longest !== undefined && value.length > longest) {
			throw new Refusal('parameter', `${name} is longer than ${longest} characters`);
		}
		if (format && !format.test(value)) {
			throw new Refusal('parameter', `${name} must be ${format.is}, not "${value}"`);
		}
	}
}

/**
 * Sorts a call's parameters into its header and its rows `_1 … _N`.
 *
 * @throws Refusal for an unknown name, a gap in the numbering, or too many rows
 */
export function sortParameters(
	parameters: ReadonlyMap<string, string>,
	headerRules: Rules,
	rowRules: Rules,
	mostRows: number,
): { rows: Array<Map<string, string>> } {
	const rows: Array<Map<string, string> | undefined> = [];
	for (const [name, value] of parameters) {
		if (Object.hasOwn(headerRules, name)) continue;
		const match = /^(.+)_([1-9]\d{0,4})$/.exec(name);
		if (!match || !Object.hasOwn(rowRules, match[1])) {
			throw new Refusal('parameter', `Unknown parameter ${name}`);
		}
		const index = Number(match[2]) - 1;
		if (index >= mostRows) throw new Refusal('parameter', `More than ${mostRows} rows`);
		(rows[index] ??= new Map()).set(match[1], value);
	}
	for (let index = 0; index < rows.length; index += 1) {
		if (!rows[index]) {
			throw new Refusal('parameter', `Row ${index + 1} is missing: rows are numbered without gaps`);
		}
	}
	return { rows: rows as Array<Map<string, string>> };
}

/** @throws Refusal naming the row if one of its parameters is not as it should be */
export function checkRows(rows: ReadonlyArray<ReadonlyMap<string, string>>, rules: Rules): void {
	rows.forEach((row, index) => {
		try {
			checkParameters(row, rules);
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			throw new Refusal(error.reason, `Row ${index + 1}: ${error.message}`);
		}
	});
}

function isDate(value: string): boolean {
	const date = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
