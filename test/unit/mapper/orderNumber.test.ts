import fc from 'fast-check';
import { externalNumber, shopNumber } from '../../../nodes/VendreSpecterMapper/mapping/orderNumber';
import { transliterate } from '../../../nodes/shared/transliterate';

/** A prefix as Specter keeps it, of any letters, digits and signs. */
const prefix = fc
	.string({ maxLength: 6, unit: fc.constantFrom(...'AB1-/ .Åé–') })
	.map((text) => transliterate(text).trim())
	.filter((text) => !/\d$/.test(text));
const orderId = fc.integer({ min: 1, max: 1e9 });

describe('the external number of an order (O24)', () => {
	test('is the shop’s own where the account has one shop (O24)', () => {
		expect(externalNumber(20001, '')).toBe('20001');
		expect(shopNumber('20001', '')).toBe('20001');
	});

	test('stands behind the prefix, in the letters that Specter has (O24)', () => {
		expect(externalNumber(20001, ' B – ')).toBe('B -20001');
		expect(shopNumber('B -20001', ' B – ')).toBe('20001');
	});

	test.each([
		['no prefix', '20001', 'B-'],
		['another prefix', 'C-20001', 'B-'],
		['a longer prefix', 'BB20001', 'B'],
		['a prefix that goes on', 'B1-20001', 'B'],
		['letters behind the number', 'B-20001a', 'B-'],
		['nothing behind the prefix', 'B-', 'B-'],
		['nothing at all', '', 'B-'],
	])('with %s is not of this shop (O24)', (_, externalOrderNo, own) => {
		expect(shopNumber(externalOrderNo, own)).toBeUndefined();
	});

	test('whatever the prefixes are, it is one shop’s alone and comes back as it went (O24)', () => {
		fc.assert(
			fc.property(prefix, prefix, orderId, orderId, (one, other, id, otherId) => {
				const sent = externalNumber(id, one);
				expect(shopNumber(sent, one)).toBe(String(id));
				fc.pre(one !== other);
				expect(externalNumber(otherId, other)).not.toBe(sent);
				if (other === '') expect(shopNumber(sent, '')).not.toMatch(/^\d+$/);
				else expect(shopNumber(sent, other)).toBeUndefined();
			}),
		);
	});

	test.each(['1', 'B-2', 'Butik 2 '])(
		'cannot have the prefix "%s", which ends with a digit',
		(own) => {
			const refusal = expect.objectContaining({
				message: `The Order Number Prefix "${own.trim()}" ends with a digit`,
				whatToDo: expect.stringContaining('for example B-') as string,
			}) as Error;
			expect(() => externalNumber(1, own)).toThrow(refusal);
			expect(() => shopNumber('1', own)).toThrow(refusal);
		},
	);
});
