import type { INodeProperties } from 'n8n-workflow';
import {
	descriptionsOf,
	operationPicker,
	resourcePicker,
	type Operations,
} from '../../shared/operation';
import { get as getCustomer } from './customer/get.operation';
import { saveSpecterNumber as saveCustomerNumber } from './customer/saveSpecterNumber.operation';
import { get as getOrder } from './order/get.operation';
import { getMany as getManyOrders } from './order/getMany.operation';
import { saveSpecterNumber as saveOrderNumber } from './order/saveSpecterNumber.operation';
import { get as getProduct } from './product/get.operation';
import { getForOrder } from './product/getForOrder.operation';
import { getMany as getManyProducts } from './product/getMany.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	customer: { get: getCustomer, saveSpecterNumber: saveCustomerNumber },
	order: { get: getOrder, getAll: getManyOrders, saveSpecterNumber: saveOrderNumber },
	product: { get: getProduct, getAll: getManyProducts, getForOrder },
};

/** Resource and operation pickers, then what each operation shows. */
export const properties: INodeProperties[] = [
	resourcePicker([
		{ name: 'Customer', value: 'customer' },
		{ name: 'Order', value: 'order' },
		{ name: 'Product', value: 'product' },
	]),
	operationPicker('customer', [
		{
			name: 'Get',
			value: 'get',
			action: 'Get customer',
			description: 'Read one customer by ID',
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
			name: 'Save Specter Number',
			value: 'saveSpecterNumber',
			action: 'Save specter number on order',
			description: 'Keep the order number that Specter gave, which marks the order as sent',
		},
	]),
	operationPicker('product', [
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
	]),
	...descriptionsOf(operations),
];
