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

/**
 * @param nameOf what the account calls a parameter
 * @throws Refusal if a required one is missing, one is too long, or one does not look as it should
 */
export function checkParameters(
	parameters: ReadonlyMap<string, string>,
	rules: Rules,
	nameOf: (name: string) => string,
): void {
	for (const [name, { required, longest, format }] of Object.entries(rules)) {
		const value = parameters.get(name) ?? '';
		if (value === '') {
			if (required) throw new Refusal('parameter', `${nameOf(name)} is missing`);
			continue;
		}
		if (longest !== undefined && value.length > longest) {
			throw new Refusal('parameter', `${nameOf(name)} is longer than ${longest} characters`);
		}
		if (format && !format.test(value)) {
			throw new Refusal('parameter', `${nameOf(name)} must be ${format.is}, not "${value}"`);
		}
	}
}

/**
 * @param rows has holes where a number was left out
 * @throws Refusal if there are too many rows or a gap in their numbering, or, naming the row, if one of its
 * parameters is not as it should be
 */
export function checkRows(
	rows: ReadonlyArray<ReadonlyMap<string, string>>,
	mostRows: number,
	rules: Rules,
	nameOf: (name: string) => string,
): void {
	if (rows.length > mostRows) throw new Refusal('parameter', `More than ${mostRows} rows`);
	const gap = rows.findIndex((row) => row === undefined);
	if (gap >= 0) {
		throw new Refusal('parameter', `Row ${gap + 1} is missing: rows are numbered without gaps`);
	}
	rows.forEach((row, index) => {
		try {
			checkParameters(row, rules, nameOf);
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
