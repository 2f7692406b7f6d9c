import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { factReports } from '../../../shared/factReports';
import { runOnce } from '../../../shared/items';
import { forOperation, type Operation } from '../../../shared/operation';
import { checkShop, type Given } from '../../check/checkShop';
import { connect } from '../../check/connection';
import { shopUnder } from '../../check/shop';
import { givenWebhooks, probeWebhooks } from '../../check/webhooks';
import { vendreFacts } from '../../transport/facts';

const shownFor = (probe: string, property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { writeProbes: [probe] } },
});

const description = forOperation('account', 'checkFacts', [
	{
		displayName:
			'The check reads some products and customers and the newest orders. It puts out what the shop has otherwise than assumed, and no data of anybody.',
		name: 'readNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Further API Paths',
		name: 'furtherPaths',
		type: 'string',
		default: '',
		placeholder: 'e.g. /API/4, /shop/api',
		description:
			'Paths to try where the one in the credential leads nowhere, with commas between; the usual ones are tried anyway',
	},
	{
		displayName: 'Test Order ID',
		name: 'testOrderId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1001',
		description:
			'An order that is read as well. Where the shop has no list of orders, it and those before it are read.',
	},
	{
		displayName: 'Webhooks Received',
		name: 'webhooks',
		type: 'json',
		default: '[]',
		description:
			'What Vendre Triggers with the Output “How the Webhook Is Written” put out, the last one last, as the workflow “Connection check” hands it over',
	},
	{
		displayName: 'Write Probes',
		name: 'writeProbes',
		type: 'multiOptions',
		default: [],
		description:
			'What the check may save in the shop. Nothing is chosen at first: then it changes nothing.',
		options: [
			{
				name: 'Test Article',
				value: 'article',
				description: 'Saves another note on the test article and then its own again',
			},
			{
				name: 'Test Order and Its Customer',
				value: 'order',
				description: 'Saves Specter’s number on both with the value that it has',
			},
		],
	},
	shownFor('article', {
		displayName:
			'Where the shop has no article with this number, it is made, inactive, and stays. Only so is it found out which verb makes a product.',
		name: 'articleNotice',
		type: 'notice',
		default: '',
	}),
	shownFor('article', {
		displayName: 'Test Article',
		name: 'testArticle',
		type: 'string',
		default: 'CONNECTION-CHECK',
		required: true,
		description: 'The article number that the check may write to',
	}),
	shownFor('order', {
		displayName:
			'Choose an order of your own as the test order, which no workflow is about to send. Saving it may fire the shop’s webhook for a changed order.',
		name: 'orderNotice',
		type: 'notice',
		default: '',
	}),
]);

function given(context: IExecuteFunctions): Given {
	const probes = context.getNodeParameter('writeProbes', 0, []) as string[];
	const textOf = (name: string) => String(context.getNodeParameter(name, 0, '') ?? '').trim();
	const orderId = Number(textOf('testOrderId'));
	return {
		orderId: orderId > 0 ? orderId : undefined,
		testArticle: probes.includes('article') ? textOf('testArticle') : undefined,
		savesOrder: probes.includes('order'),
	};
}

/**
 * Finds out which of the facts that contract vendre assumes hold for the shop, an item for each. Only reads,
 * unless the user chooses what it may save.
 */
export const checkFacts: Operation = {
	description,
	async execute(context) {
		return await runOnce(context, async () => {
			const webhooks = givenWebhooks(context);
			const shop = await shopUnder(context);
			const furtherPaths = String(context.getNodeParameter('furtherPaths', 0, '') ?? '')
				.split(',')
				.map((path) => path.trim())
				.filter(Boolean);
			const connection = await connect(shop, furtherPaths);
			const findings = {
				...connection.findings,
				...(await checkShop(connection.shop, given(context))),
				...probeWebhooks(webhooks, shop.dialect),
			};
			return factReports(
				{ system: 'Vendre', credential: 'vendreApi', facts: vendreFacts },
				findings,
				shop.credential.differences,
			);
		});
	},
};
