import { batchAgeMs, newBatchNo } from '../../../nodes/Specter/transport/batchNo';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const at = (time: number) => jest.spyOn(Date, 'now').mockReturnValue(time);

beforeEach(() => at(NOW));
afterEach(() => jest.restoreAllMocks());

test('a batch number is 32 hex digits, and another one at the same moment', () => {
	const numbers = Array.from({ length: 100 }, newBatchNo);
	expect(new Set(numbers).size).toBe(100);
	for (const number of numbers) expect(number).toMatch(/^[0-9a-f]{32}$/);
});

test.each([0, 1, 50_000, 364 * DAY])('tells its age of %i ms', (age) => {
	const batchNo = newBatchNo();
	at(NOW + age);
	expect(batchAgeMs(batchNo)).toBe(age);
	expect(batchAgeMs(batchNo.toUpperCase())).toBe(age);
});

test('made by a clock that is a little ahead it has no age yet', () => {
	const batchNo = newBatchNo();
	at(NOW - 4 * MINUTE);
	expect(batchAgeMs(batchNo)).toBe(0);
});

test.each([
	['from a far future', () => newBatchNo(), NOW - 6 * MINUTE],
	['too old to be open', () => newBatchNo(), NOW + 366 * DAY],
	['made of chance', () => 'f'.repeat(32), NOW],
	['of another length', () => newBatchNo().slice(0, 31), NOW],
	['with more behind it', () => `${newBatchNo()}0`, NOW],
	['with other letters', () => `${newBatchNo().slice(0, 31)}g`, NOW],
	['empty', () => '', NOW],
])('a number %s is not ours', (_, make, later) => {
	const batchNo = make();
	at(later);
	expect(batchAgeMs(batchNo)).toBeUndefined();
});
