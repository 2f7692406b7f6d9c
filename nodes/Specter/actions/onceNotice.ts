import type { INodeProperties } from 'n8n-workflow';

/** What the user must know of an operation that makes a second record when it is run a second time. */
export function onceNotice(record: string): INodeProperties {
	return {
		displayName: `Specter takes a repeated ${record} for another one. Where its answer is lost, the ${record} is not sent again and the item fails: look in Specter before you run it again, and leave <b>Retry On Fail</b> off.`,
		name: 'onceNotice',
		type: 'notice',
		default: '',
	};
}
