import { pauses } from './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { runNode, type OnError } from './engine';
import { expectNoSecrets } from './secrets';
import { standIn } from './standIn';
import { without } from './without';

let sandbox: Sandbox;
let serial = 0;

beforeAll(async () => (sandbox = await startSandbox({ products: 1 })));
afterAll(async () => await sandbox.stop());
beforeEach(() => {
	sandbox.specter.clearCalls();
	sandbox.specter.faults.clear();
});

const person = (fields: IDataObject = {}): IDataObject => ({
	customerOrganizationalForm: 'P',
	firstName: 'Åsa',
	surName: 'Öberg',
	emailAddress: `asa${++serial}@post.example`,
	...fields,
});

const send = async (
	customers: unknown[],
	parameters: IDataObject = {},
	onError?: OnError,
	systems: Parameters<typeof runNode>[0] = sandbox,
) =>
	await runNode(
		systems,
		'specter',
		{ resource: 'customer', operation: 'createOrUpdate', ...parameters },
		customers.map((customer, index) => ({ mark: index, customer }) as IDataObject),
		onError,
	);

const calls = () => sandbox.specter.calls;
const customerOf = (id: unknown) => sandbox.specter.customers.get(Number(id));

describe('what is sent and comes back', () => {
	test('a new person: her number, and the fields by Specter’s names', async () => {
		const customer = person({
			phoneNo: '+46 70-123 45 67',
			language: 'SE',
			address: 'Storgatan 5 – vhod č',
			zipCodeEng: '722 11',
			city: 'Västerås',
			countryCode: 'SE',
			faxNo: '',
		});
		const run = await send([customer]);
		expect(run.error).toBeUndefined();
		expect(run.items).toEqual([
			{
				json: {
					outcome: 'updated',
					customerId: expect.stringMatching(/^\d+$/) as string,
					emailAddress: customer.emailAddress,
					message: 'Customer created',
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(calls()).toHaveLength(1);
		expect(calls()[0].method).toBe('POST');
		const { key, ...params } = calls()[0].params;
		expect(key).toMatch(/^[0-9a-f]{32}$/);
		expect(params).toEqual({
			...without(customer, 'faxNo'),
			address: 'Storgatan 5 - vhod c',
			action: 'newCustomerSubmit',
			forceCustomerUpdate: '1',
			sbmId: sandbox.specter.credentials.sbmId,
			apiUserId: sandbox.specter.credentials.apiUserId,
		});
	});

	test('keys of version 1 work as well, without a user', async () => {
		const credentials = sandbox.specter.credentialsVersion1;
		const run = await send([person()], {}, undefined, { ...sandbox, specter: { credentials } });
		expect(run.error).toBeUndefined();
		expect(calls()[0].params).not.toHaveProperty('apiUserId');
	});

	test('a customer whom Specter matches by e-mail is overwritten and keeps the number', async () => {
		const customer = person({ city: 'Umeå' });
		const [first] = (await send([customer])).items;
		const [again] = (await send([{ ...customer, city: 'Luleå' }])).items;
		expect(again.json.customerId).toBe(first.json.customerId);
		expect(customerOf(first.json.customerId)?.city).toBe('Luleå');
	});

	test('with the switch off an existing customer keeps its data and its number comes back', async () => {
		const customer = person({ city: 'Umeå' });
		const [first] = (await send([customer])).items;
		const run = await send([{ ...customer, city: 'Luleå' }], { force: false });
		expect(run.items[0].json).toMatchObject({
			outcome: 'created',
			customerId: first.json.customerId,
			message: 'Customer exists',
		});
		expect(calls()[1].params.forceCustomerUpdate).toBe('0');
		expect(customerOf(first.json.customerId)?.city).toBe('Umeå');
	});

	test('a known number identifies, whatever the e-mail address', async () => {
		const [first] = (await send([person()])).items;
		const { customerId } = first.json;
		const [again] = (await send([person({ customerId })])).items;
		expect(again.json.customerId).toBe(customerId);
		expect(calls()[1].params).toMatchObject({ identifyByCustomerId: '1', customerId });
		expect(calls()[0].params).not.toHaveProperty('identifyByCustomerId');
	});

	test.each([
		['typographers’ signs', { firstName: 'Živa – “Zoë”', surName: 'D’Ambrožič-Łukasz' }],
		['a and a ring apart', { firstName: 'A\u030asa', surName: 'O\u0308berg' }],
		['blanks in plenty', { firstName: ' Anna \u00a0 Maria ', surName: '\tvon  Ö' }],
		['a smiley', { firstName: 'Åsa 😀', surName: 'Öberg' }],
		['blanks of no width', { firstName: 'Åsa \u200b ', surName: 'Öberg\u200b' }],
		['a control character', { firstName: 'Å\u0007sa', surName: 'Öberg \u0085 x' }],
		['signs of a form', { firstName: 'A&B=C;+%', surName: '"\'<>#' }],
		['a company name as well', { name: 'Åsas Garn' }],
	])('%s in a name: Specter accepts the signature', async (_, names) => {
		const run = await send([person(names)]);
		expect(run.error).toBeUndefined();
		expect(calls()[0].answer).toMatch(/^1;\d+;/);
	});

	test('fields may be filled in one by one', async () => {
		const fields = person({ city: 'Umeå', faxNo: '' });
		const run = await send([{}], { dataMode: 'fields', fields });
		expect(run.error).toBeUndefined();
		expect(calls()[0].params).toMatchObject({ city: 'Umeå', firstName: 'Åsa' });
	});

	test('the record may be JSON text', async () => {
		const run = await send([JSON.stringify(person())]);
		expect(run.items).toHaveLength(1);
	});
});

describe('what Specter matches by', () => {
	const company = (fields: IDataObject): IDataObject => ({
		customerOrganizationalForm: 'C',
		name: 'Åkes Bygg AB',
		...fields,
	});
	const orgNo = () => `556677-${String(++serial).padStart(4, '0')}`;
	const email = () => `ake${++serial}@bygg.example`;
	const numberOf = async (customer: IDataObject, matchBy?: string) => {
		const options = matchBy ? { matchBy } : {};
		const run = await send([customer], { options });
		expect(run.error).toBeUndefined();
		return run.items[0].json.customerId;
	};
	/** Two customers in Specter: one with the e-mail address, the other with the organisation number. */
	const two = async () => {
		const sent = { emailAddress: email(), orgNo: orgNo() };
		const byEmail = await numberOf(company({ emailAddress: sent.emailAddress }), 'nothing');
		const byOrgNo = await numberOf(company({ ...sent, emailAddress: email() }), 'nothing');
		sandbox.specter.clearCalls();
		return { sent: company(sent), byEmail, byOrgNo };
	};
	const controls = () =>
		Object.entries(calls()[0].params).filter(([name]) => /^(ignore|identify)/.test(name));

	test('the e-mail address, then the organisation number, where nothing is chosen', async () => {
		const { sent, byEmail, byOrgNo } = await two();
		expect(await numberOf({ ...sent, emailAddress: email() })).toBe(byOrgNo);
		expect(await numberOf({ ...sent, orgNo: '' }, 'emailThenOrgNo')).toBe(byEmail);
		expect(controls()).toEqual([]);
	});

	test('the e-mail address only', async () => {
		const { sent, byEmail, byOrgNo } = await two();
		expect(await numberOf(sent, 'email')).toBe(byEmail);
		expect(controls()).toEqual([['ignoreControlOrgNo', '1']]);
		const other = await numberOf({ ...sent, emailAddress: email() }, 'email');
		expect([byEmail, byOrgNo]).not.toContain(other);
	});

	test('the organisation number only', async () => {
		const { sent, byEmail, byOrgNo } = await two();
		expect(await numberOf(sent, 'orgNo')).toBe(byOrgNo);
		expect(controls()).toEqual([['ignoreControlEmail', '1']]);
		const other = await numberOf({ ...sent, orgNo: orgNo() }, 'orgNo');
		expect([byEmail, byOrgNo]).not.toContain(other);
	});

	test('nothing: a new customer each time, and so it is called', async () => {
		const { sent, byEmail, byOrgNo } = await two();
		const run = await send([sent, sent], { options: { matchBy: 'nothing' } });
		expect(run.items.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		const numbers = new Set([byEmail, byOrgNo, ...run.items.map(({ json }) => json.customerId)]);
		expect(numbers.size).toBe(4);
		expect(controls()).toEqual([
			['ignoreControlEmail', '1'],
			['ignoreControlOrgNo', '1'],
		]);
	});

	test.each(['email', 'emailThenOrgNo', 'nothing', 'orgNo'])(
		'a customer number comes before %s, and no control is left out with it',
		async (matchBy) => {
			const { sent, byEmail } = await two();
			const customer = { ...sent, emailAddress: email(), customerId: byEmail };
			expect(await numberOf(customer, matchBy)).toBe(byEmail);
			expect(controls()).toEqual([['identifyByCustomerId', '1']]);
		},
	);

	const noMatch: Array<[string, string, IDataObject]> = [
		['always a new customer', 'nothing', { orgNo: '556677-0001' }],
		['no organisation number to match by', 'orgNo', {}],
	];
	const faults = ['drop-before-commit', 'drop-after-commit', 'garbage', 'malformed'] as const;

	test.each(noMatch.flatMap((how) => faults.map((kind) => [...how, kind] as const)))(
		'%s (%s, %j): not sent again after %s, and the user is told what is not known',
		async (_, matchBy, fields, kind) => {
			const customer = company({ emailAddress: email(), ...fields });
			const before = sandbox.specter.customers.size;
			sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind });
			const run = await send([customer], { options: { matchBy } }, 'continueRegularOutput');
			expect(calls()).toHaveLength(1);
			expect(sandbox.specter.customers.size - before).toBeLessThanOrEqual(1);
			expect(run.items[0].json).toMatchObject({
				details: expect.stringContaining(
					`The customer ${String(customer.emailAddress)} may or may not stand in Specter: look there`,
				) as string,
				retryable: false,
			});
			expectNoSecrets(sandbox, run);
		},
	);

	test.each([
		['email', {}],
		['orgNo', { orgNo: '556677-9999' }],
	])(
		'%s with something to match by (%j): sent again, and there is one',
		async (matchBy, fields) => {
			const before = sandbox.specter.customers.size;
			sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind: 'drop-after-commit' });
			const customer = company({ emailAddress: email(), ...fields });
			const run = await send([customer], { options: { matchBy } });
			expect(run.items[0].json.outcome).toBe('updated');
			expect(calls()).toHaveLength(2);
			expect(sandbox.specter.customers.size).toBe(before + 1);
		},
	);

	test('a customer number is something to go by, whatever is chosen: sent again', async () => {
		const { sent, byEmail } = await two();
		sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind: 'drop-after-commit' });
		const options = { matchBy: 'nothing' };
		const run = await send([{ ...sent, customerId: byEmail }], { options });
		expect(run.items[0].json).toMatchObject({ outcome: 'updated', customerId: byEmail });
		expect(calls()).toHaveLength(2);
	});
});

