import type { IPollFunctions } from 'n8n-workflow';

const lists = { customer: 'customers', order: 'orders', product: 'products' } as const;

export type PollResource = keyof typeof lists;
export type PollList = (typeof lists)[PollResource];

/** What the user chose in the trigger. */
export interface PollSettings {
	resource: PollResource;
	list: PollList;
	/** Names of the fields whose change counts. */
	fields: string[];
	/** Whether the first pass takes records for known instead of handing them on. */
	onlyLater: boolean;
	/** How many of the newest rows are looked through; undefined = all. */
	newest?: number;
	/** The most items that one execution gets. */
	batchSize: number;
	/** Products without their texts and pictures. */
	simplify: boolean;
	/** Orders read again by id. */
	inFull: boolean;
}

/** The trigger's parameters. */
export function settingsOf(context: IPollFunctions): PollSettings {
	const given = (name: string) => context.getNodeParameter(name);
	const resource = given('resource') as PollResource;
	return {
		resource,
		list: lists[resource],
		fields: [given('changeFields')].flat() as string[],
		onlyLater: given('firstPoll') === 'laterChanges',
		newest: given('lookThrough') === 'newest' ? (given('newest') as number) : undefined,
		batchSize: Math.max(1, given('batchSize') as number),
		simplify: resource === 'product' && (given('simplify') as boolean),
		inFull: resource === 'order' && (given('readInFull') as boolean),
	};
}
