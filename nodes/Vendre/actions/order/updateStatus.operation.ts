import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	chosenParallelRequests,
	forOperation,
	parallelRequests,
	type Operation,
} from '../../../shared/operation';
import { Refusal } from '../../../shared/refusal';
import { normalized } from '../../normalize';
import type { VendreOrder } from '../../records';
import { readRecordIfAny, saveRecord } from '../../transport/client';
import { vendreWords } from '../../transport/dialect';
import { attemptsUntilOutage, type Attempt } from '../../transport/outage';
import { groupedBy, notesOf, readItems, runGroups, withNote } from '../bulk';
import { idParameter } from '../parameters';
import { isCalled, statusesInUse, type OrderStatus } from './statuses';

interface StatusChange {
	/** As it was given: Specter keeps it as text, and it may be another system's. */
	orderId: string;
	/** Specter's order number, '' where it is not given. */
	specterNumber: string;
	/** Id or name of a status; '' leaves it as it is. */
	status: string;
	/** Whether an order without a number gets Specter's. */
	savesNumber: boolean;
}

function givenChange(context: IExecuteFunctions, itemIndex: number): StatusChange {
	const text = (name: string) =>
		String(context.getNodeParameter(name, itemIndex, '', { extractValue: true }) ?? '').trim();
	const specterNumber = text('specterNumber');
	const savesNumber = context.getNodeParameter('options.saveMissingNumber', itemIndex, true);
	return {
		orderId: text('orderId'),
		specterNumber,
		status: text('status'),
		savesNumber: specterNumber !== '' && savesNumber === true,
	};
}

/** Why there is nothing to do for a change, before the shop is asked. */
function reasonToSkip(
	{ orderId, status, savesNumber }: StatusChange,
	notes: string[],
): string[] | undefined {
	if (orderId === '') return [...notes, 'Specter’s order belongs to no order of the shop'];
	if (!/^[1-9]\d*$/.test(orderId)) return [...notes, `"${orderId}" is no order number of the shop`];
	return status === '' && !savesNumber ? withoutStatus(notes) : undefined;
}

const withoutStatus = (notes: string[]) =>
	notes.length > 0 ? notes : ['There is no status to set'];

async function orderIfAny(
	context: IExecuteFunctions,
	id: number,
	itemIndex: number,
): Promise<VendreOrder | undefined> {
	const row = await readRecordIfAny(context, 'orders', id, { itemIndex });
	return row && (normalized('orders', row) as unknown as VendreOrder);
}

/** Finds a status by id or name; the newest orders are read for it once, and only for a name. */
function statusFinder(context: IExecuteFunctions, attempt: Attempt) {
	let reading: Promise<OrderStatus[]> | undefined;
	return async (wanted: string, order: VendreOrder): Promise<number> => {
		if (/^\d+$/.test(wanted)) return Number(wanted);
		if (order.status_id !== null && isCalled({ name: order.status_name }, wanted)) {
			return order.status_id;
		}
		reading ??= attempt(async () => await statusesInUse(context));
		const status = (await reading).find((each) => isCalled(each, wanted));
		if (status) return status.id;
		throw new Refusal(
			`No order of the shop has a status called "${wanted}"`,
			'Give the status by its ID, which stands in Vendre’s settings: the API cannot list statuses, and only the newest orders are looked through for the name.',
		);
	};
}

/**
 * Sets the status of orders and never mails the customer (matrix T1, T2). An order that is not in the
 * shop or that carries another Specter number is left alone: several shops may use the same numbers.
 */
export const updateStatus: Operation = {
	description: forOperation('order', 'updateStatus', [
		{
			...idParameter('orderId', 'Order ID', '$json.orderId'),
			description: 'The shop’s own order number. An item without one is skipped.',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'resourceLocator',
			default: { mode: 'idOrName', value: '={{ $json.status }}' },
			description: 'An item without a status is skipped',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					hint: 'Statuses of the newest orders; the shop cannot list all',
					typeOptions: { searchListMethod: 'searchOrderStatuses', searchable: true },
				},
				{
					displayName: 'By ID or Name',
					name: 'idOrName',
					type: 'string',
					placeholder: 'e.g. 4 or Skickad',
				},
			],
		},
		{
			displayName: 'Specter Order Number',
			name: 'specterNumber',
			type: 'string',
			default: '={{ $json.orderNo }}',
			description:
				'If given, an order that carries another Specter number is left alone: it belongs to another order of Specter’s',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				parallelRequests,
				{
					displayName: 'Save Missing Specter Number',
					name: 'saveMissingNumber',
					type: 'boolean',
					default: true,
					description:
						'Whether an order without a Specter number gets the one given here. Turn it off where several shops share a Specter account and use the same order numbers without a prefix.',
				},
			],
		},
	]),
	async execute(context) {
		const limit = chosenParallelRequests(context);
		const input = context.getInputData();
		const changes = readItems(context, (itemIndex) => givenChange(context, itemIndex));
		const attempt = attemptsUntilOutage(context);
		const findStatus = statusFinder(context, attempt);
		const numberField = vendreWords.specterNumberField;

		// Changes of one order are done one after another, in their order.
		const groups = groupedBy(changes, ({ orderId }) => orderId);
		return await runGroups(context, limit, changes, groups, async (change, itemIndex) => {
			const { orderId, specterNumber, status } = change;
			const notes = notesOf(input[itemIndex]);
			const skipped = { outcome: 'skipped', orderId, statusId: null, statusBefore: null };
			const reason = reasonToSkip(change, notes);
			if (reason) return withNote(skipped, reason);

			const id = Number(orderId);
			const order = await attempt(async () => await orderIfAny(context, id, itemIndex));
			if (!order) return withNote(skipped, [...notes, `The shop has no order ${orderId}`]);
			const statusBefore = order.status_id;
			if (specterNumber && order.external_id && order.external_id !== specterNumber) {
				return withNote({ ...skipped, orderId: id, statusBefore }, [
					...notes,
					`Order ${id} is Specter’s order ${order.external_id} and not ${specterNumber}: left alone`,
				]);
			}
			const statusId = status === '' ? statusBefore : await findStatus(status, order);
			const savesNumber = change.savesNumber && !order.external_id;
			const fields: IDataObject = {
				...(statusId === statusBefore ? {} : { status_id: statusId, ...vendreWords.silently }),
				...(savesNumber ? { [numberField]: specterNumber } : {}),
			};
			const result = { orderId: id, statusId, statusBefore };
			if (Object.keys(fields).length === 0) {
				return status === ''
					? withNote({ ...skipped, orderId: id, statusBefore }, withoutStatus(notes))
					: withNote({ outcome: 'unchanged', ...result }, notes);
			}
			await attempt(async () => await saveRecord(context, 'orders', id, fields, { itemIndex }));
			return withNote({ outcome: 'updated', ...result }, notes);
		});
	},
};
