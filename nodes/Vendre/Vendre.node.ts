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

/** Vendre, the web shop, as a node: reading orders, customers and products, and saving on them. */
export class Vendre implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vendre',
		name: 'vendre',
		icon: { light: 'file:vendre.svg', dark: 'file:vendre.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read and update orders, customers and products of a Vendre web shop',
		defaults: { name: 'Vendre' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'vendreApi', required: true, testedBy: 'vendreApiTest' }],
		properties,
	};

	methods = { credentialTest: { vendreApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, operations);
	}
}
