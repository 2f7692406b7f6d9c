import { secretsIn, secretsMatch } from '../../../nodes/shared/secrets';

describe('the secret', () => {
	test.each([
		['the same', 'hemligt-å-1', 'hemligt-å-1', true],
		['another', 'hemligt', 'hemlig', false],
		['another of the same length', 'hemligt', 'hemligT', false],
		['none given', undefined, 'hemligt', false],
		['an empty one given', '', 'hemligt', false],
		['none expected', '', '', false],
		['none expected and none given', undefined, '', false],
		['a list of secrets', ['hemligt'], 'hemligt', false],
		['an object', { secret: 'hemligt' }, 'hemligt', false],
	])('%s', (_, given, expected, fits) => {
		expect(secretsMatch(given, expected)).toBe(fits);
	});

	test('one that the credential does not have fits nothing', () => {
		expect(secretsMatch('x', undefined as unknown as string)).toBe(false);
	});
});

test.each([
	['nothing', '', []],
	['one', 'hemligt', ['hemligt']],
	['one of words, none of which lets anybody in', 'en lång hemlighet', ['en lång hemlighet']],
	['two', 'a-new-long-secret an-old-long-secret', ['a-new-long-secret', 'an-old-long-secret']],
	['one long and one short: still one', 'a-new-long-secret old', ['a-new-long-secret old']],
])('a field holds %s', (_, field, secrets) => {
	expect(secretsIn(field)).toEqual(secrets);
});
