import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runChosen } from '../shared/operation';
import { operations, properties } from './actions';
import { specterApiTest } from './methods/credentialTest';

/** Specter, the ERP, as a node: one operation per function of its web-shop API. */
export class Specter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Specter',
		name: 'specter',
		icon: { light: 'file:specter.svg', dark: 'file:specter.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Create and update customers, articles, orders, deliveries and invoices in the Specter ERP, and fetch its changes',
		defaults: { name: 'Specter' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'specterApi', required: true, testedBy: 'specterApiTest' }],
		properties,
	};

	methods = { credentialTest: { specterApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, operations);
	}
}
