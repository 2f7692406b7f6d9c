import type { IDataObject } from 'n8n-workflow';
import { normalized } from '../../../../nodes/Vendre/normalize';
import { everyCase, expectFits } from './cases';
import { mutated } from './mutations';
import { shopRecords } from './shopRecords';

let records: Awaited<ReturnType<typeof shopRecords>>;

beforeAll(async () => (records = await shopRecords()));

test.each([
	['order', 'orders'],
	['customer', 'customers'],
	['product', 'products'],
] as const)('the %s that the shop may answer with is read whole, or refused', (kind, list) => {
	everyCase(
		kind,
		mutated(...records[list]),
		(record) => normalized(list, record),
		(read: IDataObject) => {
			expectFits({ parse: (record) => normalized(list, record as IDataObject) }, read);
			expect(JSON.stringify(read)).not.toMatch(/\[object |:"undefined"/);
		},
	);
});
