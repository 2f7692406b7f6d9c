import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { newBatchNo } from '../../transport/batchNo';
import { ask, refusalError } from '../../transport/client';

/** clearArticleBatch: has Specter report the stock of all articles again (contract specter §4). */
export const resendAll: Operation = {
	description: forOperation('stockChange', 'resendAll', []),
	async execute(context) {
		return await runOnce(context, async () => {
			const { answer } = await ask(context, {
				action: 'clearArticleBatch',
				clearSelf: '1',
				batchNo: newBatchNo(),
			});
			if (answer.done) return [{ outcome: 'requested', message: answer.message }];
			throw refusalError(context.getNode(), answer, {
				what: 'to report all stock again',
				advice:
					'Check that the API user of the credential may read stock. Where the account cannot do this, leave the node out.',
			});
		});
	},
};
