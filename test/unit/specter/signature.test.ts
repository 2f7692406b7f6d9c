import {
	signatureOf,
	signedParameters,
	type SpecterCredential,
} from '../../../nodes/Specter/transport/signature';

const credential: SpecterCredential = {
	baseUrl: 'https://api.specter.se/',
	apiVersion: '2',
	sbmId: '1234',
	apiUserKey: 'DUMMY-USER-KEY',
	integrationKey: 'DUMMY-INTEGRATION-KEY',
	apiUserId: '7',
};

const keyOf = (parameters: Record<string, string>, use: Partial<SpecterCredential> = {}) =>
	signedParameters({ ...credential, ...use }, parameters).key;

/** Contract specter §2. */
const VECTORS = [
	['109', '3755ee1506c346b70f33af51128b2dfd'],
	['ART-1', 'a0ca6744297139c372e78c4df47341ba'],
	['2024-01-31', 'd9240ec6c033be79c3a5e5bdb95b6969'],
	['Åkes Bygg AB', '3730867da6daf52698154910a5c3de96'],
] as const;

describe('the vectors of the contract', () => {
	test.each(VECTORS)('%s', (x, key) => {
		expect(signatureOf(credential, x)).toBe(key);
	});

	test.each(['1', '2'] as const)('version %s signs alike, with its own two keys', (apiVersion) => {
		const use = { apiVersion };
		expect(keyOf({ action: 'newOrderSubmit', customerId: '109' }, use)).toBe(VECTORS[0][1]);
		expect(keyOf({ action: 'newArticleSubmit', articleNo_1: 'ART-1' }, use)).toBe(VECTORS[1][1]);
		expect(keyOf({ action: 'checkAccountSettings', date: '2024-01-31' }, use)).toBe(VECTORS[2][1]);
		expect(
			keyOf(
				{ action: 'newCustomerSubmit', customerOrganizationalForm: 'C', name: 'Åkes Bygg AB' },
				use,
			),
		).toBe(VECTORS[3][1]);
	});
});

describe('what each function signs', () => {
	const batchFunctions = [
		'getArticleExternalNeedUpdate',
		'updateArticlesFromBatch',
		'getArticleInfoExternalNeedUpdate',
		'updateArticleInfosFromBatch',
		'getOrdersExternalNeedUpdate',
		'updateOrdersFromBatch',
		'clearArticleBatch',
	].map((action) => [action, { batchNo: '0a1b' }, '0a1b'] as const);

	test.each([
		['newOrderSubmit', { customerId: '5', externalOrderNo: '9' }, '5'],
		['newArticleSubmit', { articleNo_1: 'A', articleNo_2: 'B' }, 'A'],
		['newDeliverySubmit', { orderId: '70001' }, '70001'],
		['newInvoiceSubmit', { orderId: '70001' }, '70001'],
		['getPDFLink', { documentId: '90001' }, 'getPDFLink90001'],
		['checkAccountSettings', { date: '2026-02-03' }, '2026-02-03'],
		...batchFunctions,
	] as const)('%s', (action, parameters, x) => {
		expect(keyOf({ action, ...parameters })).toBe(signatureOf(credential, x));
	});

	test('a function that the contract does not name is not sent at all', () => {
		expect(() => keyOf({ action: 'dropTables' })).toThrow(/dropTables/);
	});
});

describe('the customer’s name', () => {
	const signsAs = (parameters: Record<string, string>, x: string) =>
		expect(keyOf({ action: 'newCustomerSubmit', ...parameters })).toBe(signatureOf(credential, x));

	test('a company’s own', () => {
		signsAs(
			{ customerOrganizationalForm: 'C', name: 'Åkes Bygg AB', firstName: 'Åke' },
			'Åkes Bygg AB',
		);
	});

	test('a person’s first and last name, also where a company name is sent along', () => {
		const person = { customerOrganizationalForm: 'P', firstName: 'Åsa', surName: 'Öberg' };
		signsAs(person, 'Åsa Öberg');
		signsAs({ ...person, name: 'Åsas Garn' }, 'Åsa Öberg');
	});

	test.each([
		['blanks around it', '  Åkes Bygg AB \t', 'Åkes Bygg AB'],
		['runs of blanks', 'Åkes  \t Bygg\n AB', 'Åkes Bygg AB'],
		['a blank that does not break', 'Åkes\u00a0 Bygg AB', 'Åkes Bygg AB'],
		['a blank of no width between blanks', 'Åkes \u200b Bygg AB', 'Åkes Bygg AB'],
		[
			'something at the end that Latin-1 lacks and nothing spells',
			'Åkes Bygg AB \u200b',
			'Åkes Bygg AB',
		],
		['å as a and a ring', 'A\u030akes Bygg AB', 'Åkes Bygg AB'],
		['dash and apostrophe of typographers', 'Åke’s – Bygg', "Åke's - Bygg"],
	])('%s', (_, name, x) => {
		signsAs({ customerOrganizationalForm: 'C', name }, x);
	});
});

describe('account and user', () => {
	const order = { action: 'newOrderSubmit', customerId: '109' };

	test('the user goes along with version 2, where one was given', () => {
		expect(signedParameters(credential, order)).toMatchObject({ sbmId: '1234', apiUserId: '7' });
		expect(signedParameters({ ...credential, apiUserId: '' }, order)).not.toHaveProperty(
			'apiUserId',
		);
	});

	test('never with version 1, even where the credential still holds one', () => {
		expect(signedParameters({ ...credential, apiVersion: '1' }, order)).not.toHaveProperty(
			'apiUserId',
		);
	});

	test('the keys themselves are in no parameter', () => {
		const sent = JSON.stringify(signedParameters(credential, order));
		expect(sent).not.toContain('DUMMY');
	});
});
