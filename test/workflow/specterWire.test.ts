import './withoutPauses';
import type { IDataObject } from 'n8n-workflow';
import { runNode } from './engine';
import { standIn, type StandIn } from './standIn';

let server: StandIn;

beforeEach(async () => (server = await standIn(() => ({ body: '1;1001;Done' }))));

/** The account of the contract's test vectors. */
const vectors = {
	apiVersion: '2',
	sbmId: '1234',
	apiUserKey: 'DUMMY-USER-KEY',
	integrationKey: 'DUMMY-INTEGRATION-KEY',
	apiUserId: '',
};

const send = async (
	resource: 'customer' | 'article' | 'order',
	record: unknown,
	credentials: IDataObject = {},
) =>
	await runNode(
		{
			specter: { credentials: { ...vectors, baseUrl: server.url, ...credentials } as never },
			vendre: { credentials: {} },
		},
		'specter',
		{ resource, operation: resource === 'order' ? 'create' : 'createOrUpdate' },
		[{ [resource === 'article' ? 'articles' : resource]: record } as IDataObject],
	);

const company = (name: string) => ({
	customerOrganizationalForm: 'C',
	name,
	emailAddress: 'ake@bygg.example',
});

describe('bytes on the wire (contract specter §1, §2)', () => {
	test('a write is a form, POSTed to putInfo.asp, with nothing in the address', async () => {
		await send('customer', company('Åkes Bygg AB'));
		const [request] = server.requests;
		expect(request.method).toBe('POST');
		expect(request.url).toBe('/putInfo.asp');
		expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(request.headers['content-length']).toBe(String(request.body.length));
		expect(request.body).toMatch(/^[\x21-\x7e]+$/);
	});

	test('å is one byte, and the signature is the vector’s', async () => {
		await send('customer', company('Åkes Bygg AB'));
		const fields = server.requests[0].body.split('&');
		expect(fields).toContain('name=%C5kes%20Bygg%20AB');
		expect(fields).toContain('key=3730867da6daf52698154910a5c3de96');
		expect(fields).toContain('action=newCustomerSubmit');
		expect(fields.some((field) => field.startsWith('apiUserId'))).toBe(false);
	});

	test.each(['A\u030akes Bygg AB', ' Åkes \u00a0 Bygg AB', 'Åkes Bygg\u200b AB'])(
		'%j is signed as the vector’s name',
		async (name) => {
			await send('customer', company(name));
			expect(server.requests[0].body).toContain('key=3730867da6daf52698154910a5c3de96');
		},
	);

	test('an article and an order have their vectors, too', async () => {
		await send('article', { articleNo: 'ART-1' });
		await send('order', {
			customerId: '109',
			rows: [{ articleNo: 'A', priceExclVAT: 1, noOfItems: 1, vatPercent: 25 }],
		});
		expect(server.requests[0].body).toContain('key=a0ca6744297139c372e78c4df47341ba');
		expect(server.requests[1].body).toContain('key=3755ee1506c346b70f33af51128b2dfd');
	});

	test('signs of forms and of typographers arrive as characters of a value', async () => {
		await send('customer', company('A&B=C+D%E;F – ’€č'));
		expect(server.requests[0].body.split('&')).toContain(
			'name=A%26B%3DC%2BD%25E%3BF%20-%20%27EURc',
		);
	});

	test('a base address below a path is kept', async () => {
		await send('customer', company('Bygg'), { baseUrl: `${server.url}/specter/` });
		expect(server.requests[0].url).toBe('/specter/putInfo.asp');
	});

	test('the keys themselves are never sent', async () => {
		await send('customer', company('Bygg'));
		expect(JSON.stringify(server.requests)).not.toContain('DUMMY');
	});
});
