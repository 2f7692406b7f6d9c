import type { Finding } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { withNames, type Account } from './account';
import { otherNames } from './candidates';

/**
 * By which name a parameter is taken: the one that is set, another, or none.
 * @param taken whether Specter takes a call with it, as this account writes it
 */
export async function probeName(
	account: Account,
	action: string,
	name: string,
	taken: (account: Account) => Promise<boolean>,
): Promise<Finding> {
	const key = `${action}.${name}`;
	const { parameters } = account.dialect;
	const asSet = parameters[key] === undefined ? parameters[name] : parameters[key];
	if (asSet === null) return notTested('It is left out, as set');
	const called = asSet ?? name;
	if (await taken(account)) return holds(`${called} is taken`);
	for (const other of otherNames(name)) {
		if (!(await taken(await withNames(account, { [key]: other })))) continue;
		return {
			verdict: 'differs',
			found: `${called} is refused, and ${other} is taken`,
			entry: { parameters: { [key]: other } },
		};
	}
	return {
		verdict: 'differs',
		found: `${called} is refused, and so are the other names that were tried`,
		entry: { parameters: { [key]: null } },
		advice:
			'Enter its name under Differences if Specter’s support tells it; with null it is left out.',
	};
}
