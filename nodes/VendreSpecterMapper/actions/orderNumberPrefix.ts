import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

/** What tells the orders of several shops apart in Specter (matrix O24), on the way there and back. */
export const prefixProperty: INodeProperties = {
	displayName: 'Order Number Prefix',
	name: 'orderNumberPrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. B-',
	description:
		'Stands before the shop’s order number in Specter, the same on the way there and back. Needed where several shops share one account and use the same order numbers: Specter would take the order of one for a double of the other’s. It must not end with a digit.',
};

/** The prefix that the user chose for an item. */
export function givenPrefix(context: IExecuteFunctions, itemIndex: number): string {
	return String(context.getNodeParameter('orderNumberPrefix', itemIndex, '') ?? '');
}
