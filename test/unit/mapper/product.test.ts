import fc from 'fast-check';
import { articleChange } from '../../../nodes/Specter/changes';
import { mapProduct } from '../../../nodes/VendreSpecterMapper/mapping/product';
import type { ProductSettings } from '../../../nodes/VendreSpecterMapper/mapping/settings';

/** The mapper's parameters as a user finds them. */
const settings: ProductSettings = {
	nameLanguage: 'sv',
	newProductsActive: false,
	categoryIds: '',
	taxClassByVat: { '25': '2', '12': '4', '6': '3', '0': '5' },
	takePurchasePrice: true,
	takeReorderPoint: true,
	packagesAreSold: false,
	suppliers: undefined,
};
const withSuppliers = { suppliers: { ids: { '1001': '4', '1002': '7' }, currencyId: '3' } };

const bowl = {
	articleNo: 'SKÅL-1',
	name: 'Skål',
	priceExclVAT: '120.50',
	vatPercent: '25.00',
	buyPrice: '60.25',
	barCode: '7310000000017',
	productWeight: '0.450',
	supplierArticleNo: 'UD39',
	reorderPoint: '5',
	notes: 'Handdrejad',
	isPackage: false,
	deleted: false,
	suppliers: [{ supplierNo: '1001', name: 'Keramik AB', buyPrice: '60.25', articleNo: 'K-77' }],
};

const map = (changes: object = {}, chosen: Partial<ProductSettings> = {}) =>
	mapProduct(articleChange.parse({ ...bowl, articleNo: 'A-1', ...changes }), {
		...settings,
		...chosen,
	});

const refusalOf = (changes: object, chosen: Partial<ProductSettings> = {}): unknown => {
	try {
		map(changes, chosen);
	} catch (error) {
		return error;
	}
	throw new TypeError('It was accepted');
};

describe('a new product', () => {
	test('has stock 0, its number, and is in the listing (A1, A2, A4)', () => {
		const { articleNumber, createMissing, create } = map();
		expect({ articleNumber, createMissing }).toEqual({
			articleNumber: 'A-1',
			createMissing: true,
		});
		expect(create).toMatchObject({ quantity: 0, article_number: 'A-1', show: true });
	});

	test('has every field, as the shop’s own rows have them (A1–A8, A10–A16)', () => {
		const { create, notes } = map({}, { categoryIds: '734', ...withSuppliers });
		expect(create).toEqual({
			article_number: 'A-1',
			name: { sv: 'Skål' },
			price: 120.5,
			tax_class_id: 2,
			price_in: 60.25,
			ean1: '7310000000017',
			weight: 0.45,
			manufacturer_model: 'UD39',
			quantity: 0,
			status: false,
			show: true,
			note: 'Handdrejad',
			reorder_stock: 5,
			category_ids: [734],
			suppliers: [{ id: 4, model: 'K-77', price: '60.2500', currencies_id: 3 }],
		});
		expect(notes).toEqual([]);
	});

	test('is active where the user wants it so (A3)', () => {
		expect(map({}, { newProductsActive: true }).create.status).toBe(true);
	});

	test.each([
		['the user does not take them', {}, { takePurchasePrice: false, takeReorderPoint: false }],
		['the shop sells packages', {}, { packagesAreSold: true }],
		['the article is a package', { isPackage: true }, {}],
	])('has no purchase price and no reorder point where %s (A5, A7)', (_, changes, chosen) => {
		const { create } = map(changes, chosen);
		expect(create).not.toHaveProperty('price_in');
		expect(create).not.toHaveProperty('reorder_stock');
	});

	test('takes purchase price and reorder point each by its own setting (A5, A7)', () => {
		const priceOnly = map({}, { takeReorderPoint: false }).create;
		expect(priceOnly).toMatchObject({ price_in: 60.25 });
		expect(priceOnly).not.toHaveProperty('reorder_stock');
		const pointOnly = map({}, { takePurchasePrice: false }).create;
		expect(pointOnly).toMatchObject({ reorder_stock: 5 });
		expect(pointOnly).not.toHaveProperty('price_in');
	});

	test('has the notes that Specter sent, empty ones too (A6)', () => {
		expect(map({ notes: '' }).create.note).toBe('');
		expect(map({ notes: undefined }).create).not.toHaveProperty('note');
	});

	test('stands in the categories of the settings, in none where they name none (A8)', () => {
		expect(map({}, { categoryIds: ' 734,348 , ' }).create.category_ids).toEqual([734, 348]);
		expect(map({}, { categoryIds: ' ' }).create).not.toHaveProperty('category_ids');
		expect(refusalOf({}, { categoryIds: '734, Skålar' })).toMatchObject({
			message: '" Skålar" in the parameter Category IDs of New Products is no ID of the shop',
		});
	});

	test.each([
		['empty', () => map({ name: '' })],
		['not sent', () => map({ name: undefined })],
	])('has its number as the name where Specter’s is %s (A11)', (_, mapped) => {
		const { create, update, notes } = mapped();
		expect(create.name).toEqual({ sv: 'A-1' });
		expect(update).not.toHaveProperty('name');
		expect(notes).toEqual(['Article A-1 has no name: a new product gets its number as the name']);
	});
});

