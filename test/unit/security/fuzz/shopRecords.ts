import type { IDataObject } from 'n8n-workflow';
import { ORDER_KINDS, startSandbox, type OrderKind } from '../../../sandbox';

const asJson = (record: unknown) => JSON.parse(JSON.stringify(record)) as IDataObject;

/** Records as the shop answers with them: an order of every kind, the customers and some products. */
export async function shopRecords() {
	const sandbox = await startSandbox({ products: 12 });
	try {
		const { vendre } = sandbox;
		const kinds = (Object.keys(ORDER_KINDS) as OrderKind[]).filter((kind) => kind !== 'unfinished');
		return {
			orders: kinds.map((kind) => asJson(vendre.placeOrder(kind, { webhook: false }))),
			customers: [...vendre.customers.values()].slice(0, 8).map(asJson),
			products: [...vendre.products.values()].map(asJson),
		};
	} finally {
		await sandbox.stop();
	}
}
