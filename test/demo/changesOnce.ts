import type { Stack } from '../host/stack';
import { planChanges, planLostChange, type Change } from './changes';
import { compareUntouched } from './changesCheck';
import { table, type Column } from './table';

interface Row {
	change: Change;
	toldBy: string;
	inShop: string;
	problems: string[];
}

const TIMEOUT_MS = 90_000;

const COLUMNS: Array<Column<Row>> = [
	{ title: 'Changed in Specter', text: ({ change }) => change.what },
	{ title: 'Record', text: ({ change }) => change.record },
	{ title: 'Told by', text: ({ toldBy }) => toldBy },
	{ title: 'In the shop', text: ({ inShop }) => inShop },
	{
		title: 'Result',
		text: ({ problems }) => (problems.length === 0 ? 'right' : problems.join('; ')),
	},
];

/** Changes articles and orders in Specter, waits for the shop and prints how each stands. Answers whether all are right. */
export async function changesOnce(stack: Stack): Promise<boolean> {
	const started = Date.now();
	await settled(stack);
	const told = planChanges(stack.sandbox);
	const before = [...stack.sandbox.vendre.products.values()].map((each) => structuredClone(each));
	console.log(`Making ${told.length + 1} changes in Specter …`);
	const rows = await makeAll(stack, told, 'call-back');
	const lost = planLostChange(stack.sandbox);
	rows.push(...(await makeAll(stack, [lost], 'schedule')));

	const touched = new Set(rows.map(({ change }) => change.record));
	const others = before.filter((product) => !touched.has(product.article_number));
	const strays = compareUntouched(stack.sandbox, others);
	const right = rows.filter(({ problems }) => problems.length === 0).length;
	console.log(`\n${table(COLUMNS, rows)}\n`);
	for (const stray of strays) console.log(`Changed without a reason: ${stray}`);
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(
		`${right} of ${rows.length} right, ${others.length} other products looked at, in ${seconds} s`,
	);
	return right === rows.length && strays.length === 0;
}

/** Makes the changes and waits until the shop agrees, or for as long as anybody would. */
async function makeAll(
	stack: Stack,
	changes: Change[],
	expected: 'call-back' | 'schedule',
): Promise<Row[]> {
	const { vendre, specter } = stack.sandbox;
	const made = new Date();
	for (const { make } of changes) make();
	await vendre
		.until(() => changes.every(({ problems }) => problems().length === 0), TIMEOUT_MS)
		.catch(() => console.log(`The shop does not agree after ${TIMEOUT_MS / 1000} s.`));
	await settled(stack);
	return changes.map((change) => {
		const called = specter.callBacks.deliveries.some(
			({ event, at, status }) => event === change.event && at >= made && status === 200,
		);
		const toldBy = called ? 'call-back' : 'schedule';
		const problems = change.problems();
		if (toldBy !== expected) problems.push(`it was to be told by ${expected}`);
		return { change, toldBy, inShop: change.inShop(), problems };
	});
}

/** Waits until nothing waits in Specter's queues and n8n has nothing to do. */
async function settled({ sandbox: { specter }, client }: Stack): Promise<void> {
	const queues = [specter.stockQueue, specter.articleQueue, specter.orderQueue];
	const waiting = () => queues.some((queue) => queue.pendingCount > 0 || queue.openBatchNo);
	await specter
		.until(() => !waiting(), TIMEOUT_MS)
		.catch(() => console.log(`Changes still wait in Specter after ${TIMEOUT_MS / 1000} s.`));
	await client.idle();
}
