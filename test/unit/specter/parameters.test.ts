import fc from 'fast-check';
import {
	inAccountsWords,
	rowParameters,
	toParameters,
} from '../../../nodes/Specter/transport/parameters';

describe('a record as parameters', () => {
	test('flags go as 1 and 0; what has no value is not sent', () => {
		expect(
			toParameters({ sendOrderMail: true, isPrepayment: false, city: '', region: undefined }),
		).toEqual({ sendOrderMail: '1', isPrepayment: '0' });
	});

	test('a zero is a value', () => {
		expect(toParameters({ vatPercent: '0' })).toEqual({ vatPercent: '0' });
	});
});

describe('rows as parameters', () => {
	test('are numbered from 1, each field with its row’s number', () => {
		expect(
			rowParameters([
				{ articleNo: 'A', createArticleStock: true },
				{ articleNo: 'B', name: '', createArticleStock: false },
			]),
		).toEqual({
			articleNo_1: 'A',
			createArticleStock_1: '1',
			articleNo_2: 'B',
			createArticleStock_2: '0',
		});
	});

	test('none give none', () => {
		expect(rowParameters([])).toEqual({});
	});

	test('every value of every row is found under its number, without gaps', () => {
		const rows = fc.array(
			fc.record({ articleNo: fc.string({ minLength: 1 }), noOfItems: fc.nat().map(String) }),
			{ maxLength: 120 },
		);
		fc.assert(
			fc.property(rows, (given) => {
				const parameters = rowParameters(given);
				expect(Object.keys(parameters)).toHaveLength(2 * given.length);
				given.forEach(({ articleNo, noOfItems }, index) => {
					expect(parameters[`articleNo_${index + 1}`]).toBe(articleNo);
					expect(parameters[`noOfItems_${index + 1}`]).toBe(noOfItems);
				});
			}),
		);
	});
});

describe('what an account calls its parameters', () => {
	const order = {
		action: 'newOrderSubmit',
		name: 'Åkes Bygg AB',
		articleNo_1: 'A',
		articleNo_12: 'B',
	};

	test('takes the place of the contract’s names, in every row', () => {
		expect(inAccountsWords(order, { parameters: { articleNo: 'artNr' } })).toEqual({
			action: 'newOrderSubmit',
			name: 'Åkes Bygg AB',
			artNr_1: 'A',
			artNr_12: 'B',
		});
	});

	test('may hold for one function alone, which then counts more', () => {
		const parameters = { 'newOrderSubmit.name': 'customerName', name: 'fullName' };
		expect(inAccountsWords(order, { parameters })).toMatchObject({ customerName: 'Åkes Bygg AB' });
		const customer = { action: 'newCustomerSubmit', name: 'Åkes Bygg AB' };
		expect(inAccountsWords(customer, { parameters })).toMatchObject({ fullName: 'Åkes Bygg AB' });
	});

	test('may be nothing at all, and then it is not sent', () => {
		expect(
			inAccountsWords(order, { parameters: { 'newOrderSubmit.name': null } }),
		).not.toHaveProperty('name');
	});
});
