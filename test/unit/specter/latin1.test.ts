import fc from 'fast-check';
import { transliterate } from '../../../nodes/shared/transliterate';
import { percentEncodeLatin1 } from '../../../nodes/Specter/transport/latin1';

/** What a classic ASP page reads: each byte is the character of that number. */
const decode = (encoded: string) =>
	encoded.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

/** Any text there is, lone halves of surrogate pairs included. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe('text in Latin-1', () => {
	test.each([
		['å', '%E5'],
		['ÅÄÖ åäö é', '%C5%C4%D6%20%E5%E4%F6%20%E9'],
		['a\u030a', '%E5'],
		['\u212b', '%C5'],
		['–', '-'],
		['’', '%27'],
		['€', 'EUR'],
		['č', 'c'],
		['Łukasz Đorđević ß Œ', 'Lukasz%20Dordevic%20%DF%20Oe'],
		['“hej”…', '%22hej%22...'],
		['a+b&c=d%e;f', 'a%2Bb%26c%3Dd%25e%3Bf'],
		['rad 1\r\nrad 2', 'rad%201%0D%0Arad%202'],
		['½ ² µ', '%BD%20%B2%20%B5'],
	])('%s is sent as %s', (text, encoded) => {
		expect(percentEncodeLatin1(text)).toBe(encoded);
	});

	test('a smiley is spelled in ASCII', () => {
		expect(transliterate('Tack 😀')).toMatch(/^Tack [!-~]+$/);
		expect(transliterate('Tack 😀')).not.toContain('?');
	});

	test('control characters are left out, also those of Latin-1’s upper half', () => {
		expect(transliterate('a\u0000b\u0007c\u007fd\u0085e\u009ff')).toBe('abcdef');
	});

	test('whatever goes in, the bytes read as ISO-8859-1 give the transliterated text', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const encoded = percentEncodeLatin1(text);
				expect(encoded).toMatch(/^([A-Za-z0-9\-_.~]|%[0-9A-F]{2})*$/);
				expect(decode(encoded)).toBe(transliterate(text));
			}),
			{ numRuns: 500 },
		);
	});

	test('text that Latin-1 holds arrives as it is', () => {
		const latin1 = fc
			.array(fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0xa0, max: 0xff })))
			.map((bytes) => String.fromCharCode(...bytes));
		fc.assert(fc.property(latin1, (text) => decode(percentEncodeLatin1(text)) === text));
	});

	test('to transliterate twice is to do it once, so that signature and wire agree', () => {
		fc.assert(
			fc.property(anyText, (text) => transliterate(transliterate(text)) === transliterate(text)),
		);
	});

	test('no character but a question mark of some script becomes a question mark', () => {
		const silent: string[] = [];
		for (let code = 0x100; code <= 0x10ffff; code++) {
			if (code >= 0xd800 && code <= 0xdfff) continue;
			const character = String.fromCodePoint(code);
			if (!/\p{P}/u.test(character) && transliterate(character).includes('?')) {
				silent.push(code.toString(16));
			}
		}
		expect(silent).toEqual([]);
	});
});
