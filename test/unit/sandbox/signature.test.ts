import { signatureOf, signedName } from '../../sandbox/specter/signature';

const keys = {
	sbmId: '1234',
	apiUserKey: 'DUMMY-USER-KEY',
	integrationKey: 'DUMMY-INTEGRATION-KEY',
};

describe('signatureOf', () => {
	test.each([
		['109', '3755ee1506c346b70f33af51128b2dfd'],
		['ART-1', 'a0ca6744297139c372e78c4df47341ba'],
		['2024-01-31', 'd9240ec6c033be79c3a5e5bdb95b6969'],
		['Åkes Bygg AB', '3730867da6daf52698154910a5c3de96'],
	])('signs "%s" as the contract does', (signed, key) => {
		expect(signatureOf(signed, keys)).toBe(key);
	});
});

test('a name is signed trimmed, with its runs of blanks folded', () => {
	expect(signedName('  Åkes \t Bygg\r\nAB ')).toBe('Åkes Bygg AB');
});
