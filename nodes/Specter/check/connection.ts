import type { Finding, Findings } from '../../shared/facts';
import { holds } from '../../shared/findings';
import { accountCheck, refusesTheCredential } from '../transport/account';
import type { SpecterAnswer } from '../transport/response';
import type { SpecterCredential } from '../transport/signature';
import { todayIn } from '../transport/today';
import { answerTo, UNASKED, withCredential, withDifferences, type Account } from './account';

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
 * @returns Specter's refusal where it takes none of them, undefined where it was not found
 */
export async function connect(account: Account): Promise<Connection | SpecterAnswer | undefined> {
	const located = await locate(account);
	if (!located) return undefined;
	const access = await findAccess(located.account);
	if (!access) return await checkedAs(located.account);
	return { account: access.account, findings: { ...located.findings, ...access.findings } };
}

/** Whether an answer to the check is one to somebody whom Specter knows. */
const takes = ({ dialect }: Account, answer: SpecterAnswer | undefined) =>
	answer?.done === true || (answer !== undefined && !refusesTheCredential(dialect, answer));

async function checkedAs(account: Account): Promise<SpecterAnswer | undefined> {
	return await answerTo(account, accountCheck(account.dialect));
}

/** Where Specter answers: at the address in the credential, or in a folder on the same host. */
async function locate(account: Account): Promise<Connection | undefined> {
	if (await checkedAs(account)) {
		return { account, findings: { baseUrl: holds('The address in the credential') } };
	}
	const { origin } = new URL(account.credential.baseUrl);
	for (const folder of FOLDERS) {
		const value = `${origin}/${folder ? `${folder}/` : ''}`;
		const there = await withCredential(account, { baseUrl: value });
		if (!(await checkedAs(there))) continue;
		const found = `Specter answers at ${value}`;
		const field = { name: 'baseUrl', value };
		return { account: there, findings: { baseUrl: { verdict: 'differs', found, field } } };
	}
	return undefined;
}

/** The version of the keys and the zone of the date with which Specter accepts the account. */
async function findAccess(account: Account): Promise<Connection | undefined> {
	const { apiVersion } = account.credential;
	const { timeZone, unnamedCallBacksStay } = account.dialect;
	const versions: Array<SpecterCredential['apiVersion']> =
		apiVersion === '2' ? ['2', '1'] : ['1', '2'];
	for (const version of versions) {
		for (const zone of unnamedCallBacksStay ? zonesByDate(timeZone) : [timeZone]) {
			const withKeys = await withCredential(account, { apiVersion: version });
			const candidate = await withDifferences(withKeys, { timeZone: zone });
			if (!takes(candidate, await checkedAs(candidate))) continue;
			const findings = {
				apiVersion: version === apiVersion ? versionHolds(version) : versionDiffers(version),
				timeZone: zone === timeZone ? zoneHolds(zone) : zoneDiffers(zone),
			};
			const unasked = unnamedCallBacksStay ? {} : { timeZone: UNASKED };
			return { account: candidate, findings: { ...findings, ...unasked } };
		}
	}
	return undefined;
}

const versionHolds = (version: string) => holds(`Version ${version}, as in the credential`);
const versionDiffers = (version: string): Finding => ({
	verdict: 'differs',
	found: `The keys are taken as keys of version ${version}`,
	field: { name: 'apiVersion', value: version },
});

const zoneHolds = (zone: string) => holds(`Today’s date in ${zone} is taken`);
const zoneDiffers = (zone: string): Finding => ({
	verdict: 'differs',
	found: `The date ${todayIn(zone)} is taken, which it is now in ${zone}`,
	entry: { timeZone: zone },
});

/** One zone for each date that it is somewhere now, the account's own first. */
function zonesByDate(own: string): string[] {
	const byDate = new Map<string, string>();
	for (const zone of [own, ...ZONES]) {
		const date = todayIn(zone);
		if (!byDate.has(date)) byDate.set(date, zone);
	}
	return [...byDate.values()];
}
