import type { SandboxOptions } from './index';
import type { SpecterDialect } from './specter/dialect';
import { SPECTER_DIFFERENCES } from './specter/differences';
import type { VendreDialect } from './vendre/dialect';
import { VENDRE_DIFFERENCES } from './vendre/differences';

/** One fact that a contract assumes, and that a live system has otherwise. */
export interface Difference {
	name: string;
	/** Where the fact stands: `specter §4`. */
	contract: string;
	specter?: Partial<SpecterDialect>;
	vendre?: Partial<VendreDialect>;
}

/** Every assumed fact with one other value. No two touch the same setting, so any of them go together. */
export const DIFFERENCES: readonly Difference[] = [...SPECTER_DIFFERENCES, ...VENDRE_DIFFERENCES];

/** Sandbox options in which all these differences hold at once; maps such as `fieldNames` are merged. */
export function combine(
	differences: readonly Difference[],
): Pick<SandboxOptions, 'specterDialect' | 'vendreDialect'> {
	return {
		specterDialect: merged(differences.map(({ specter = {} }) => specter)),
		vendreDialect: merged(differences.map(({ vendre = {} }) => vendre)),
	};
}

function merged<Value extends object>(values: readonly Value[]): Value {
	return values.reduce((sum: object, value) => withAll(sum, value), {}) as Value;
}

function withAll(into: object, added: object): object {
	const all: Record<string, unknown> = { ...into };
	for (const [key, value] of Object.entries(added)) {
		const known = all[key];
		all[key] = isMap(known) && isMap(value) ? withAll(known, value) : value;
	}
	return all;
}

function isMap(value: unknown): value is object {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
