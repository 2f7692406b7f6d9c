import { BAD_ORDER_KINDS, ORDER_KINDS, type OrderKind, type Sandbox } from '../sandbox';
import type { Random } from '../sandbox/data/random';
import { EditedGoods } from './goods';
import { Intended } from './intended';

/**
 * How often the templates look, in seconds, for a storm has not as long as they have. Poll triggers look
 * once a minute. What many looks find is worked on by all of them.
 */
export interface Looks {
	changes: number;
	/** The look every 10 minutes; the one by the hour comes as much less often. */
	orders: number;
	replay: number;
	/** How many minutes a failed record waits for its second try; each further one takes twice as long. */
	firstWaitMinutes: number;
}

/** How much happens in a storm. */
export interface StormSize {
	/** How long things happen, in seconds. */
	seconds: number;
	/** Orders that must arrive; some of them are paid for later than placed. */
	orders: number;
	/** Orders that cannot be sent as they stand. */
	badOrders: number;
	stockChanges: number;
	statusChanges: number;
	/** Edits in Specter, edits in the shop, customers who come or move. */
	articleChanges: number;
	productChanges: number;
	customerChanges: number;
	/** How often n8n (or one of its workers) is killed and started again. */
	kills: number;
	/** How often each system is down, and for how long. */
	outages: number;
	outageSeconds: number;
	/** By how many seconds n8n's clock is wrong, one after another. */
	clockErrors: number[];
	/** The longest time that a request gets no answer. */
	silenceSeconds: number;
	/** So long after the last act everything must have come right. */
	patienceSeconds: number;
	looks: Looks;
}

/** Something that somebody does, so many milliseconds after the beginning. */
export interface Act {
	at: number;
	make(): void;
}

/** People order in bursts: a newsletter is out, a page is reloaded. */
const BURST_MS = 3_000;
const UNFINISHED_SHARE = 0.02;
const UPDATED_SHARE = 0.15;

const GOOD_KINDS = (Object.keys(ORDER_KINDS) as OrderKind[]).filter(
	(kind) => kind !== 'unfinished',
);
const BAD_KINDS = Object.keys(BAD_ORDER_KINDS) as OrderKind[];

/**
 * Enters the goods of the storm in both systems and plans what people do in it, in the order of time. The
 * same random numbers give the same plan; what an act finds in the systems depends on how fast all else is.
 */
export function planActs(
	sandbox: Sandbox,
	size: StormSize,
	random: Random,
): { acts: Act[]; intended: Intended } {
	const intended = new Intended();
	const goods = new EditedGoods(sandbox, random, intended);
	const { vendre, specter } = sandbox;
	const length = size.seconds * 1_000;
	const acts: Act[] = [];
	const anyTime = () => random.between(0, length);
	const plan = (count: number, act: () => Act) => {
		for (let planned = 0; planned < count; planned++) acts.push(act());
	};

	plan(size.orders, () => {
		const at = Math.floor(anyTime() / BURST_MS) * BURST_MS;
		if (random.chance(UNFINISHED_SHARE)) {
			const finishedAt = random.between(at, length);
			let id: number | undefined;
			acts.push({ at: finishedAt, make: () => id !== undefined && vendre.finishOrder(id) });
			return { at, make: () => (id = vendre.placeOrder('unfinished').id) };
		}
		const kind = random.pick(GOOD_KINDS);
		const isUpdated = random.chance(UPDATED_SHARE);
		return {
			at,
			make() {
				const { id } = vendre.placeOrder(kind);
				if (isUpdated) vendre.sendWebhook('updated_order', id);
			},
		};
	});
	plan(size.badOrders, () => {
		const kind = random.pick(BAD_KINDS);
		return { at: anyTime(), make: () => void vendre.placeOrder(kind) };
	});
	plan(size.stockChanges, () => ({
		at: anyTime(),
		make() {
			const available = random.between(-3, 200) + (random.chance(0.1) ? 0.5 : 0);
			specter.setStock(random.pick([...specter.articles.keys()]), available);
		},
	}));
	plan(size.statusChanges, () => ({ at: anyTime(), make: () => changeStatus(sandbox, random) }));
	plan(size.articleChanges, () => ({ at: anyTime(), make: () => goods.editInSpecter() }));
	plan(size.productChanges, () => ({ at: anyTime(), make: () => goods.editInShop() }));
	plan(size.customerChanges, () => ({
		at: anyTime(),
		make: () => changeCustomer(sandbox, random, intended),
	}));
	return { acts: acts.sort((one, other) => one.at - other.at), intended };
}

/** An order that nobody has touched in Specter is delivered, cancelled, or gets a status of the account's own. */
function changeStatus({ specter }: Sandbox, random: Random): void {
	const untouched = [...specter.orders.values()].filter(
		({ statusId, deliveryStatus }) => statusId === 1 && deliveryStatus === 'N',
	);
	if (untouched.length === 0) return;
	const { orderNo } = random.pick(untouched);
	const chance = random.next();
	if (chance < 0.6) specter.deliverOrder(orderNo, `SE${orderNo}`);
	else if (chance < 0.9) specter.cancelOrder(orderNo);
	else specter.setOrderStatus(orderNo, 7);
}

/** Somebody registers, or one of those who did moves; they order nothing. */
function changeCustomer({ vendre }: Sandbox, random: Random, intended: Intended): void {
	const street = `Stormgatan ${random.between(1, 999)}`;
	if (intended.streets.size > 0 && random.chance(0.5)) {
		const id = random.pick([...intended.streets.keys()]);
		vendre.editCustomer(id, { address_street: street });
		intended.streets.set(id, street);
		return;
	}
	const { id } = vendre.addCustomer({
		type: 0,
		company: '',
		identification_number: '',
		name_first: 'Storm',
		name_last: `Vind ${intended.streets.size}`,
		email_address: `storm-${intended.streets.size}@post.example`,
		address_street: street,
	});
	intended.streets.set(id, street);
}
