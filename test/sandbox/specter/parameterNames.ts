import type { SpecterDialect } from './dialect';

type Parameters = ReadonlyMap<string, string>;

/** The parameters of one function: the contract's names for them, and this account's. */
export class ParameterNames {
	private readonly ours = new Map<string, string>();
	private readonly theirs = new Map<string, string>();

	/** @param names the contract's */
	constructor(
		action: string,
		names: Iterable<string>,
		private readonly dialect: SpecterDialect,
	) {
		const { parameterNames } = dialect;
		for (const name of names) {
			const theirs = parameterNames[`${action}.${name}`] ?? parameterNames[name] ?? name;
			this.theirs.set(name, theirs);
			this.ours.set(this.key(theirs), name);
		}
	}

	/** The account's name for a parameter. */
	readonly on = (name: string): string => this.theirs.get(name) ?? name;

	/** The contract's name for what was sent; undefined if the function has no such parameter. */
	meant(sent: string): string | undefined {
		return this.ours.get(this.key(sent));
	}

	private key(name: string): string {
		return this.dialect.parameterCase === 'any' ? name.toLowerCase() : name;
	}
}

export interface SortedParameters {
	/** By the contract's names. */
	header: Map<string, string>;
	/** `_1 … _N`, by the contract's names; has holes where a number was left out. */
	rows: Array<Map<string, string>>;
	/** What belongs to neither, as it came. */
	unknown: Map<string, string>;
}

/** Sorts what was sent into a function's header and rows. */
export function sortParameters(
	sent: Parameters,
	headerNames: ParameterNames,
	rowNames?: ParameterNames,
): SortedParameters {
	const sorted: SortedParameters = { header: new Map(), rows: [], unknown: new Map() };
	for (const [name, value] of sent) {
		const ofHeader = headerNames.meant(name);
		const [, bare, number] = /^(.+)_([1-9]\d{0,4})$/.exec(name) ?? [];
		const ofRow = bare === undefined ? undefined : rowNames?.meant(bare);
		if (ofHeader !== undefined) sorted.header.set(ofHeader, value);
		else if (ofRow !== undefined) (sorted.rows[Number(number) - 1] ??= new Map()).set(ofRow, value);
		else sorted.unknown.set(name, value);
	}
	return sorted;
}
