import type { INodeProperties } from 'n8n-workflow';
import {
	descriptionsOf,
	operationPicker,
	resourcePicker,
	type Operations,
} from '../../shared/operation';
import { mapCustomers } from './customerMap.operation';
import { chooseOrders } from './orderChoose.operation';
import { mapOrders } from './orderMap.operation';
import { mapProducts } from './productMap.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	customer: { mapToSpecter: mapCustomers },
	order: { choose: chooseOrders, mapToSpecter: mapOrders },
	product: { mapToSpecter: mapProducts },
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
			name: 'Map to Specter',
			value: 'mapToSpecter',
			action: 'Map customer to specter',
			description: 'Turn a customer of the shop into Specter’s customer',
		},
	]),
	operationPicker('order', [
		{
			name: 'Choose',
			value: 'choose',
			action: 'Choose orders to send',
			description: 'Decide which orders are to be sent, with the reason for each',
		},
		{
			name: 'Map to Specter',
			value: 'mapToSpecter',
			action: 'Map order to specter',
			description: 'Turn an order of the shop into Specter’s customer, articles and order',
		},
	]),
	operationPicker('product', [
		{
			name: 'Map to Specter',
			value: 'mapToSpecter',
			action: 'Map product to specter',
			description: 'Turn a product of the shop into Specter’s article',
		},
	]),
	...descriptionsOf(operations),
];
