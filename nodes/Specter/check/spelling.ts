import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { accountCheck } from '../transport/account';
import { answerTo, UNASKED, withNames, type Account } from './account';

/** Whether Specter takes a parameter that is spelled in capitals. Changes nothing. */
export async function probeSpelling(account: Account): Promise<Findings> {
	if (!account.dialect.unnamedCallBacksStay) return { parameterCase: UNASKED };
	const check = accountCheck(account.dialect);
	const [name] = Object.keys(check).filter((parameter) => parameter !== 'action');
	const shouting = await withNames(account, { [`${check.action}.${name}`]: name.toUpperCase() });
	const answer = await answerTo(shouting, check);
	if (!answer) return { parameterCase: notTested('Specter gave no answer') };
	return {
		parameterCase: answer.done
			? holds(`${name.toUpperCase()} is taken for ${name}`)
			: {
					verdict: 'differs',
					found: `${name.toUpperCase()} is not taken for ${name}`,
					advice: 'Nothing to do: the nodes spell every name as the contract does.',
				},
	};
}
