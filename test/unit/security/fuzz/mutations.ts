import fc from 'fast-check';

type Path = Array<string | number>;

const DEEP = 200;

/** A list in a list in a list. */
const nested: unknown = JSON.parse('['.repeat(DEEP) + ']'.repeat(DEEP));

/** What a system may send in a field's place, all of it JSON: wrong types, numbers and texts at their limits. */
export const strange = fc.constantFrom<unknown>(
	...[null, true, false, '', ' ', [], {}, [[]], [null], { a: 1 }, { '': '' }, nested],
	...[0, -0, -1, 1, 0.1, 1.005, 99.999, 1e21, -1e21, 1e308, 5e-324, 2 ** 53, 4_294_967_296],
	...[
		'0',
		'-0',
		'007',
		'1,5',
		'1.234,50',
		'1 000',
		'1e3',
		'1e400',
		'-1e400',
		'0x10',
		'٣',
		'abc',
		'-',
	],
	...['9'.repeat(400), '0000-00-00 00:00:00', '2026-02-30', '2026-01-05T12:00:00+01:00', 'i går'],
	...[
		'\u0000',
		'\ud800',
		'\u202e',
		'😀',
		'å\u030a',
		'ﬁ',
		'’–€',
		'x'.repeat(20_000),
		'<b>&amp;</b>',
	],
	...['=cmd|x', "'; DROP TABLE", '../../x', '${1}', '{{ $json }}', '\r\nX: y', '%00'],
	...[
		'percent',
		'fixed',
		'SE',
		'Sverige',
		'XX',
		'sv',
		'C',
		'P',
		'ot_coupon',
		'ot_total',
		'ot_rounding',
	],
	...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
	JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": 1}}'),
);

/** Every place of a record where something stands, the record itself left out. */
function placesOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const place = [...path, Array.isArray(value) ? Number(key) : key];
		return [place, ...placesOf(inner, place)];
	});
}

const isScalar = (value: unknown) => typeof value !== 'object' && value !== undefined;

type Change = (parent: Record<string | number, unknown>, key: string | number) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
	strange.map(
		(value): Change =>
			(parent, key) =>
				(parent[key] = structuredClone(value)),
	),
	fc.constantFrom<Change>(
		(parent, key) => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]),
		(parent, key) => (parent[key] = [parent[key]]),
		(parent, key) => (parent[key] = { data: parent[key] }),
		(parent, key) => (parent[key] = isScalar(parent[key]) ? String(parent[key]) : ''),
		(parent, key) => (parent[key] = Number(parent[key]) || 0),
		(parent, key) => (parent[key] = [parent[key], structuredClone(parent[key])]),
	),
);

/** The record, or one of them, with up to four of its places changed. */
export function mutated<Input extends object>(...records: Input[]): fc.Arbitrary<Input> {
	const places = records.map((record) => placesOf(record));
	const changes = fc.array(fc.tuple(fc.nat(), change), { maxLength: 4 });
	return fc.tuple(fc.nat(records.length - 1), changes).map(([which, wanted]) => {
		const record = structuredClone(records[which]);
		for (const [index, apply] of wanted) {
			const place = places[which][index % places[which].length];
			const parent = place
				.slice(0, -1)
				.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null)?.[key], record);
			const key = place[place.length - 1];
			if (typeof parent === 'object' && parent !== null) apply(parent as never, key);
		}
		return record;
	});
}

/** A text with some of its parts left out, doubled, replaced or cut off. */
export function mutatedText(...texts: string[]): fc.Arbitrary<string> {
	const piece = fc.oneof(
		fc.constantFrom(
			...[
				'<',
				'>',
				'/>',
				'&',
				'&amp;',
				'&x;',
				'<![CDATA[',
				']]>',
				'<!--',
				'-->',
				'<!DOCTYPE r>',
				'"',
			],
			...[
				"'",
				';',
				';;',
				'\r',
				'\n',
				'\u0000',
				'å',
				'<?xml version="1.0" encoding="utf-8"?>',
				'<a>',
			],
			...[
				'</a>',
				'x=""',
				'0',
				'1',
				'-1',
				'99',
				'1e400',
				'noItemsAvailable',
				' ',
				'http://',
				'$orderNo',
			],
		),
		fc.string({ maxLength: 6 }),
	);
	const edit = fc.tuple(fc.nat(), fc.nat(20), fc.option(piece, { nil: '' }));
	return fc
		.tuple(fc.nat(texts.length - 1), fc.array(edit, { maxLength: 5 }))
		.map(([which, edits]) =>
			edits.reduce((text, [at, removed, added]) => {
				const place = at % (text.length + 1);
				return text.slice(0, place) + added + text.slice(place + removed);
			}, texts[which]),
		);
}
