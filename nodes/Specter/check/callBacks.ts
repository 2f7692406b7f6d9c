import { randomBytes } from 'node:crypto';
import { sleep } from 'n8n-workflow';
import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { accountCheck } from '../transport/account';
import { accountSettings } from '../transport/callBacks';
import { answerTo, answerToWrite, type Account } from './account';
import { asCustomer, asOrder, newOrderNo } from './testRecords';

const LOOKS = 20;
const BETWEEN_LOOKS_MS = 500;

/**
 * Whether a call-back stays that checkAccountSettings does not name. Specter cannot be asked what stands
 * there, but it reports a stock change upon every order (contract specter §4): so a call-back is registered,
 * the account is checked as a credential's test does it, and an order is made. Without a call-back nothing
 * is known of the one that stayed away, so one is awaited first with nothing in between. All five addresses
 * are empty afterwards.
 * @param address an address of n8n's that notes the `mark` of a call, and tells all of them upon `asks`
 */
export async function probeCallBacks(
	account: Account,
	articleNo: string,
	email: string,
	address: string,
): Promise<Findings> {
	const customer = await answerToWrite(account, asCustomer(email));
	if (!customer?.done) return {};
	const reported = async (mark: string, inBetween?: () => Promise<unknown>) => {
		await register(account, `${address}?mark=${mark}`);
		await inBetween?.();
		await answerToWrite(account, asOrder(customer.id, `${newOrderNo()}-${mark}`, articleNo));
		return await hasCome(account, address, mark);
	};
	const run = randomBytes(8).toString('hex');
	const comes = await reported(`${run}-1`);
	const check = accountCheck(account.dialect);
	const stays = comes && (await reported(`${run}-2`, async () => await answerTo(account, check)));
	await register(account);
	if (!comes) {
		return { unnamedCallBacksStay: notTested('No call-back of Specter’s came to this n8n') };
	}
	const { unnamedCallBacksStay } = account.dialect;
	const how = unnamedCallBacksStay ? 'it was not named' : 'the account was checked, as set';
	return {
		unnamedCallBacksStay: stays
			? holds(`A call-back came after ${how}`)
			: {
					verdict: 'differs',
					found: `No call-back came after ${how}`,
					...(unnamedCallBacksStay ? { entry: { unnamedCallBacksStay: false } } : {}),
				},
	};
}

/** Registers the call-back of stock changes and none of the others; without an address none at all. */
async function register(account: Account, stockChange?: string): Promise<void> {
	await answerTo(account, accountSettings(stockChange ? { stockChange } : {}, account.dialect));
}

async function hasCome({ context }: Account, address: string, mark: string): Promise<boolean> {
	for (let look = 0; look < LOOKS; look++) {
		const url = `${address}?asks=1`;
		const { marks = [] } = (await context.helpers.httpRequest({ url, json: true })) as {
			marks?: string[];
		};
		if (marks.includes(mark)) return true;
		await sleep(BETWEEN_LOOKS_MS);
	}
	return false;
}
