import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** One operation of a node: what the user sees of it and what it does, side by side. */
export interface Operation {
	description: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** Properties limited to one resource and operation, on top of what they ask for themselves. */
export function forOperation(
	resource: string,
	operation: string,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, resource: [resource], operation: [operation] },
		},
	}));
}

/** How many requests a node has under way at once; the same choice in every operation. */
export const parallelRequests: INodeProperties = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 16 },
	default: 4,
	description: 'How many requests may be under way at once; the order of the items is kept',
};

/** The chosen number of parallel requests, from the collection `options`. */
export function chosenParallelRequests(context: IExecuteFunctions): number {
	return context.getNodeParameter('options.parallelRequests', 0, 4) as number;
}
