import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	descriptionsOf,
	operationPicker,
	resourcePicker,
	type Operations,
} from '../../shared/operation';
import { check } from './account/check.operation';
import { checkFacts } from './account/checkFacts.operation';
import * as article from './article/createOrUpdate.operation';
import { confirm } from './changes/confirm';
import { getPending } from './changes/getPending';
import * as customer from './customer/createOrUpdate.operation';
import * as delivery from './delivery/create.operation';
import * as invoice from './invoice/create.operation';
import { getDocumentLink } from './invoice/getDocumentLink.operation';
import * as order from './order/create.operation';
import { resendAll } from './stockChange/resendAll.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	account: { check, checkFacts },
	article: { createOrUpdate: article.createOrUpdate },
	articleChange: { getPending: getPending('articleChange'), confirm: confirm('articleChange') },
	customer: { createOrUpdate: customer.createOrUpdate },
	delivery: { create: delivery.create },
	invoice: { create: invoice.create, getDocumentLink },
	order: { create: order.create },
	orderChange: { getPending: getPending('orderChange'), confirm: confirm('orderChange') },
	stockChange: {
		getPending: getPending('stockChange'),
		confirm: confirm('stockChange'),
		resendAll,
	},
};

/** The two operations that every change queue has. */
function queueOperations(changes: string): INodePropertyOptions[] {
	return [
		{
			name: 'Confirm',
			value: 'confirm',
			action: `Confirm ${changes}`,
			description: 'Take a batch out of the queue, once its records stand in the shop',
		},
		{
			name: 'Get Pending',
			value: 'getPending',
			action: `Get pending ${changes}`,
			description: 'Fetch what has changed since the last confirmed batch',
		},
	];
}

/** Resource and operation pickers, then what each operation shows. */
export const properties: INodeProperties[] = [
	resourcePicker([
		{ name: 'Account', value: 'account' },
		{ name: 'Article', value: 'article' },
		{ name: 'Article Change', value: 'articleChange' },
		{ name: 'Customer', value: 'customer' },
		{ name: 'Delivery', value: 'delivery' },
		{ name: 'Invoice', value: 'invoice' },
		{ name: 'Order', value: 'order' },
		{ name: 'Order Change', value: 'orderChange' },
		{ name: 'Stock Change', value: 'stockChange' },
	]),
	operationPicker('account', [
		{
			name: 'Check',
			value: 'check',
			action: 'Check account',
			description: 'Ask Specter whether it takes the credential',
		},
		{
			name: 'Check Facts',
			value: 'checkFacts',
			action: 'Check facts of account',
			description: 'Find out what the account has otherwise than this package assumes',
		},
	]),
	operationPicker('article', [
		{
			name: 'Create or Update',
			value: 'createOrUpdate',
			action: 'Create or update articles',
			description: 'Create new articles, or update existing ones, up to 100 a call',
		},
	]),
	operationPicker('articleChange', queueOperations('article changes')),
	operationPicker('customer', [
		{
			name: 'Create or Update',
			value: 'createOrUpdate',
			action: 'Create or update customer',
			description: 'Create a new customer, or update the existing one (upsert)',
		},
	]),
	operationPicker('delivery', [
		{
			name: 'Create',
			value: 'create',
			action: 'Create delivery',
			description: 'Deliver rows of an order, all of it or a part',
		},
	]),
	operationPicker('invoice', [
		{
			name: 'Create',
			value: 'create',
			action: 'Create invoice',
			description: 'Create an invoice for an order',
		},
		{
			name: 'Get Document Link',
			value: 'getDocumentLink',
			action: 'Get document link of invoice',
			description: 'Get the address of an invoice’s PDF',
		},
	]),
	operationPicker('order', [
		{
			name: 'Create',
			value: 'create',
			action: 'Create order',
			description:
				'Create an order; an external order number that Specter has already makes no second one',
		},
	]),
	operationPicker('orderChange', queueOperations('order changes')),
	operationPicker('stockChange', [
		...queueOperations('stock changes'),
		{
			name: 'Resend All',
			value: 'resendAll',
			action: 'Resend all stock',
			description: 'Have Specter report the stock of all articles again',
		},
	]),
	...descriptionsOf(operations),
];
