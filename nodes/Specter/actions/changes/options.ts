import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { idleMs } from '../../transport/batchesInHand';
import { changeForms, type ChangeForm } from '../../transport/changeQueues';

/** How long nobody must have been at work on an open batch before it may be taken from those who opened it. */
export const takeUpAfter: INodeProperties = {
	displayName: 'Take Up Open Batch After (Seconds)',
	name: 'takeUpAfter',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'How long nobody must have been at work on a batch that is still open before it is taken up. Of a batch that another process opened, only how long it has been open is known. A batch that was left open on purpose is taken up at once, as is any batch by a manual execution.',
};

/** The chosen seconds of {@link takeUpAfter}. */
export function secondsToTakeUp(context: IExecuteFunctions): number {
	return context.getNodeParameter('options.takeUpAfter', 0, 0) as number;
}

/** Whether an open batch may be taken up, as the user chose it with {@link takeUpAfter}. */
export function mayTakeUp(context: IExecuteFunctions): (batchNo: string) => boolean {
	const leftToOthersMs = secondsToTakeUp(context) * 1000;
	return (batchNo) => context.getMode() === 'manual' || idleMs(batchNo) >= leftToOthersMs;
}

/** The form in which stock changes come. */
export const stockFormat: INodeProperties = {
	displayName: 'Format',
	name: 'format',
	type: 'options',
	options: [
		{ name: 'Text', value: 'text' },
		{ name: 'XML', value: 'xml' },
	],
	default: 'xml',
	description:
		'The form in which Specter hands out the changes. In XML an answer that was cut off is always noticed.',
};

/** The form that the user chose with {@link stockFormat}: text, or this one in XML. */
export function chosenStockForm(context: IExecuteFunctions, inXml: ChangeForm): ChangeForm {
	const format = context.getNodeParameter('options.format', 0, 'xml');
	return format === 'text' ? changeForms.stockText : inXml;
}
