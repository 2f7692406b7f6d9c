import { runPerItem } from '../../../shared/items';
import {
	chosenParallelRequests,
	forOperation,
	requestOptions,
	type Operation,
} from '../../../shared/operation';
import { checkRecord } from '../../../shared/records';
import { specterInvoiceNumber } from '../../records';
import { read, refusalError } from '../../transport/client';
import { parseDocumentLink } from '../../transport/documentLink';

const description = forOperation('invoice', 'getDocumentLink', [
	{
		displayName: 'Invoice ID',
		name: 'invoiceId',
		type: 'string',
		default: '={{ $json.invoiceId }}',
		required: true,
		description: 'The number that Specter gave the invoice',
	},
	requestOptions,
]);

/** getPDFLink: tells where the PDF of one invoice per item is (contract specter §4). */
export const getDocumentLink: Operation = {
	description,
	async execute(context) {
		return await runPerItem(context, chosenParallelRequests(context), async (itemIndex) => {
			const given = { invoiceId: context.getNodeParameter('invoiceId', itemIndex) };
			const { invoiceId } = checkRecord(specterInvoiceNumber, given, 'The invoice');
			const { answer } = await read(
				context,
				{ action: 'getPDFLink', typeDocument: 'invoice', documentId: invoiceId },
				parseDocumentLink,
				itemIndex,
			);
			if (answer.done) return [{ invoiceId, url: answer.url }];
			throw refusalError(context.getNode(), answer, {
				what: `a link to the invoice ${invoiceId}`,
				advice:
					'Check that Specter has an invoice with this number, and that its document is made.',
				itemIndex,
			});
		});
	},
};
