import type { Stack } from '../host/stack';
import { changesOnce } from './changesOnce';
import { ordersOnce } from './ordersOnce';

/** Shows and checks both ways, first the orders and then the changes. Answers whether all is right. */
export async function runOnce(stack: Stack): Promise<boolean> {
	const there = await ordersOnce(stack);
	const back = await changesOnce(stack);
	return there && back;
}
