import fc from 'fast-check';
import { mapBounded } from '../../../nodes/shared/concurrency';

/** Work that ends when it is told to, in whatever order. */
function controlled() {
	const started: number[] = [];
	const ends = new Map<number, { resolve(): void; reject(error: unknown): void }>();
	let running = 0;
	let most = 0;
	const work = async (input: number) => {
		started.push(input);
		most = Math.max(most, ++running);
		try {
			await new Promise<void>((resolve, reject) => ends.set(input, { resolve, reject }));
			return input * 10;
		} finally {
			running--;
			ends.delete(input);
		}
	};
	const settle = async () => await new Promise((resolve) => setImmediate(resolve));
	return { work, started, ends, settle, most: () => most };
}

describe('mapBounded', () => {
	test('nothing gives nothing', async () => {
		const work = jest.fn();
		expect(await mapBounded([], 4, work)).toEqual([]);
		expect(work).not.toHaveBeenCalled();
	});

	test('keeps the order of the inputs, whatever ends first', async () => {
		const { work, ends, settle } = controlled();
		const answers = mapBounded([1, 2, 3], 3, work);
		await settle();
		for (const input of [3, 1, 2]) ends.get(input)?.resolve();
		expect(await answers).toEqual([10, 20, 30]);
	});

	test('keeps order and bound for any inputs, any bound and any order of ending', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: 20 }),
				fc.integer({ min: 1, max: 8 }),
				fc.infiniteStream(fc.nat()),
				async (count, limit, picks) => {
					const { work, ends, settle, most } = controlled();
					const inputs = Array.from({ length: count }, (_, index) => index);
					const answers = mapBounded(inputs, limit, work);
					for (let ended = 0; ended < count; ended++) {
						await settle();
						expect(ends.size).toBe(Math.min(limit, count - ended));
						const open = [...ends.values()];
						open[(picks.next().value as number) % open.length].resolve();
					}
					expect(await answers).toEqual(inputs.map((input) => input * 10));
					expect(most()).toBe(Math.min(limit, count));
				},
			),
			{ numRuns: 60 },
		);
	});

	test.each([0, -3, NaN, 0.5])('a bound of %p is one at a time', async (limit) => {
		const { work, ends, settle, most } = controlled();
		const answers = mapBounded([1, 2], limit, work);
		await settle();
		ends.get(1)?.resolve();
		await settle();
		ends.get(2)?.resolve();
		await answers;
		expect(most()).toBe(1);
	});

	test('after a rejection nothing is started, what is under way is awaited, the lowest is thrown', async () => {
		const { work, ends, started, settle } = controlled();
		const answers = mapBounded([1, 2, 3, 4, 5], 3, work);
		let done = false;
		const rejection = expect(answers.finally(() => (done = true))).rejects.toThrow('of 1');
		await settle();
		ends.get(3)?.reject(new Error('of 3'));
		await settle();
		expect(done).toBe(false);
		ends.get(1)?.reject(new Error('of 1'));
		await settle();
		expect(done).toBe(false);
		ends.get(2)?.resolve();
		await rejection;
		expect(started).toEqual([1, 2, 3]);
	});

	test('work that throws at once is a rejection too', async () => {
		const work = () => {
			throw new Error('at once');
		};
		await expect(mapBounded([1], 2, work)).rejects.toThrow('at once');
	});
});