describe('several items', () => {
	test('come out in their order and paired, whichever is answered first', async () => {
		sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind: 'delay', delayMs: 150 });
		const customers = [person(), person(), person(), person(), person()];
		const run = await send(customers);
		expect(run.items.map(({ json }) => json.emailAddress)).toEqual(
			customers.map(({ emailAddress }) => emailAddress),
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual(
			customers.map((_, item) => ({ item })),
		);
		expect(calls().at(-1)?.params.emailAddress).toBe(customers[0].emailAddress);
	});

	test.each([1, 3])('are sent at most %i at a time, as chosen', async (parallelRequests) => {
		let running = 0;
		let most = 0;
		const server = await standIn(async () => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setTimeout(resolve, 15));
			running--;
			return { body: '1;1;Done' };
		});
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const run = await send(
			Array.from({ length: 9 }, () => person()),
			{ options: { parallelRequests } },
			undefined,
			{ ...sandbox, specter: { credentials } },
		);
		await server.stop();
		expect(run.items).toHaveLength(9);
		expect(most).toBe(parallelRequests);
	});

	test('a bad one and a refused one go to the error output with their input, the others through', async () => {
		const customers = [
			person(),
			{ ...person(), emailAddress: '' },
			person({ customerId: '999999' }),
			person(),
		];
		const run = await send(customers, {}, 'continueErrorOutput');
		expect(run.error).toBeUndefined();
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 3 }]);
		expect(run.failed.map(({ json }) => json)).toEqual([
			{
				mark: 1,
				customer: customers[1],
				error: 'The customer cannot be used: emailAddress is "": a value is required',
				details: expect.stringContaining('Correct the value') as string,
			},
			{
				mark: 2,
				customer: customers[2],
				error: `Specter refused the customer ${customers[2].emailAddress as string}: Customer 999999 does not exist (code 10)`,
				details: expect.stringContaining('Correct the customer') as string,
			},
		]);
		expect(run.failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 2 }]);
		expect(calls()).toHaveLength(3);
		expectNoSecrets(sandbox, run);
	});

	test('on the regular output they stand in their place', async () => {
		const run = await send([{}, person()], {}, 'continueRegularOutput');
		expect(run.items.map(({ json }) => Object.keys(json))).toEqual([
			['mark', 'customer', 'error', 'details', 'retryable'],
			['outcome', 'customerId', 'emailAddress', 'message'],
		]);
	});

	test('without either the first failure stops the node and names its item', async () => {
		const run = await send([person(), person({ customerId: '999999' })]);
		expect(run.items).toEqual([]);
		expect(run.error?.message).toContain('Customer 999999 does not exist (code 10)');
		expect(run.error?.context?.itemIndex).toBe(1);
	});
});

