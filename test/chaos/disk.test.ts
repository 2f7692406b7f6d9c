import { setTimeout as pause } from 'node:timers/promises';
import { packedNodes } from '../e2e/environment';
import { fillDisk, freeDisk } from '../host/diskSpace';
import { Random } from '../sandbox/data/random';
import { activateAll } from './activate';
import { expectAllRight } from './allRight';
import { EditedGoods } from './goods';
import { Intended } from './intended';
import { quiet } from './quiet';
import { oneProcess, type Rig } from './rig';
import { SHORT } from './sizes';

jest.setTimeout(600_000);

const ORDERS = 20;
const STOCK_CHANGES = 40;
const EDITS = 6;
/** Webhooks, call-backs and two of the schedules' looks fall into it. */
const FULL_MS = 25_000;

let rig: Rig;

beforeAll(async () => {
	rig = await oneProcess(packedNodes());
});

afterAll(async () => {
	await rig?.stop();
});

test('what happens while n8n’s disk is full comes right when there is room again', async () => {
	const { stack } = rig;
	const { vendre, specter } = stack.sandbox;
	const random = new Random(1);
	const intended = new Intended();
	const goods = new EditedGoods(stack.sandbox, random, intended);
	await activateAll(rig, SHORT.looks);

	await fillDisk(stack.n8n.pid);
	for (let placed = 0; placed < ORDERS; placed++) vendre.placeOrder('person');
	const numbers = [...specter.articles.keys()];
	for (let changed = 0; changed < STOCK_CHANGES; changed++) {
		specter.setStock(random.pick(numbers), random.between(0, 99));
	}
	for (let edited = 0; edited < EDITS; edited++) {
		goods.editInShop();
		goods.editInSpecter();
	}
	await pause(FULL_MS);
	const arrived = specter.orders.size;
	await freeDisk(stack.n8n.pid);

	const outcome = await quiet(rig, intended, SHORT.patienceSeconds);
	console.log(
		`${arrived} of ${ORDERS} orders while the disk was full, all of them ${outcome.seconds} s after`,
	);
	expectAllRight(outcome);
});
