import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';

/** One operation of a node: what the user sees of it and what it does, side by side. */
export interface Operation {
	description: INodeProperties[];
	execute(context: IExecuteFunctions): Promise<INodeExecutionData[]>;
}

/** A node's operations by resource and operation. */
export type Operations = Record<string, Record<string, Operation>>;

/** Runs the operation that the user chose, on all items, for the node's one output. */
export async function runChosen(
	context: IExecuteFunctions,
	operations: Operations,
): Promise<INodeExecutionData[][]> {
	const resource = context.getNodeParameter('resource', 0) as string;
	const operation = context.getNodeParameter('operation', 0) as string;
	return [await operations[resource][operation].execute(context)];
}

/** What all operations show below the pickers. */
export function descriptionsOf(operations: Operations): INodeProperties[] {
	return Object.values(operations)
		.flatMap((ofResource) => Object.values(ofResource))
		.flatMap(({ description }) => description);
}

/** The picker of the resource; every node begins with the order. */
export function resourcePicker(options: INodePropertyOptions[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options,
		default: 'order',
	};
}

/** The picker of a resource's operations; the first one stands in it at the beginning. */
export function operationPicker(
	resource: string,
	options: INodePropertyOptions[],
): INodeProperties {
	const [{ value: first }] = options;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: first,
	};
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

/** The collection that ends what an operation shows, where it offers nothing else. */
export const requestOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [parallelRequests],
};

/** The chosen number of parallel requests, from the collection `options`. */
export function chosenParallelRequests(context: IExecuteFunctions): number {
	return context.getNodeParameter('options.parallelRequests', 0, 4) as number;
}
