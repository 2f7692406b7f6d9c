import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { accountCheck, accountDialect, refusesTheCredential } from '../../transport/account';
import { ask, refusalError } from '../../transport/client';

/** Whether Specter takes the credential; changes nothing (contract specter §4). */
export const check: Operation = {
	description: forOperation('account', 'check', []),
	async execute(context) {
		return await runOnce(context, async () => {
			const dialect = await accountDialect(context);
			const { answer } = await ask(context, accountCheck(dialect));
			if (answer.done || !refusesTheCredential(dialect, answer)) {
				return [{ outcome: 'accepted', message: answer.message }];
			}
			throw refusalError(context.getNode(), answer, {
				what: 'the account',
				advice: 'Check SBM ID, the two keys, the version and the API user ID in the credential.',
			});
		});
	},
};
