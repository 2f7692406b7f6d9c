import { compareArticle, compareCustomer } from '../demo/catalogueCheck';
import { STATUS_ROWS } from '../demo/changes';
import { compareOrderStatus, compareStock } from '../demo/changesCheck';
import { compareOrder } from '../demo/orderCheck';
import { queueKey } from '../host/errorQueue';
import { BAD_ORDER_KINDS, type OrderRecord, type Sandbox } from '../sandbox';
import { FIRST_STATUS } from '../sandbox/data/shop';
import { isEdited } from './goods';
import type { Intended } from './intended';

/** What is not as it should be, a sentence each. */
export interface Findings {
	/** Neither where it belongs nor in the error queue. */
	lost: string[];
	/** More than once where it belongs once. */
	doubled: string[];
	/** There, but not equal in both systems. */
	differing: string[];
	/**
	 * Shop numbers of orders that stand in Specter once and whose number the shop was not told. Those that
	 * the error queue does not name are lost as well.
	 */
	numberless: number[];
	/** In the error queue, and nothing keeps them from going through. */
	pending: string[];
}

/**
 * Compares all that the two systems hold, in everything that a storm touches.
 *
 * @param queued the records of the error queue, by {@link queueKey}
 */
export function examine(
	sandbox: Sandbox,
	intended: Intended,
	queued: ReadonlySet<string>,
): Findings {
	const orders = examineOrders(sandbox, queued);
	const unsendable = [...sandbox.vendre.orders.values()].filter((order) => isBad(sandbox, order));
	const mayStay = [...orders.numberless, ...unsendable.map(({ id }) => id)];
	const explained = new Set(mayStay.map((id) => queueKey('order', id)));
	return {
		...orders,
		pending: [...queued].filter((key) => !explained.has(key)),
		doubled: [...orders.doubled, ...doubledGoods(sandbox, intended), ...doubledCustomers(sandbox)],
		differing: [
			...orders.differing,
			...differingStock(sandbox, intended),
			...differingProducts(sandbox, intended),
			...alone(sandbox, intended),
			...differingCustomers(sandbox, intended),
		],
	};
}

function examineOrders(sandbox: Sandbox, queued: ReadonlySet<string>): Omit<Findings, 'pending'> {
	const { vendre, specter } = sandbox;
	const findings: Omit<Findings, 'pending'> = {
		lost: [],
		doubled: [],
		differing: [],
		numberless: [],
	};
	for (const order of vendre.orders.values()) {
		const { id } = order;
		const found = specter.ordersFor(id);
		const isQueued = queued.has(queueKey('order', id));
		const [first] = found;
		if (found.length > 1) findings.doubled.push(`order ${id} is ${found.length} times in Specter`);
		if (vendre.isUnfinished(order) || isBad(sandbox, order)) {
			if (first) findings.differing.push(`order ${id} is in Specter and should not be`);
			if (isBad(sandbox, order) && !isQueued) {
				findings.lost.push(`order ${id} cannot be sent and is not in the error queue`);
			}
			continue;
		}
		if (!first) {
			if (!isQueued) findings.lost.push(`order ${id} is neither in Specter nor in the error queue`);
			continue;
		}
		if (order.external_id === '') {
			findings.numberless.push(id);
			if (!isQueued) {
				findings.lost.push(`order ${id} has no Specter number and is not in the error queue`);
			}
		}
		const problems = [
			...compareOrder(sandbox, id).problems.filter((problem) => !isToldElsewhere(problem)),
			...compareOrderStatus(sandbox, first.orderNo, STATUS_ROWS, {
				...order,
				status_id: FIRST_STATUS,
			}),
		];
		findings.differing.push(...problems.map((problem) => `order ${id}: ${problem}`));
	}
	for (const { orderNo, externalOrderNo } of specter.orders.values()) {
		if (vendre.orders.has(Number(externalOrderNo))) continue;
		findings.doubled.push(`Specter's order ${orderNo} belongs to no order of the shop`);
	}
	return findings;
}

