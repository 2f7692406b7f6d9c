import type { INodeProperties } from 'n8n-workflow';
import { runPerItem } from '../../shared/items';
import { chosenParallelRequests, type Operation } from '../../shared/operation';
import { Refusal } from '../../shared/refusal';
import { saveRecord } from '../transport/client';
import { vendreWords } from '../transport/dialect';
import { givenId } from './parameters';

/** The number to save, as a parameter. */
export function specterNumberParameter(displayName: string, usual: string): INodeProperties {
	return {
		displayName,
		name: 'specterNumber',
		type: 'string',
		default: `={{ ${usual} }}`,
		required: true,
	};
}

/** The operation that writes Specter's number into the field that is kept for it (matrix C1, O4). */
export function saveSpecterNumberOperation(
	resource: 'order' | 'customer',
	description: INodeProperties[],
): Operation {
	const field = vendreWords.specterNumberField;
	return {
		description,
		async execute(context) {
			return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
				const id = givenId(context, `${resource}Id`, itemIndex);
				const specterNumber = String(context.getNodeParameter('specterNumber', itemIndex) ?? '');
				if (!specterNumber) {
					throw new Refusal(
						`There is no Specter number to save on ${resource} ${id}`,
						'Lead only items with a number here: an order that Specter refused as a double comes without one.',
					);
				}
				await saveRecord(context, `${resource}s`, id, { [field]: specterNumber }, { itemIndex });
				return [{ outcome: 'updated', [`${resource}Id`]: id, specterNumber }];
			});
		},
	};
}
