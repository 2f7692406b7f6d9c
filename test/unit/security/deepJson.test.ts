import type { IDataObject } from 'n8n-workflow';
import { Refusal } from '../../../nodes/shared/refusal';
import { normalized } from '../../../nodes/Vendre/normalize';
import { recordIdIn } from '../../../nodes/Vendre/transport/webhook';

/** Deeper than anything can go through that calls itself, and read by JSON.parse without trouble. */
const DEEP = 200_000;
const nested = JSON.parse('['.repeat(DEEP) + ']'.repeat(DEEP)) as IDataObject;

test.each([
	['id', { id: nested }],
	['name_first', { id: 5, name_first: nested }],
	['date_added', { id: 5, date_added: nested }],
	['type', { id: 5, type: nested }],
])('a customer whose %s is nested without end is refused by name', (field, row) => {
	const read = () => normalized('customers', row);
	expect(read).toThrow(Refusal);
	expect(read).toThrow(`${field} is nested too deep to be shown`);
});

test('a webhook whose id is nested without end has none', () => {
	expect(recordIdIn({ id: nested, data: nested, order: { id: nested } })).toBeUndefined();
});
