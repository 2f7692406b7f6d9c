import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { vendreApiTest } from './methods/credentialTest';
import { properties } from './poll/parameters';
import { examples, poll } from './poll/poll';

/**
 * Starts a workflow on new and changed products, customers and orders of the shop, which are found by
 * reading its lists again and again (contract vendre §1; flows F1–F4, and what a webhook missed).
 */
export class VendrePollTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Vendre Poll Trigger',
		name: 'vendrePollTrigger',
		icon: { light: 'file:vendre.svg', dark: 'file:vendre.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["resource"] }}',
		description:
			'Starts the workflow on new and changed products, customers and orders of a Vendre shop',
		defaults: { name: 'Vendre Poll Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'vendreApi', required: true, testedBy: 'vendreApiTest' }],
		properties,
	};

	methods = { credentialTest: { vendreApiTest } };

	/** In production the executions are started by {@link poll} itself, which waits for their end. */
	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		if (this.getMode() === 'manual') return [await examples(this)];
		await poll(this);
		return null;
	}
}
