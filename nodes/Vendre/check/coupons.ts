import type { IDataObject } from 'n8n-workflow';
import type { Finding } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { assumedVendre, vendreWords, type VendreDialect } from '../transport/dialect';
import { linesOf } from './totals';
import { asSet } from './shop';

const PERCENT = /perc|procent|%/i;

/**
 * What the shop calls a coupon in percent: the type that is set, or another one whose coupons have taken off
 * as many percent as they say.
 * @param orders by the contract's names of fields
 */
export function probePercentCoupon(
	orders: readonly IDataObject[],
	{ percentCoupon, totalClasses }: VendreDialect,
): Finding {
	const used = orders.flatMap((order) =>
		[order.coupon]
			.flat()
			.filter((coupon): coupon is IDataObject => typeof coupon === 'object' && coupon !== null)
			.map((coupon) => ({ coupon, order, type: String(coupon.type ?? '') })),
	);
	if (used.some(({ type }) => type === percentCoupon)) {
		return holds(asSet(percentCoupon, assumedVendre.percentCoupon));
	}
	const [, fixed] = vendreWords.couponTypes;
	const other = used.find(
		({ coupon, order, type }) =>
			type !== '' &&
			type !== fixed &&
			(PERCENT.test(type) || isPercentOff(Number(coupon.value), order, totalClasses)),
	);
	if (!other) return notTested(`No coupon in percent among the ${used.length} that were read`);
	return {
		verdict: 'differs',
		found: `A coupon in percent has the type ${other.type}`,
		entry: { percentCoupon: other.type },
	};
}

/** Whether an order's coupon took `value` percent off its goods, to the unit. */
function isPercentOff(
	value: number,
	order: IDataObject,
	classes: VendreDialect['totalClasses'],
): boolean {
	const amount = (name: string) => {
		const line = linesOf(order).find((each) => each.class === (classes[name] ?? name));
		return Math.abs(Number(line?.value));
	};
	const off = amount(vendreWords.totals.coupon);
	const goods = amount(vendreWords.totals.sums[0]);
	return Math.abs(off - (goods * value) / 100) < 1 && Math.abs(off - value) >= 1;
}