describe('a product that is there', () => {
	test('gets suppliers, name, EAN, price, weight, VAT class and manufacturer’s number alone (A10–A16)', () => {
		expect(map({}, { categoryIds: '734', ...withSuppliers }).update).toEqual({
			suppliers: [{ id: 4, model: 'K-77', price: '60.2500', currencies_id: 3 }],
			name: { sv: 'Skål' },
			ean1: '7310000000017',
			price: 120.5,
			weight: 0.45,
			tax_class_id: 2,
			manufacturer_model: 'UD39',
		});
	});

	test('becomes inactive and nothing else where the article was deleted (A9)', () => {
		expect(map({ deleted: true, priceExclVAT: 'x', vatPercent: '19', name: '' })).toEqual({
			articleNumber: 'A-1',
			formerArticleNumber: '',
			createMissing: false,
			create: {},
			update: { status: false },
			notes: ['Article A-1 was deleted in Specter: the product becomes inactive'],
		});
	});

	test('gets the new number where the article was renamed (A17)', () => {
		const renamed = map({ oldArticleNo: 'A-0' });
		expect(renamed).toMatchObject({ articleNumber: 'A-1', formerArticleNumber: 'A-0' });
		expect(renamed.update.article_number).toBe('A-1');
		expect(renamed.create.article_number).toBe('A-1');
	});

	test.each([['A-1'], [''], [undefined]])(
		'keeps its number where the old one is %p (A17)',
		(oldArticleNo) => {
			const { formerArticleNumber, update } = map({ oldArticleNo });
			expect(formerArticleNumber).toBe('');
			expect(update).not.toHaveProperty('article_number');
		},
	);

	test('is still found by its former number where it was renamed and then deleted (A9, A17)', () => {
		const gone = map({ oldArticleNo: 'A-0', deleted: true });
		expect(gone).toMatchObject({ formerArticleNumber: 'A-0', update: { status: false } });
		expect(gone.update).not.toHaveProperty('article_number');
	});
});

describe('what Specter did not say', () => {
	test('is in neither record', () => {
		const { articleNumber, create, update } = mapProduct(
			articleChange.parse({ articleNo: 'A-1' }),
			{ ...settings, ...withSuppliers },
		);
		expect(articleNumber).toBe('A-1');
		expect(Object.keys(update)).toEqual([]);
		expect(create).toEqual({
			article_number: 'A-1',
			name: { sv: 'A-1' },
			quantity: 0,
			status: false,
			show: true,
		});
	});

	test('sent empty, the EAN becomes empty and the weight none (A12, A14)', () => {
		const { create, update } = map({ barCode: '', productWeight: '' });
		const empty = { ean1: '', weight: null };
		expect(create).toMatchObject(empty);
		expect(update).toMatchObject(empty);
	});

	test('sent empty, the manufacturer’s number of the shop, which Specter was never told, stays (A16)', () => {
		const { create, update } = map({ supplierArticleNo: '' });
		expect(create.manufacturer_model).toBe('');
		expect(update).not.toHaveProperty('manufacturer_model');
	});

	test('sent empty, prices, VAT and reorder point are left alone (A5, A7, A13, A15)', () => {
		const numbers = { priceExclVAT: '', vatPercent: '', buyPrice: '', reorderPoint: '' };
		const { create, update, notes } = map(numbers);
		for (const field of ['price', 'tax_class_id', 'price_in', 'reorder_stock']) {
			expect(create).not.toHaveProperty(field);
			expect(update).not.toHaveProperty(field);
		}
		expect(notes).toEqual(['Specter tells no VAT of article A-1: the tax class is left alone']);
	});
});

describe('numbers', () => {
	test('0 is a number like any other (A5, A7, A13, A14, A15)', () => {
		const zero = { priceExclVAT: '0', vatPercent: '0', buyPrice: '0.00', reorderPoint: '0' };
		expect(map({ ...zero, productWeight: '0' }).create).toMatchObject({
			price: 0,
			tax_class_id: 5,
			price_in: 0,
			reorder_stock: 0,
			weight: 0,
		});
	});

	test('of any size and sign come as the numbers that they are (A5, A7, A13, A14)', () => {
		const amount = fc
			.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 4 }))
			.map(([digits, decimals]) => (digits / 10 ** decimals).toFixed(decimals));
		fc.assert(
			fc.property(amount, amount, amount, amount, (price, buyPrice, weight, point) => {
				const told = { priceExclVAT: price, buyPrice, productWeight: weight, reorderPoint: point };
				const { create, update } = map(told);
				expect(create).toMatchObject({
					price: Number(price),
					price_in: Number(buyPrice),
					weight: Number(weight),
					reorder_stock: Number(point),
				});
				expect(update).toMatchObject({ price: Number(price), weight: Number(weight) });
			}),
		);
	});

	test.each(['priceExclVAT', 'vatPercent', 'buyPrice', 'productWeight', 'reorderPoint'])(
		'%s that cannot be read is refused by name (A5, A7, A13, A14, A15)',
		(field) => {
			for (const value of ['saknas', '1.234,50', '0x10', 'Infinity', '12 kr', '-', '1e999']) {
				expect(refusalOf({ [field]: value })).toMatchObject({
					message: `The ${field} of article A-1 is "${value}", which is no number`,
				});
			}
		},
	);

	test('what is not taken is not read (A5, A7)', () => {
		const unread = { buyPrice: 'saknas', reorderPoint: 'saknas' };
		expect(map({ ...unread, isPackage: true }).create).toMatchObject({ price: 120.5 });
	});
});

