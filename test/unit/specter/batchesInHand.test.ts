import { inHandMs, letGo, takeInHand } from '../../../nodes/Specter/transport/batchesInHand';
import { newBatchNo } from '../../../nodes/Specter/transport/batchNo';

/** A number that does not tell its age. */
const foreign = (id: number) => id.toString(16).padStart(32, 'f');
const takeOthers = (count: number) => {
	for (let id = 0; id < count; id++) takeInHand(foreign(0xf000 + id));
};

beforeEach(() => jest.spyOn(performance, 'now').mockReturnValue(3_600_000));
afterEach(() => jest.restoreAllMocks());

test('several batches are in hand at once, each since it was taken up', () => {
	const now = performance.now();
	takeInHand(foreign(1));
	jest.spyOn(performance, 'now').mockReturnValue(now + 5000);
	takeInHand(foreign(2));
	expect([foreign(1), foreign(2), foreign(3)].map(inHandMs)).toEqual([5000, 0, Infinity]);
});

test('a batch that was let go is in nobody’s hands, however young it is', () => {
	takeInHand(foreign(4));
	letGo(foreign(4));
	expect(inHandMs(foreign(4))).toBe(Infinity);
});

test('a clock that is put forward does not take a batch out of somebody’s hands', () => {
	const batchNo = newBatchNo();
	takeInHand(batchNo);
	jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_200_000);
	expect(inHandMs(batchNo)).toBe(0);
});

test('the latest hundred are remembered', () => {
	takeInHand(foreign(5));
	takeOthers(99);
	expect(inHandMs(foreign(5))).toBe(0);
	takeInHand(foreign(6));
	expect(inHandMs(foreign(5))).toBe(Infinity);
});

test('a batch that is taken up again counts among the latest', () => {
	takeInHand(foreign(7));
	takeOthers(50);
	takeInHand(foreign(7));
	takeInHand(foreign(8));
	for (let id = 0; id < 98; id++) takeInHand(foreign(0xe000 + id));
	expect(inHandMs(foreign(7))).toBe(0);
});
