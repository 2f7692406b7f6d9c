import type { Stack } from '../host/stack';
import { catalogueOnce } from './catalogueOnce';
import { changesOnce } from './changesOnce';
import { ordersOnce } from './ordersOnce';

/** Shows and checks all flows, first those to Specter and then those back. Answers whether all is right. */
export async function runOnce(stack: Stack): Promise<boolean> {
	const records = await catalogueOnce(stack);
	const orders = await ordersOnce(stack);
	const back = await changesOnce(stack);
	return records && orders && back;
}
