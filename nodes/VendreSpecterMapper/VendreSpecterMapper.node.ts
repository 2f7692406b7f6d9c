import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runChosen } from '../shared/operation';
import { operations, properties } from './actions';

/** Between shop and ERP: turns the records of one into those of the other, and calls neither. */
export class VendreSpecterMapper implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vendre Specter Mapper',
		name: 'vendreSpecterMapper',
		icon: { light: 'file:mapper.svg', dark: 'file:mapper.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Turn orders, customers and products of a Vendre shop into Specter’s records, and Specter’s changes into the shop’s',
		defaults: { name: 'Vendre Specter Mapper' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runChosen(this, operations);
	}
}
