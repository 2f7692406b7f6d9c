import type { Findings } from '../../shared/facts';
import { holds } from '../../shared/findings';
import { accountCheck, refusesTheCredential } from '../transport/account';
import type { SpecterAnswer } from '../transport/response';
import type { SpecterCredential } from '../transport/signature';
import { todayIn } from '../transport/today';
import { answerTo, UNASKED, withCredential, type Account } from './account';

/** Folders in which the functions may stand, tried where the Base URL leads to nothing of Specter's. */
const FOLDERS = ['', 'ws', 'api', 'asp', 'webshop', 'webshopapi', 'sbm', 'v1', 'v2', 'api/v2'];

/** A zone for each day that it can be somewhere: today in Sweden, the day before, the day after. */
const ZONES = [
	'Europe/Stockholm',
	'UTC',
	'America/New_York',
	'Pacific/Honolulu',
	'Asia/Tokyo',
	'Pacific/Auckland',
];

/** An account that takes our calls, and what it took to get there. */
export interface Connection {
	account: Account;
	findings: Findings;
}

/**
 * Looks for the settings with which Specter takes a call, the credential's own first: address, version of
 * the keys, and the day that the call is signed with. Changes nothing in Specter.
 * @returns the answer of Specter to the credential as it is, where none of them is taken
 */
export async function connect(account: Account): Promise<Connection | SpecterAnswer | undefined> {
	const asSet = await checkedAs(account);
	if (takes(account, asSet)) {
		const findings = {
			baseUrl: holds('The address in the credential'),
			apiVersion: holds(`Version ${account.credential.apiVersion}, as in the credential`),
			timeZone: account.dialect.unnamedCallBacksStay
				? holds(`Today’s date in ${account.dialect.timeZone} is taken`)
				: UNASKED,
		};
		return { account, findings };
	}
	const located = asSet
		? { account, findings: { baseUrl: holds('The address in the credential') } }
		: await locate(account);
	if (!located) return undefined;
	const accepted = takes(located.account, await checkedAs(located.account))
		? located
		: await findAccess(located);
	return accepted ?? asSet;
}

/** Whether an answer to the check is one to somebody whom Specter knows. */
const takes = ({ dialect }: Account, answer: SpecterAnswer | undefined) =>
	answer?.done === true || (answer !== undefined && !refusesTheCredential(dialect, answer));

async function checkedAs(account: Account): Promise<SpecterAnswer | undefined> {
	return await answerTo(account, accountCheck(account.dialect));
}

/** The folder on the credential's own host in which Specter answers. */
async function locate(account: Account): Promise<Connection | undefined> {
	const { origin } = new URL(account.credential.baseUrl);
	for (const folder of FOLDERS) {
		const value = `${origin}/${folder ? `${folder}/` : ''}`;
		const there = await withCredential(account, { baseUrl: value });
		if (!(await checkedAs(there))) continue;
		return {
			account: there,
			findings: {
				baseUrl: {
					verdict: 'differs',
					found: `Specter answers at ${value}`,
					field: { name: 'baseUrl', value },
				},
			},
		};
	}
	return undefined;
}

/** The version of the keys and the zone of the date with which Specter accepts the account. */
async function findAccess({ account, findings }: Connection): Promise<Connection | undefined> {
	const { apiVersion } = account.credential;
	const versions: Array<SpecterCredential['apiVersion']> =
		apiVersion === '2' ? ['2', '1'] : ['1', '2'];
	for (const version of versions) {
		for (const zone of zonesByDate(account.dialect.timeZone)) {
			const candidate = await asIfIn(account, version, zone);
			if (!takes(candidate, await checkedAs(candidate))) continue;
			const sameVersion = version === apiVersion;
			const sameZone = zone === account.dialect.timeZone;
			return {
				account: candidate,
				findings: {
					...findings,
					apiVersion: sameVersion
						? holds(`Version ${version}, as in the credential`)
						: {
								verdict: 'differs',
								found: `The keys are taken as keys of version ${version}`,
								field: { name: 'apiVersion', value: version },
							},
					timeZone: sameZone
						? holds(`Today’s date in ${zone} is taken`)
						: {
								verdict: 'differs',
								found: `The date ${todayIn(zone)} is taken, which it is now in ${zone}`,
								entry: { timeZone: zone },
							},
				},
			};
		}
	}
	return undefined;
}

async function asIfIn(
	account: Account,
	apiVersion: SpecterCredential['apiVersion'],
	timeZone: string,
): Promise<Account> {
	const other = await withCredential(account, { apiVersion });
	return { ...other, dialect: { ...other.dialect, timeZone } };
}

/** One zone for each date that it is somewhere now, the account's own first. */
function zonesByDate(own: string): string[] {
	const byDate = new Map<string, string>();
	for (const zone of [own, ...ZONES]) {
		const date = todayIn(zone);
		if (!byDate.has(date)) byDate.set(date, zone);
	}
	return [...byDate.values()];
}
