import type { FieldNames } from './dialect';

/** A value that the shop writes otherwise than the contract, and back. */
export interface Conversion {
	toWire(value: unknown): unknown;
	/** @throws ApiError for a value that the shop does not know */
	fromWire(value: unknown): unknown;
}

/**
 * Translates records of one resource between the contract, which the shop works with inside, and the wire,
 * where the shop has names and values of its own. Both are kept by path: `billing_address.street`,
 * `products[].model`.
 */
export class Wire {
	private readonly names: ReadonlyMap<string, string | null>;
	/** Path of the shop's own name below the contract's path → the contract's name. */
	private readonly meant: ReadonlyMap<string, string>;
	private readonly isPlain: boolean;

	constructor(
		names: FieldNames,
		private readonly conversions: Readonly<Record<string, Conversion>>,
	) {
		const others = Object.entries(names).filter(([path, name]) => nameIn(path) !== name);
		this.names = new Map(others);
		this.meant = new Map(
			others
				.filter(([, name]) => name !== null)
				.map(([path, name]) => [below(parentOf(path), name as string), nameIn(path)]),
		);
		this.isPlain = others.length === 0 && Object.keys(conversions).length === 0;
	}

	/** The record as the shop answers it. */
	toWire(record: object): object {
		return this.isPlain ? record : (this.written(record, '') as object);
	}

	/** What was sent, by the contract's names; a field by a name that the shop does not use is dropped. */
	fromWire(body: Record<string, unknown>): Record<string, unknown> {
		return this.isPlain ? body : (this.read(body, '') as Record<string, unknown>);
	}

	private written(value: unknown, path: string): unknown {
		const conversion = this.conversions[path];
		if (conversion) return conversion.toWire(value);
		if (Array.isArray(value)) return value.map((each) => this.written(each, `${path}[]`));
		if (typeof value !== 'object' || value === null) return value;
		const fields = Object.entries(value).flatMap(([name, child]) => {
			const inside = below(path, name);
			const other = this.names.has(inside) ? this.names.get(inside) : name;
			return other ? [[other, this.written(child, inside)]] : [];
		});
		return Object.fromEntries(fields);
	}

	private read(value: unknown, path: string): unknown {
		const conversion = this.conversions[path];
		if (conversion) return conversion.fromWire(value);
		if (Array.isArray(value)) return value.map((each) => this.read(each, `${path}[]`));
		if (typeof value !== 'object' || value === null) return value;
		const fields = Object.entries(value).flatMap(([sent, child]) => {
			const inside = below(path, sent);
			const name = this.meant.get(inside) ?? (this.names.has(inside) ? undefined : sent);
			return name ? [[name, this.read(child, below(path, name))]] : [];
		});
		return Object.fromEntries(fields);
	}
}

function below(parent: string, name: string): string {
	return parent === '' ? name : `${parent}.${name}`;
}

function parentOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('.')));
}

function nameIn(path: string): string {
	return path.slice(path.lastIndexOf('.') + 1);
}
