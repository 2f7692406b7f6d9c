import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { readPage } from '../../transport/lists';

/** Whether the shop takes the credential; changes nothing (contract vendre §1). */
export const check: Operation = {
	description: forOperation('account', 'check', []),
	async execute(context) {
		return await runOnce(context, async () => {
			await readPage(context, 'products', { page_size: 1, offset: 0 });
			return [{ outcome: 'accepted', message: 'The shop accepted the API key' }];
		});
	},
};
