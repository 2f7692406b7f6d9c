import type { INodeProperties } from 'n8n-workflow';
import {
	descriptionsOf,
	operationPicker,
	resourcePicker,
	type Operations,
} from '../../shared/operation';
import { check } from './account/check.operation';
import { checkFacts } from './account/checkFacts.operation';
import { get as getCustomer } from './customer/get.operation';
import { saveSpecterNumber as saveCustomerNumber } from './customer/saveSpecterNumber.operation';
import { getMany } from './getMany';
import { getPage } from './getPage';
import { get as getOrder } from './order/get.operation';
import { getMany as getManyOrders } from './order/getMany.operation';
import { saveSpecterNumber as saveOrderNumber } from './order/saveSpecterNumber.operation';
import { updateStatus } from './order/updateStatus.operation';
import { createOrUpdate } from './product/createOrUpdate.operation';
import { get as getProduct } from './product/get.operation';
import { getForOrder } from './product/getForOrder.operation';
import { getMany as getManyProducts } from './product/getMany.operation';
import { update as updateProduct } from './product/update.operation';
import { update as updateStock } from './stock/update.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	account: { check, checkFacts },
	category: { getAll: getMany('category') },
	customer: {
		get: getCustomer,
		getAll: getMany('customer'),
		getPage: getPage('customer'),
		saveSpecterNumber: saveCustomerNumber,
	},
	order: {
		get: getOrder,
		getAll: getManyOrders,
		getPage: getPage('order'),
		saveSpecterNumber: saveOrderNumber,
		updateStatus,
	},
	product: {
		createOrUpdate,
		get: getProduct,
		getAll: getManyProducts,
		getForOrder,
		getPage: getPage('product'),
		update: updateProduct,
	},
	stock: { update: updateStock },
};

/** Resource and operation pickers, then what each operation shows. */
export const properties: INodeProperties[] = [
	resourcePicker([
		{ name: 'Account', value: 'account' },
		{ name: 'Category', value: 'category' },
		{ name: 'Customer', value: 'customer' },
		{ name: 'Order', value: 'order' },
		{ name: 'Product', value: 'product' },
		{ name: 'Stock', value: 'stock' },
	]),
	operationPicker('account', [
		{
			name: 'Check',
			value: 'check',
			action: 'Check account',
			description: 'Find out whether the shop accepts the credential',
		},
		{
			name: 'Check Facts',
			value: 'checkFacts',
			action: 'Check facts of account',
			description: 'Find out what the shop has otherwise than this package assumes',
		},
	]),
	operationPicker('category', [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many categories',
			description: 'Read the categories of the shop',
		},
	]),
	operationPicker('customer', [
		{
			name: 'Get',
			value: 'get',
			action: 'Get customer',
			description: 'Read one customer by ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many customers',
			description: 'Read the customers of the shop',
		},
		{
			name: 'Get Page',
			value: 'getPage',
			action: 'Get page of customers',
			description: 'Read one page of all customers and where the next one begins',
		},
		{
			name: 'Save Specter Number',
			value: 'saveSpecterNumber',
			action: 'Save specter number on customer',
			description: 'Keep the customer number that Specter gave, so that it identifies the customer',
		},
	]),
	operationPicker('order', [
		{
			name: 'Get',
			value: 'get',
			action: 'Get order',
			description: 'Read one order with its rows and totals by ID',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many orders',
			description: 'Read the newest orders',
		},
		{
			name: 'Get Page',
			value: 'getPage',
			action: 'Get page of orders',
			description: 'Read one page of all orders and where the next one begins',
		},
		{
			name: 'Save Specter Number',
			value: 'saveSpecterNumber',
			action: 'Save specter number on order',
			description: 'Keep the order number that Specter gave, which marks the order as sent',
		},
		{
			name: 'Update Status',
			value: 'updateStatus',
			action: 'Update order status',
			description: 'Set the status of an order without a mail to the customer',
		},
	]),
	operationPicker('product', [
		{
			name: 'Create or Update',
			value: 'createOrUpdate',
			action: 'Create or update product',
			description:
				'Create a new product, or change what differs on the one that has the article number',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get product',
			description: 'Read one product by article number or ID',
		},
		{
			name: 'Get for Order',
			value: 'getForOrder',
			action: 'Get products for order',
			description: 'Add the product records of an order’s rows to the order, 50 products a call',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many products',
			description: 'Read the products of the shop',
		},
		{
			name: 'Get Page',
			value: 'getPage',
			action: 'Get page of products',
			description: 'Read one page of all products and where the next one begins',
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update product',
			description: 'Change what differs on a product',
		},
	]),
	operationPicker('stock', [
		{
			name: 'Update',
			value: 'update',
			action: 'Update stock',
			description: 'Set how many of a product there are in the main stock',
		},
	]),
	...descriptionsOf(operations),
];
