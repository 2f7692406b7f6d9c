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
import { mapOrderStatuses } from './orderMapStatus.operation';
import { mapProducts } from './productMap.operation';
import { mapArticleChanges } from './productMapToVendre.operation';
import { mapStockChanges } from './stockMap.operation';

/** The node's operations by resource and operation. */
export const operations: Operations = {
	customer: { mapToSpecter: mapCustomers },
	order: { choose: chooseOrders, mapStatusToVendre: mapOrderStatuses, mapToSpecter: mapOrders },
	product: { mapToSpecter: mapProducts, mapToVendre: mapArticleChanges },
	stock: { mapToVendre: mapStockChanges },
};

/** Resource and operation pickers, then what each operation shows. */
export const properties: INodeProperties[] = [
	resourcePicker([
		{ name: 'Customer', value: 'customer' },
		{ name: 'Order', value: 'order' },
		{ name: 'Product', value: 'product' },
		{ name: 'Stock', value: 'stock' },
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
			name: 'Map Status to Vendre',
			value: 'mapStatusToVendre',
			action: 'Map order status to vendre',
			description: 'Turn an order change of Specter’s into the status of the shop’s order',
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
		{
			name: 'Map to Vendre',
			value: 'mapToVendre',
			action: 'Map product to vendre',
			description: 'Turn an article change of Specter’s into a new or changed product of the shop',
		},
	]),
	operationPicker('stock', [
		{
			name: 'Map to Vendre',
			value: 'mapToVendre',
			action: 'Map stock to vendre',
			description: 'Turn a stock change of Specter’s into the shop’s stock, in whole units',
		},
	]),
	...descriptionsOf(operations),
];
