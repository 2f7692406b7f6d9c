import fc from 'fast-check';
import { vendreProduct } from '../../../nodes/Vendre/records';
import { articleNumberNotes, mapArticle } from '../../../nodes/VendreSpecterMapper/mapping/article';
import { settings } from './examples';

const product = (changes: Record<string, unknown> = {}) =>
	vendreProduct.parse({
		id: 1,
		article_number: 'A-2',
		name: { sv: 'Skål', en: 'Bowl' },
		price: '499,0566',
		ean1: '',
		weight: null,
		price_in: null,
		quantity: 3,
		...changes,
	});

describe('a product as article (P1–P8)', () => {
	test('a changed article number goes as the rename of the old one (P7)', () => {
		const article = mapArticle(
			product(),
			{ articleNo: 'A-1', newArticleNo: 'A-2', vatPercent: '6' },
			settings,
		);
		expect(article).toMatchObject({ articleNo: 'A-1', newArticleNo: 'A-2' });
	});

	test('what the shop does not have is left out, not sent as 0 (P4, P5, P6)', () => {
		const article = mapArticle(
			product(),
			{ articleNo: 'A-2', vatPercent: '6' },
			{ ...settings, purchasePrice: true },
		);
		expect(article).toEqual({
			articleNo: 'A-2',
			name: 'Skål',
			priceExclVAT: '499.06',
			vatPercent: '6',
			createArticleStock: true,
		});
	});

	test('the name is in the chosen language, else in one that has it (P1)', () => {
		const name = (use: object, changes = {}) =>
			mapArticle(product(changes), { articleNo: 'A', vatPercent: '6' }, { ...settings, ...use })
				.name;
		expect(name({ nameLanguage: 'en' })).toBe('Bowl');
		expect(name({ nameLanguage: 'fi' })).toBe('Skål');
		expect(name({}, { name: { sv: '', en: '' } })).toBe('A');
	});

	test('prices have 2 decimals and weights 3, whatever the shop has (P2, P6)', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0, max: 1e6, noNaN: true }),
				fc.double({ min: 0, max: 1e3, noNaN: true }),
				(price, weight) => {
					const as = { articleNo: 'A', vatPercent: '25' };
					const article = mapArticle(product({ price, weight }), as, settings);
					expect(article.priceExclVAT).toMatch(/^\d+\.\d{2}$/);
					expect(article.productWeight).toMatch(/^\d+\.\d{3}$/);
					expect(Math.abs(Number(article.priceExclVAT) - price)).toBeLessThanOrEqual(0.00501);
				},
			),
		);
	});
});

describe('the notes about an article number', () => {
	test.each([
		['an en dash', 'MUGG–1', 'MUGG-1'],
		['a letter of another script', 'Ω1', 'O1'],
		['a and a ring apart', 'A\u030a-1', 'Å-1'],
	])('%s: what it becomes in Specter, and what that does', (_, articleNo, inSpecter) => {
		expect(articleNumberNotes(articleNo)).toContainEqual(
			`Article number "${articleNo}" has characters that cannot be sent to Specter, where it becomes "${inSpecter}": changes from Specter will not find the product until its number in the shop is changed`,
		);
	});

	test('å and blanks are Specter’s as well, and may be refused elsewhere', () => {
		expect(articleNumberNotes('BLÅ 1')).toEqual([expect.stringContaining('some systems refuse')]);
	});

	test('both where both are so', () => {
		expect(articleNumberNotes('MUGG – 1')).toHaveLength(2);
	});

	test('none about one that is as good', () => {
		expect(articleNumberNotes('MUGG-1_é½')).toEqual([]);
	});
});