describe('records that may be one new customer’s', () => {
	const shared = 'asa@delad.example';
	/** How many of these records Specter has before it at once, all sent in one execution or one in each. */
	const mostAtOnce = async (customers: IDataObject[], matchBy: string, apart = false) => {
		let running = 0;
		let most = 0;
		const server = await standIn(async () => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setTimeout(resolve, 40));
			running--;
			return { body: '1;1;Done' };
		});
		const credentials = { ...sandbox.specter.credentials, baseUrl: server.url };
		const runs = await Promise.all(
			(apart ? customers.map((customer) => [customer]) : [customers]).map(
				async (sent) =>
					await send(sent, { options: { matchBy, parallelRequests: 5 } }, undefined, {
						...sandbox,
						specter: { credentials },
					}),
			),
		);
		await server.stop();
		expect(runs.flatMap(({ items }) => items)).toHaveLength(customers.length);
		return most;
	};
	const byEmail = () => [
		person({ emailAddress: shared }),
		person({ emailAddress: ' Asa@Delad.EXAMPLE' }),
		person({ emailAddress: shared }),
	];
	const byOrgNo = () => [person({ orgNo: '800101-1234' }), person({ orgNo: '8001011234 ' })];

	test.each([
		['emailThenOrgNo', byEmail],
		['email', byEmail],
		['emailThenOrgNo', byOrgNo],
		['orgNo', byOrgNo],
	])('go one after another where %s finds them: %#', async (matchBy, customers) => {
		expect(await mostAtOnce(customers(), matchBy)).toBe(1);
		expect(await mostAtOnce(customers(), matchBy, true)).toBe(1);
	});

	test.each([
		['email', byOrgNo],
		['orgNo', () => byEmail().slice(1)],
		['nothing', () => byEmail().slice(1)],
		['emailThenOrgNo', () => [person(), person()]],
		['emailThenOrgNo', () => [1001, 1002].map((id) => person({ ...byEmail()[0], customerId: id }))],
	])('go at once where %s takes them for two: %#', async (matchBy, customers) => {
		expect(await mostAtOnce(customers(), matchBy)).toBe(2);
	});

	test('those that go through each other’s e-mail and organisation number all get through', async () => {
		const orgNos = ['800101-1234', '800202-1234'];
		const customers = [0, 1, 0, 1].map((other, index) =>
			person({ emailAddress: `${index % 3}@kors.example`, orgNo: orgNos[other] }),
		);
		expect(await mostAtOnce(customers, 'emailThenOrgNo')).toBeLessThanOrEqual(2);
	});
});

