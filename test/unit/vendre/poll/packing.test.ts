import fc from 'fast-check';
import { pack, unpack } from '../../../../nodes/Vendre/poll/packing';

const MOST = 0xffff_ffff;
const MEGABYTE = 1_000_000;

const digests = fc.array(
	fc.tuple(
		fc.oneof(
			fc.integer({ min: 1, max: 300 }),
			fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
		),
		fc.integer({ min: 0, max: MOST }),
	),
);

test('what is packed comes out again, by ascending id', () => {
	fc.assert(
		fc.property(digests, (entries) => {
			const given = new Map(entries);
			const ascending = [...given].sort(([a], [b]) => a - b);
			expect([...unpack(pack(given))]).toEqual(ascending);
		}),
	);
});

test('the order in which records came does not show', () => {
	fc.assert(
		fc.property(digests, (entries) => {
			const given = new Map(entries);
			expect(pack(new Map([...given].reverse()))).toBe(pack(given));
		}),
	);
});

test.each([
	['one after another', 1],
	['with gaps', 97],
	['up to 1.6 thousand million', 16_000],
])('100,000 records whose ids stand %s take less than 1 MB', (_, distance) => {
	const ids = Array.from({ length: 100_000 }, (__, index) => 5_000 + index * distance);
	const text = pack(new Map(ids.map((id) => [id, MOST])));
	expect(text.length).toBeLessThan(MEGABYTE);
	expect(unpack(text).size).toBe(100_000);
});

test('nothing is nothing', () => {
	expect(pack(new Map())).toBe('');
	expect(unpack('').size).toBe(0);
});
