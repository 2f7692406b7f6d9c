import { productFingerprint } from '../../../nodes/Vendre/fingerprint';

const MUG = {
	article_number: 'M-1',
	ean1: '',
	name: { sv: 'Mugg', en: 'Mug' },
	price: 79.5,
	price_in: null,
	tax_class_id: 2,
	weight: 0.35,
};

test.each([
	['numbers as text', { price: '79.50', tax_class_id: '2', weight: '0,35' }],
	['a missing purchase price', { price_in: undefined }],
	['an EAN of null', { ean1: null }],
	['blanks around a text', { article_number: ' M-1', name: { sv: 'Mugg ', en: 'Mug' } }],
	['languages in another order', { name: { en: 'Mug', sv: 'Mugg' } }],
	['an empty name in a further language', { name: { sv: 'Mugg', en: 'Mug', de: '' } }],
	['what Specter does not get', { quantity: 7, note: 'Ny', date_modified: 1 }],
])('%s is the same state of a product', (_, fields) => {
	expect(productFingerprint({ ...MUG, ...fields })).toBe(productFingerprint(MUG));
});

test.each([
	['article_number', 'M-2'],
	['ean1', '7350000000017'],
	['name', { sv: 'Mugg', en: 'Cup' }],
	['price', 79.51],
	['price', 'at request'],
	['price_in', 40],
	['tax_class_id', 4],
	['weight', 0.351],
])('another %s (%j) is another state', (field, value) => {
	expect(productFingerprint({ ...MUG, [field]: value })).not.toBe(productFingerprint(MUG));
});

test('a state has the fingerprint that was kept of it, else every product would be sent again', () => {
	expect(
		productFingerprint({
			article_number: 'MUGG-BLÅ',
			ean1: '7350000000017',
			name: { sv: 'Mugg – blå', en: 'A  b' },
			price: '263,20',
			price_in: null,
			tax_class_id: '2',
			weight: '',
		}),
	).toBe('3f76aca921a89513');
});

test('a value does not stand in for that of the next field', () => {
	const [first, second] = [
		{ ...MUG, price: 5, price_in: null },
		{ ...MUG, price: null, price_in: 5 },
	];
	expect(productFingerprint(first)).not.toBe(productFingerprint(second));
});
