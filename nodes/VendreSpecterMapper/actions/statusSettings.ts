import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { StatusRule } from '../mapping/settings';

/** The table of matrix T1. Cancelled stands first: an order may be delivered in part and then cancelled. */
export const statusProperties: INodeProperties[] = [
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Status',
		default: {
			status: [
				{ when: 'statusId', is: '5', shopStatus: '' },
				{ when: 'deliveryStatus', is: 'D', shopStatus: '' },
			],
		},
		description:
			'What becomes of an order in the shop. Rows are tried from the top and the first that fits decides, so the one that matters most goes first: with cancelled (5) above delivered (D), an order that is both is cancelled. An order that no row fits is left alone, with a note that says so.',
		options: [
			{
				displayName: 'Status',
				name: 'status',
				values: [
					{
						displayName: 'When',
						name: 'when',
						type: 'options',
						options: [
							{
								name: 'Delivery Status',
								value: 'deliveryStatus',
								description: 'Such as D for delivered',
							},
							{ name: 'Status ID', value: 'statusId', description: 'Such as 5 for cancelled' },
						],
						default: 'deliveryStatus',
						description: 'Which of Specter’s two values is looked at',
					},
					{
						displayName: 'Is',
						name: 'is',
						type: 'string',
						default: '',
						placeholder: 'e.g. D',
						description: 'The value in Specter; capital and small letters are the same',
					},
					{
						displayName: 'Shop Status',
						name: 'shopStatus',
						type: 'string',
						default: '',
						placeholder: 'e.g. 4 or Levererad',
						description:
							'ID or name of the status that the order gets in the shop. Empty: the order is left alone.',
					},
				],
			},
		],
	},
];

/** What the user chose for an item, in the order of the rows. */
export function givenStatusRules(context: IExecuteFunctions, itemIndex: number): StatusRule[] {
	const rows = context.getNodeParameter('statuses.status', itemIndex, []) as IDataObject[];
	return rows.map(({ when, is, shopStatus }) => ({
		when: when as StatusRule['when'],
		is: String(is ?? ''),
		shopStatus: String(shopStatus ?? ''),
	}));
}
