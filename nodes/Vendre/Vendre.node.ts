import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runChosen } from '../shared/operation';
import { operations, properties } from './actions';
import { vendreApiTest } from './methods/credentialTest';
import { searchOrderStatuses } from './methods/listSearch';
import { getCategories } from './methods/loadOptions';

/** Vendre, the web shop, as a node: reading its records, and saving what Specter decides of them. */
export class Vendre implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vendre',
		name: 'vendre',
		icon: { light: 'file:vendre.svg', dark: 'file:vendre.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and update orders, customers, products and stock of a Vendre web shop',
		defaults: { name: 'Vendre' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'vendreApi', required: true, testedBy: 'vendreApiTest' }],
		properties,
	};

	methods = {
		credentialTest: { vendreApiTest },
		listSearch: { searchOrderStatuses },
		loadOptions: { getCategories },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, operations);
	}
}
