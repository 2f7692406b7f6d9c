import type { IDataObject } from 'n8n-workflow';
import { probePercentCoupon } from '../../../../nodes/Vendre/check/coupons';
import { probeBusinessType } from '../../../../nodes/Vendre/check/customerTypes';
import { probeUnfinished } from '../../../../nodes/Vendre/check/orderStatus';
import { probeTotals } from '../../../../nodes/Vendre/check/totals';
import { probeWeights } from '../../../../nodes/Vendre/check/weights';
import { assumedVendre } from '../../../../nodes/Vendre/transport/dialect';

const order = (status_id: unknown, status_name: string): IDataObject =>
	({ status_id, status_name }) as IDataObject;

describe('unfinished orders', () => {
	test.each([
		['a name that says so', [order(1, 'Mottagen'), order(7, 'Oavslutad')], [0, 7]],
		['no name, where others have one', [order(1, 'Mottagen'), order('99', '')], [0, 99]],
	])('%s', (_, orders, unfinishedStatusIds) => {
		expect(probeUnfinished(orders, assumedVendre).entry).toEqual({ unfinishedStatusIds });
	});

	test.each([
		['none seen', [order(1, 'Mottagen')], 'not tested'],
		['names that are not told', [order(1, ''), order(2, '')], 'not tested'],
		['a status of null', [order(null, ''), order(7, 'Oavslutad')], 'holds'],
		['a status that is set', [order('0', '')], 'holds'],
		['no orders', [], 'not tested'],
	])('%s', (_, orders, verdict) => {
		expect(probeUnfinished(orders, assumedVendre).verdict).toBe(verdict);
	});
});

describe('classes of totals', () => {
	const line = (name: string, value: number, title = '') => ({ class: name, value, title });
	const classesOf = (...lines: IDataObject[]): IDataObject =>
		Object.assign(
			{},
			...Object.values(probeTotals([{ totals: lines }], assumedVendre)).map(
				(finding) => finding?.entry?.totalClasses,
			),
		) as IDataObject;

	test.each([
		['subtotal', 'ot_subtotal'],
		['moms', 'ot_tax'],
		['avrundning', 'ot_rounding'],
		['ot_gv', 'ot_gift_card'],
		['rabatt', 'ot_coupon'],
		['fraktavgift', 'ot_shipping'],
		['ot_loworderfee', 'ot_payment_fee'],
		['summa', 'ot_total'],
	])('%s is %s', (other, ours) => {
		expect(classesOf(line(other, 1), line('other', 2))).toMatchObject({ [ours]: other });
	});

	test('no two are taken for one, and a class that is known for none', () => {
		expect(classesOf(line('frakt', 1), line('freight', 2), line('ot_total', 3))).toEqual({
			ot_shipping: 'frakt',
		});
	});

	test('no total and nothing like it: it differs, with what is there', () => {
		const lines = [line('x', 2), line('ot_tax', 1)];
		const orders = [{ totals: lines }, { totals: [...lines].reverse() }];
		expect(probeTotals(orders, assumedVendre)['totals.ot_total']).toEqual({
			verdict: 'differs',
			found: 'No order has it; the classes are x, ot_tax',
		});
	});
});

describe('coupons', () => {
	const withCoupon = (type: string, value: number, off: number) => ({
		coupon: { type, value },
		totals: [
			{ class: 'ot_subtotal', value: 400 },
			{ class: 'ot_coupon', value: -off },
		],
	});

	test.each([
		['percent by its name', withCoupon('procent', 10, 0), 'procent'],
		['percent by its sums', withCoupon('P', 10, 40), 'P'],
	])('%s', (_, each, percentCoupon) => {
		expect(probePercentCoupon([each], assumedVendre).entry).toEqual({ percentCoupon });
	});

	test.each([
		['an amount', withCoupon('A', 50, 50), 'not tested'],
		['an amount that could be either', withCoupon('A', 0, 0), 'not tested'],
		['the type that is set', withCoupon('percent', 10, 40), 'holds'],
		['none', { coupon: null }, 'not tested'],
	])('%s', (_, each, verdict) => {
		expect(probePercentCoupon([each], assumedVendre).verdict).toBe(verdict);
	});
});

describe('the type of a company', () => {
	const customer = (type: unknown, company: string) => ({ type, company }) as IDataObject;

	test.each([
		['the set one', [customer('1', 'AB'), customer(0, '')], 'holds'],
		['nobody is a company', [customer(1, ''), customer(0, '')], 'not tested'],
		['no types', [customer(null, 'AB')], 'not tested'],
		['two types', [customer(2, 'AB'), customer(3, 'HB')], 'differs'],
	])('%s', (_, customers, verdict) => {
		expect(probeBusinessType(customers, [], assumedVendre).verdict).toBe(verdict);
	});

	test('a person may name a company', () => {
		const customers = [customer(1, ''), customer(1, ''), customer(1, 'AB'), customer(2, 'HB')];
		expect(probeBusinessType(customers, [], assumedVendre).entry).toEqual({
			businessCustomerType: '2',
		});
	});
});

describe('weights', () => {
	const weighing = (...weights: unknown[]) => weights.map((weight) => ({ weight }) as IDataObject);

	test.each([
		['most are light', weighing(0.3, '1,5', 800, null), 'kg', 'holds'],
		['most are heavy', weighing(300, '1500', 2), 'kg', 'differs'],
		['heavy, and gram is set', weighing(300, '1500', 2), 'g', 'holds'],
		['light, and gram is set', weighing(0.3), 'g', 'differs'],
		['none', weighing(null, 0, '', 'x'), 'kg', 'not tested'],
	] as const)('%s', (_, products, weightUnit, verdict) => {
		expect(probeWeights(products, { ...assumedVendre, weightUnit }).verdict).toBe(verdict);
	});
});
