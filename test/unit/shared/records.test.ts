import { z } from 'zod';
import { checkRecord } from '../../../nodes/shared/records';
import { Refusal } from '../../../nodes/shared/refusal';

const schema = z.object({ id: z.number(), rows: z.array(z.object({ name: z.string() })) });

function refusalOf(value: unknown): Refusal {
	try {
		checkRecord(schema, value, 'Order 7');
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
	throw new TypeError('It was accepted');
}

describe('a record that does not fit', () => {
	test('is refused with its label, the field’s path, the value and what is wanted', () => {
		expect(refusalOf({ id: 'x', rows: [{ name: 'a' }, { name: 5 }] }).message).toBe(
			'Order 7 cannot be used: id is "x": Expected number, received string; rows.1.name is 5: Expected string, received number',
		);
	});

	test.each([null, undefined, 'text', 5, []])('%j is no record at all', (value) => {
		expect(refusalOf(value).message).toMatch(/^Order 7 cannot be used: the record is /);
	});

	test('holds advice that says where to go on', () => {
		expect(refusalOf({}).whatToDo).toMatch(/^Correct the value where the record comes from/);
	});
});
