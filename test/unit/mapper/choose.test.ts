import { chooseOrder } from '../../../nodes/VendreSpecterMapper/mapping/choose';
import { exampleOrder } from './examples';

const choose = (
	changes: Record<string, unknown>,
	orderFrom = '',
	neverSentStatuses: string[] = [],
) => chooseOrder(exampleOrder(changes), { orderFrom, neverSentStatuses });

describe('which orders are sent (F1)', () => {
	test('a new order is', () => {
		expect(choose({}).send).toBe(true);
	});

	test('one that carries Specter’s number is not (O4)', () => {
		expect(choose({ external_id: 70001 })).toEqual({
			send: false,
			reason: 'Already in Specter as order 70001',
		});
	});

	test('a number of nothing but blanks is none', () => {
		expect(choose({ external_id: ' ' }).send).toBe(true);
	});

	test.each([0, '0', null, '', ' '])('one in status %p is unfinished and is not', (status_id) => {
		expect(choose({ status_id })).toMatchObject({ send: false, reason: /not finished/ });
	});

	test.each([['7'], ['makulerad']])('one in a status that is left out, by %s, is not', (left) => {
		const cancelled = { status_id: 7, status_name: undefined, orders_status_name: 'Makulerad ' };
		expect(choose(cancelled, '', [' 9', left]).send).toBe(false);
		expect(choose(cancelled, '', ['8']).send).toBe(true);
	});

	test('the order-from date is a day in Sweden', () => {
		const newYear = { date_added: '2026-01-01 00:00:00' };
		expect(choose(newYear, '2026-01-01').send).toBe(true);
		expect(choose(newYear, '2026-01-02')).toMatchObject({ send: false, reason: /2026-01-02/ });
	});
});