describe('VAT class (A15)', () => {
	test.each([
		['25', 2],
		['25.00', 2],
		['12.0', 4],
		['6', 3],
		['0.00', 5],
	])('VAT %s is class %p', (vatPercent, taxClass) => {
		const { create, update } = map({ vatPercent });
		expect([create.tax_class_id, update.tax_class_id]).toEqual([taxClass, taxClass]);
	});

	test('the user’s rates may be written with decimals as well', () => {
		expect(map({}, { taxClassByVat: { '': '9', '25.0': '1' } }).update.tax_class_id).toBe(1);
	});

	test('a rate that is not in the table is refused, and so is an empty entry for 0', () => {
		expect(refusalOf({ vatPercent: '19' })).toMatchObject({
			message: 'Article A-1 has 19 % VAT, for which the shop’s tax class is not given',
			whatToDo: expect.stringContaining('Tax Class by VAT') as string,
		});
		expect(refusalOf({ vatPercent: '0' }, { taxClassByVat: { '': '9' } })).toMatchObject({
			message: expect.stringContaining('0 % VAT') as string,
		});
	});

	test('a class that is no id is refused by its parameter', () => {
		expect(refusalOf({}, { taxClassByVat: { '25': 'Moms 25' } })).toMatchObject({
			message: '"Moms 25" in the parameter Tax Class by VAT is no ID of the shop',
		});
	});
});

describe('suppliers (A10)', () => {
	const supplier = (changes: object) => ({ ...bowl.suppliers[0], ...changes });

	test('are not taken unless the user says so', () => {
		const { create, update } = map();
		expect(create).not.toHaveProperty('suppliers');
		expect(update).not.toHaveProperty('suppliers');
	});

	test('that the user did not map are left out, with a note', () => {
		const suppliers = [supplier({ supplierNo: '9', name: 'Okänd AB' }), supplier({})];
		const { update, notes } = map({ suppliers }, withSuppliers);
		expect(update.suppliers?.map(({ id }) => id)).toEqual([4]);
		expect(notes).toEqual(['Supplier "9" (Okänd AB) is not in Supplier IDs and was left out']);
		const none = map({ suppliers: suppliers.slice(0, 1) }, withSuppliers);
		expect(none.update).not.toHaveProperty('suppliers');
	});

	test('have no price and no currency where none is told', () => {
		const ids = { '1001': '4' };
		const { update } = map(
			{ suppliers: [supplier({ buyPrice: '', articleNo: '' })] },
			{ suppliers: { ids, currencyId: '' } },
		);
		expect(update.suppliers).toEqual([{ id: 4, model: '' }]);
	});

	test('with a price that cannot be read are refused by name', () => {
		expect(refusalOf({ suppliers: [supplier({ buyPrice: 'x' })] }, withSuppliers)).toMatchObject({
			message: 'The buyPrice of supplier "1001" of article A-1 is "x", which is no number',
		});
	});

	test('with an id or a currency that is none are refused by the parameter', () => {
		const ids = { '1001': 'Keramik' };
		expect(refusalOf({}, { suppliers: { ids, currencyId: '' } })).toMatchObject({
			message: '"Keramik" in the parameter Supplier IDs is no ID of the shop',
		});
		const sek = { ids: { '1001': '4' }, currencyId: 'SEK' };
		expect(refusalOf({}, { suppliers: sek })).toMatchObject({
			message: '"SEK" in the parameter Currency ID of Suppliers is no ID of the shop',
		});
	});
});

test('a name stands in the language of the settings, in create and update (A11)', () => {
	const { create, update } = map({}, { nameLanguage: 'en' });
	expect([create.name, update.name]).toEqual([{ en: 'Skål' }, { en: 'Skål' }]);
});

test('a number that makes trouble elsewhere is kept, with a note (A2)', () => {
	const { articleNumber, notes } = map({ articleNo: bowl.articleNo });
	expect(articleNumber).toBe('SKÅL-1');
	expect(notes).toEqual([expect.stringContaining('Article number "SKÅL-1" has blanks')]);
});

test('an article without a number is refused', () => {
	expect(refusalOf({ articleNo: '' })).toMatchObject({
		message: 'The article change has no articleNo',
	});
});
