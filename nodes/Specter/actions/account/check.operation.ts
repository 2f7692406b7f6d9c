import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { ask, refusalError } from '../../transport/client';
import { todayInSweden } from '../../transport/today';

/**
 * checkAccountSettings without a call-back address, which changes nothing: whether Specter takes the
 * credential (contract specter §4).
 */
export const check: Operation = {
	description: forOperation('account', 'check', []),
	async execute(context) {
		return await runOnce(context, async () => {
			const { answer } = await ask(context, {
				action: 'checkAccountSettings',
				date: todayInSweden(),
			});
			if (answer.done) return [{ outcome: 'accepted', message: answer.message }];
			throw refusalError(context.getNode(), answer, {
				what: 'the account',
				advice: 'Check SBM ID, the two keys, the version and the API user ID in the credential.',
			});
		});
	},
};
