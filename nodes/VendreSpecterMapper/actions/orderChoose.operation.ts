import type { IDataObject } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { forOperation, type Operation } from '../../shared/operation';
import { checkRecord } from '../../shared/records';
import { vendreOrder } from '../../Vendre/records';
import { chooseOrder } from '../mapping/choose';

/** Decides for each order whether it is to be sent, and says why; every order goes on. */
export const chooseOrders: Operation = {
	description: forOperation('order', 'choose', [
		{
			displayName: 'Order-From Date',
			name: 'orderFrom',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-01-01',
			description: 'Orders placed before this day are not sent. Empty: no limit.',
		},
		{
			displayName: 'Statuses Never Sent',
			name: 'neverSentStatuses',
			type: 'string',
			default: '',
			placeholder: 'e.g. Makulerad, 7',
			description:
				'Names or IDs of the shop’s order statuses that are never sent, with commas between',
		},
	]),
	async execute(context) {
		return await runPerItem(context, 1, async (itemIndex) => {
			const { json } = context.getInputData()[itemIndex];
			const order = checkRecord(vendreOrder, json, 'The order of the shop');
			const decision = chooseOrder(order, {
				orderFrom: String(context.getNodeParameter('orderFrom', itemIndex) ?? ''),
				neverSentStatuses: String(context.getNodeParameter('neverSentStatuses', itemIndex) ?? '')
					.split(',')
					.filter((status) => status.trim()),
			});
			return [{ ...order, decision } as unknown as IDataObject];
		});
	},
};
