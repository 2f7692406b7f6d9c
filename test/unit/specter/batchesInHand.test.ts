import { idleMs, letGo, takeInHand } from '../../../nodes/Specter/transport/batchesInHand';
import { giveSignOfLife } from '../../../nodes/shared/signsOfLife';
import type { RequestContext } from '../../../nodes/shared/http';
import { newBatchNo } from '../../../nodes/Specter/transport/batchNo';

/** A number that does not tell its age. */
const foreign = (id: number) => id.toString(16).padStart(32, 'f');
const takeOthers = (count: number) => {
	for (let id = 0; id < count; id++) takeInHand(foreign(0xf000 + id), 'run');
};

beforeEach(() => jest.spyOn(performance, 'now').mockReturnValue(3_600_000));
afterEach(() => jest.restoreAllMocks());

const secondsLater = (seconds: number) => {
	const now = performance.now();
	jest.spyOn(performance, 'now').mockReturnValue(now + 1000 * seconds);
};
const ask = (executionId: string | undefined) =>
	giveSignOfLife({ getExecutionId: () => executionId } as RequestContext);

test('several batches are in hand at once, each since it was taken up', () => {
	takeInHand(foreign(1), 'run');
	secondsLater(5);
	takeInHand(foreign(2), 'run');
	expect([foreign(1), foreign(2), foreign(3)].map(idleMs)).toEqual([5000, 0, Infinity]);
});

test('a batch is in hand as long as its execution asks for anything', () => {
	takeInHand(foreign(9), 'slow run');
	secondsLater(100);
	ask('slow run');
	secondsLater(50);
	ask('another run');
	ask(undefined);
	expect(idleMs(foreign(9))).toBe(50_000);
	takeInHand(foreign(9), 'another run');
	expect(idleMs(foreign(9))).toBe(0);
});

test('an execution that was busy before it took up a batch is not thought to be at work on it for longer', () => {
	ask('run');
	secondsLater(10);
	takeInHand(foreign(10), 'run');
	secondsLater(20);
	expect(idleMs(foreign(10))).toBe(20_000);
});

test('a batch that was let go is in nobody’s hands, however young it is', () => {
	takeInHand(foreign(4), 'run');
	letGo(foreign(4));
	expect(idleMs(foreign(4))).toBe(Infinity);
});

test('a clock that is put forward does not take a batch out of somebody’s hands', () => {
	const batchNo = newBatchNo();
	takeInHand(batchNo, 'run');
	jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_200_000);
	expect(idleMs(batchNo)).toBe(0);
});

test('the latest hundred are remembered', () => {
	takeInHand(foreign(5), 'run');
	takeOthers(99);
	expect(idleMs(foreign(5))).toBe(0);
	takeInHand(foreign(6), 'run');
	expect(idleMs(foreign(5))).toBe(Infinity);
});

test('a batch that is taken up again counts among the latest', () => {
	takeInHand(foreign(7), 'run');
	takeOthers(50);
	takeInHand(foreign(7), 'run');
	takeInHand(foreign(8), 'run');
	for (let id = 0; id < 98; id++) takeInHand(foreign(0xe000 + id), 'run');
	expect(idleMs(foreign(7))).toBe(0);
});
