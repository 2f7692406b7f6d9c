import type { INodeProperties } from 'n8n-workflow';
import {
	descriptionsOf,
	operationPicker,
	resourcePicker,
	type Operations,
} from '../../shared/operation';
import * as article from './article/createOrUpdate.operation';
import * as customer from './customer/createOrUpdate.operation';
import * as order from './order/create.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	article: { createOrUpdate: article.createOrUpdate },
	customer: { createOrUpdate: customer.createOrUpdate },
	order: { create: order.create },
};

/** Resource and operation pickers, then what each operation shows. */
export const properties: INodeProperties[] = [
	resourcePicker([
		{ name: 'Article', value: 'article' },
		{ name: 'Customer', value: 'customer' },
		{ name: 'Order', value: 'order' },
	]),
	operationPicker('article', [
		{
			name: 'Create or Update',
			value: 'createOrUpdate',
			action: 'Create or update articles',
			description: 'Create new articles, or update existing ones, up to 100 a call',
		},
	]),
	operationPicker('customer', [
		{
			name: 'Create or Update',
			value: 'createOrUpdate',
			action: 'Create or update customer',
			description: 'Create a new customer, or update the existing one (upsert)',
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
	...descriptionsOf(operations),
];