/** Whether an order cannot be sent as it stands. */
function isBad({ vendre }: Sandbox, { id }: OrderRecord): boolean {
	return Object.hasOwn(BAD_ORDER_KINDS, vendre.kinds.get(id) ?? '');
}

/** What `examineOrders` counts apart: an order that came twice, and one without a number in the shop. */
function isToldElsewhere(problem: string): boolean {
	return /^is \d+ times in Specter|^shop has Specter number ""/.test(problem);
}

function differingStock(sandbox: Sandbox, { deleted }: Intended): string[] {
	const { vendre, specter } = sandbox;
	return [...specter.articles.keys()]
		.filter((articleNo) => vendre.productShelf.withArticleNo(articleNo) && !deleted.has(articleNo))
		.flatMap((articleNo) =>
			compareStock(sandbox, articleNo).map((problem) => `article ${articleNo}: ${problem}`),
		);
}

function differingProducts(sandbox: Sandbox, { prices, deleted }: Intended): string[] {
	const { vendre, specter } = sandbox;
	const problems: string[] = [];
	for (const product of vendre.products.values()) {
		const { article_number: articleNo } = product;
		if (deleted.has(articleNo)) {
			if (product.status) problems.push(`product ${articleNo} is active, deleted in Specter`);
			continue;
		}
		const compared = compareArticle(sandbox, product);
		problems.push(...compared.map((problem) => `product ${articleNo}: ${problem}`));
	}
	for (const [articleNo, price] of prices) {
		const inShop = vendre.productShelf.withArticleNo(articleNo)?.price;
		const inSpecter = specter.articles.get(articleNo)?.priceExclVAT;
		if (inShop === Number(price) && Number(inSpecter) === Number(price)) continue;
		problems.push(
			`product ${articleNo} was to cost ${price}: ${inShop} in the shop, ${inSpecter} in Specter`,
		);
	}
	return problems;
}

/** Edited goods that only one of the systems has. */
function alone({ vendre, specter }: Sandbox, { deleted, gone }: Intended): string[] {
	const inShop = [...vendre.products.values()].map(({ article_number: number }) => number);
	const [shop, erp] = [inShop, [...specter.articles.keys()]].map(
		(numbers) => new Set(numbers.filter((number) => isEdited(number) && !gone.has(number))),
	);
	return [
		...[...erp]
			.filter((number) => !shop.has(number))
			.map((number) => `article ${number} is in Specter alone`),
		...[...shop]
			.filter((number) => !erp.has(number) && !deleted.has(number))
			.map((number) => `product ${number} is in the shop alone`),
	];
}

/** Goods that stand under their former number as well: a rename that was taken for a new one. */
function doubledGoods({ vendre, specter }: Sandbox, { gone }: Intended): string[] {
	return [...gone].flatMap((articleNo) => [
		...(vendre.productShelf.withArticleNo(articleNo)
			? [`product ${articleNo} has another number and is still in the shop`]
			: []),
		...(specter.articles.has(articleNo)
			? [`article ${articleNo} has another number and is still in Specter`]
			: []),
	]);
}

function doubledCustomers({ specter }: Sandbox): string[] {
	const byEmail = new Map<string, number>();
	for (const { emailAddress } of specter.customers.values()) {
		const email = emailAddress.toLowerCase();
		byEmail.set(email, (byEmail.get(email) ?? 0) + 1);
	}
	return [...byEmail]
		.filter(([, count]) => count > 1)
		.map(([email, count]) => `customer ${email} is ${count} times in Specter`);
}

function differingCustomers(sandbox: Sandbox, { streets }: Intended): string[] {
	return [...streets].flatMap(([id, street]) => {
		const customer = sandbox.vendre.customers.get(id);
		if (customer?.address_street !== street) return [`customer ${id} has moved in the shop`];
		return compareCustomer(sandbox, customer).map((problem) => `customer ${id}: ${problem}`);
	});
}
