import { callShop } from './client';
import { shop, stopAll } from './systems';

afterEach(stopAll);

describe('a Vendre that reads the contract otherwise', () => {
	test('takes a bearer key, saves by POST and wraps one record', async () => {
		const vendre = await shop({ authHeader: 'bearer', saveVerb: 'POST', wrapsOneRecord: true });
		const { id } = vendre.placeOrder('person');
		const headers = { 'X-Authorization': '', Authorization: `Bearer ${vendre.credentials.apiKey}` };
		const saved = { external_id: '70001' };
		const { data } = await callShop(vendre, 'POST', `orders/${id}`, saved, headers);
		expect(data.data).toMatchObject({ id, ...saved });
		expect(vendre.credentials).toMatchObject({ authHeader: 'bearer', saveVerb: 'POST' });
	});

	test('marks unfinished orders and guests by null', async () => {
		const vendre = await shop({ unfinishedStatusId: null, guestCustomerId: null });
		expect(vendre.placeOrder('unfinished').status_id).toBeNull();
		expect(vendre.placeOrder('guest').customer_id).toBeNull();
	});
});