describe('bad input is never sent', () => {
	test.each([
		['nothing', undefined],
		['null', null],
		['text that is no JSON', 'Åsa'],
		['a number', 5],
		['a list', [person()]],
		['an unknown field', person({ emailAdress: 'x' })],
		['a name that is too long', person({ surName: 'ö'.repeat(51) })],
		['a company without a name', person({ customerOrganizationalForm: 'C' })],
	])('%s', async (_, customer) => {
		const run = await send([customer]);
		expect(run.error?.message).toMatch(
			/^The (customer cannot be used|parameter customer holds no)/,
		);
		expect(run.error?.description).toBeTruthy();
		expect(calls()).toHaveLength(0);
	});
});

describe('what goes wrong on the way', () => {
	test.each(['drop-before-commit', 'drop-after-commit', 'garbage', 'malformed'] as const)(
		'%s: sent again, and there is one customer',
		async (kind) => {
			const { emailAddress } = person();
			const before = sandbox.specter.customers.size;
			sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind, times: 2 });
			const run = await send([person({ emailAddress })]);
			expect(run.items[0].json.customerId).toBe(
				String(sandbox.specter.customerRegister.withEmail(String(emailAddress))?.customerId),
			);
			expect(sandbox.specter.customers.size).toBe(before + 1);
			expect(calls()).toHaveLength(3);
		},
	);

	test('429 with Retry-After: waited for as long as asked', async () => {
		const fault = { kind: 'status', status: 429, retryAfter: '17' } as const;
		sandbox.specter.faults.add({ on: 'newCustomerSubmit', ...fault });
		const run = await send([person()]);
		expect(run.items).toHaveLength(1);
		expect(pauses()).toEqual([17_000]);
	});

	test('500 for ever: six tries, then an error that says what to look at', async () => {
		sandbox.specter.faults.add({ on: 'newCustomerSubmit', kind: 'status', status: 500, times: 99 });
		const run = await send([person()]);
		expect(run.error?.message).toBe(
			'Specter answered newCustomerSubmit with HTTP status 500 and nothing that can be read (6 tries)',
		);
		expect(run.error?.description).toContain('out of order or overloaded');
		expect(run.error?.httpCode).toBe('500');
		expect(calls()).toHaveLength(6);
		expectNoSecrets(sandbox, run);
	});
});
