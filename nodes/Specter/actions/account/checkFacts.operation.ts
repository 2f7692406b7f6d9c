import type { INodeProperties } from 'n8n-workflow';
import { factReports } from '../../../shared/factReports';
import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import type { Findings } from '../../../shared/facts';
import { accountOf, type Account } from '../../check/account';
import { probeCallBacks } from '../../check/callBacks';
import { connect } from '../../check/connection';
import { probeOrder } from '../../check/order';
import { probePlace } from '../../check/place';
import { probeQueues } from '../../check/queues';
import { probeRename } from '../../check/rename';
import { probeSpelling } from '../../check/spelling';
import { refusalError } from '../../transport/client';
import { specterFacts } from '../../transport/facts';

const writesSomething = (probe: string, property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { writeProbes: [probe] } },
});

const description = forOperation('account', 'checkFacts', [
	{
		displayName: 'Write Probes',
		name: 'writeProbes',
		type: 'multiOptions',
		default: [],
		description:
			'What the check may do in Specter beyond reading. Nothing is chosen at first: then it changes nothing.',
		options: [
			{
				name: 'Open Change Batches',
				value: 'queues',
				description: 'Opens a batch of each change queue, which the next run of the sync takes up',
			},
			{
				name: 'Test Article',
				value: 'article',
				description: 'Makes the test article, and gives it another number and its own back',
			},
			{
				name: 'Test Customer and Test Order',
				value: 'order',
				description: 'Makes the test article, a test customer and one order of 0 kronor',
			},
			{
				name: 'Call-Backs',
				value: 'callBacks',
				description:
					'Removes the call-backs of all systems, and makes two orders of 0 kronor to see which of its own come',
			},
		],
	},
	writesSomething('article', {
		displayName:
			'The test article stays in Specter, and where Specter does not know the parameter for a new number, some with a number behind it.',
		name: 'articleNotice',
		type: 'notice',
		default: '',
	}),
	writesSomething('order', {
		displayName:
			'The test customer and the order stay in Specter: cancel the order there afterwards. It is no order of the shop.',
		name: 'orderNotice',
		type: 'notice',
		default: '',
	}),
	{
		displayName: 'Test Article',
		name: 'testArticle',
		type: 'string',
		default: 'CONNECTION-CHECK',
		required: true,
		description: 'The article number that the check may write to, and that nothing else may have',
		displayOptions: { show: { writeProbes: ['article', 'callBacks', 'order'] } },
	},
	{
		displayName: 'Test Customer E-Mail',
		name: 'testEmail',
		type: 'string',
		default: 'connection-check@example.com',
		required: true,
		displayOptions: { show: { writeProbes: ['callBacks', 'order'] } },
	},
	writesSomething('callBacks', {
		displayName:
			'An account has one call-back per event, and Specter cannot be asked which: those of all systems are gone afterwards, those of your own workflows as well. Publish the workflow with the Specter Trigger again.',
		name: 'callBacksNotice',
		type: 'notice',
		default: '',
	}),
	writesSomething('callBacks', {
		displayName: 'Call-Back Address',
		name: 'callBackAddress',
		type: 'string',
		default: '',
		required: true,
		description:
			'An address of this n8n that keeps the <code>mark</code> of each call and answers a call with <code>asks</code> with all <code>marks</code>, as the template “Connection check” has it',
	}),
]);

/** What the user allows, and what it may be done on. */
interface Given {
	probes: string[];
	articleNo: string;
	email: string;
	callBackAddress: string;
}

/** Goes through the probes; one that Specter leaves without an answer tells nothing, and the others go on. */
async function findOut(account: Account, given: Given): Promise<Findings> {
	const { probes, articleNo, email, callBackAddress } = given;
	const findings: Findings = {};
	const probe = async (name: string, find: () => Promise<Findings>) => {
		if (probes.includes(name)) Object.assign(findings, await attempted(find));
	};
	Object.assign(findings, await attempted(async () => await probeSpelling(account)));
	await probe('queues', async () => await probeQueues(account));
	if (probes.every((name) => name === 'queues')) return findings;

	const written = await attempted(async () => await probePlace(account, articleNo));
	if (!written) return findings;
	const { account: writable, findings: place } = written;
	Object.assign(findings, place);
	await probe('article', async () => await probeRename(writable, articleNo));
	await probe('order', async () => await probeOrder(writable, articleNo, email));
	await probe(
		'callBacks',
		async () => await probeCallBacks(writable, articleNo, email, callBackAddress),
	);
	return findings;
}

/** What was found; undefined where no answer came. */
async function attempted<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
	try {
		return await find();
	} catch {
		return undefined;
	}
}

/**
 * Finds out which of the facts that contract specter assumes hold for the account, an item for each. Reads
 * only, unless the user chooses what it may write.
 */
export const checkFacts: Operation = {
	description,
	async execute(context) {
		return await runOnce(context, async () => {
			const given: Given = {
				probes: context.getNodeParameter('writeProbes', 0, []) as string[],
				articleNo: context.getNodeParameter('testArticle', 0, '') as string,
				email: context.getNodeParameter('testEmail', 0, '') as string,
				callBackAddress: context.getNodeParameter('callBackAddress', 0, '') as string,
			};
			const account = await accountOf(context);
			const connection = await connect(account);
			if (!connection || 'done' in connection) {
				throw refusalError(
					context.getNode(),
					connection?.done === false
						? connection
						: { code: '', message: 'what answers at the Base URL is not Specter' },
					{
						what: 'the account, with every version and date that was tried',
						advice:
							'Check the Base URL, SBM ID, the two keys and the API user ID in the credential.',
					},
				);
			}
			const findings = { ...connection.findings, ...(await findOut(connection.account, given)) };
			return factReports(
				{ system: 'Specter', credential: 'specterApi', facts: specterFacts },
				findings,
				account.credential.differences,
			);
		});
	},
};
