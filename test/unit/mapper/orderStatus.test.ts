import { orderChange } from '../../../nodes/Specter/changes';
import { mapOrderStatus } from '../../../nodes/VendreSpecterMapper/mapping/orderStatus';
import type { StatusRule } from '../../../nodes/VendreSpecterMapper/mapping/settings';

const cancelled: StatusRule = { when: 'statusId', is: '5', shopStatus: 'Makulerad' };
const delivered: StatusRule = { when: 'deliveryStatus', is: 'D', shopStatus: '4' };

const change = (changes: Record<string, unknown> = {}) =>
	orderChange.parse({
		orderNo: '70001',
		externalOrderNo: '1001',
		deliveryStatus: 'N',
		statusId: '1',
		deliveries: [],
		...changes,
	});

const statusOf = (changes: Record<string, unknown>, rules: StatusRule[]) =>
	mapOrderStatus(change(changes), rules, '').status;

describe('an order change as the shop’s status (T1)', () => {
	test('each of Specter’s two values is looked at where a row asks for it', () => {
		const rules = [cancelled, delivered];
		expect(statusOf({ deliveryStatus: 'D' }, rules)).toBe('4');
		expect(statusOf({ statusId: '5' }, rules)).toBe('Makulerad');
		expect(statusOf({ deliveryStatus: '5', statusId: 'D' }, rules)).toBe('');
	});

	test('the first row that fits decides', () => {
		const both = { deliveryStatus: 'D', statusId: '5' };
		expect(statusOf(both, [cancelled, delivered])).toBe('Makulerad');
		expect(statusOf(both, [delivered, cancelled])).toBe('4');
		expect(statusOf(both, [{ ...cancelled, shopStatus: ' ' }, delivered])).toBe('');
	});

	test('capitals and blanks at the ends make no difference', () => {
		const rules = [{ ...delivered, is: ' Delivered ', shopStatus: ' Levererad ' }];
		expect(statusOf({ deliveryStatus: 'DELIVERED' }, rules)).toBe('Levererad');
	});

	test('a row that was not filled in does not fit an order without a status', () => {
		expect(statusOf({ deliveryStatus: '' }, [{ ...delivered, is: '' }])).toBe('');
	});

	test.each([
		['no row fits', [cancelled, delivered]],
		['the row that fits names no status', [{ ...delivered, is: 'N', shopStatus: '' }]],
		['there are no rows', []],
	])('where %s the order is left alone, with a note', (_, rules) => {
		expect(mapOrderStatus(change(), rules, '')).toEqual({
			orderNo: '70001',
			orderId: '1001',
			status: '',
			trackingNos: [],
			notes: [
				'Specter’s order 70001 (delivery status N, status 1) is not mapped: the status is left alone',
			],
		});
	});

	test('an order without status is said to have none', () => {
		const { notes } = mapOrderStatus(change({ deliveryStatus: '', statusId: '' }), [delivered], '');
		expect(notes[0]).toContain('(delivery status none, status none)');
	});

	test('tracking numbers are carried along, an order that no shop sent has no id of one', () => {
		const deliveries = [{ trackingNo: 'SE1' }, { trackingNo: '' }, { trackingNo: 'SE2' }];
		const own = { externalOrderNo: '', deliveryStatus: 'D', deliveries };
		expect(mapOrderStatus(change(own), [delivered], '')).toEqual({
			orderNo: '70001',
			orderId: '',
			status: '4',
			trackingNos: ['SE1', 'SE2'],
			notes: [],
		});
	});

	test('an order of this shop is known by its prefix, one of another shop is left alone (T1, O24)', () => {
		const sent = { externalOrderNo: 'B-1001', deliveryStatus: 'D' };
		expect(mapOrderStatus(change(sent), [delivered], 'B-')).toMatchObject({
			orderId: '1001',
			status: '4',
			notes: [],
		});
		for (const externalOrderNo of ['1001', 'A-1001', '']) {
			const other = change({ ...sent, externalOrderNo });
			expect(mapOrderStatus(other, [delivered], 'B-')).toEqual({
				orderNo: '70001',
				orderId: '',
				status: '',
				trackingNos: [],
				notes: [
					`Specter’s order 70001 has the external number "${externalOrderNo}", which is not of this shop: left alone`,
				],
			});
		}
	});

	test('an order without any number is refused', () => {
		expect(() => mapOrderStatus(change({ orderNo: '', externalOrderNo: '' }), [], '')).toThrow(
			'The order change has neither orderNo nor externalOrderNo',
		);
	});
});
