import fc from 'fast-check';
import { importVariants } from '../../sandbox/vendre/excelImport';
import type { ProductRecord } from '../../sandbox';
import { VendreShop } from '../../sandbox/vendre/shop';
import { make, type Product } from './variantCode';

const shopWith = (...numbers: string[]): Product[] =>
	numbers.map((number, index) => ({ id: index + 1, article_number: number, parent: 0 }));

describe('number patterns', () => {
	test('give the columns of the import, for one choice and for several (V2)', () => {
		const { rows } = make(shopWith('T-100', 'T-100-RED-L', 'M-1', 'M-1-BLU'), {
			numberPatterns: '{main}-{choice1}-{choice2}\n{main}-{choice1}',
			translations: { red: 'Röd' },
		});
		expect(rows).toEqual([
			{
				model: 'T-100-RED-L',
				Parent_id: 'model:T-100',
				variant_type_name_1_sv: 'Välj färg',
				variant_choice_name_1_sv: 'Röd',
				variant_type_name_2_sv: 'Välj storlek',
				variant_choice_name_2_sv: 'L',
			},
			{
				model: 'M-1-BLU',
				Parent_id: 'model:M-1',
				variant_type_name_1_sv: 'Välj färg',
				variant_choice_name_1_sv: 'BLU',
			},
		]);
	});

	test('may be regular expressions with named groups, the last of them optional', () => {
		const { rows } = make(shopWith('4711', '4711R', '4711RXL'), {
			numberPatterns: '(?<main>\\d+)(?<choice1>[RGB])(?<choice2>\\D+)?',
		});
		expect(rows.map(({ model, Parent_id: parent }) => [model, parent])).toEqual([
			['4711R', 'model:4711'],
			['4711RXL', 'model:4711'],
		]);
	});

	test('take signs and letters of the number as they are', () => {
		const { rows } = make(shopWith('ART.1', 'ART.1/RD.dL', 'ARTx1/RD.dL'), {
			numberPatterns: '{main}/{choice1}.{choice2}',
		});
		expect(rows.map(({ model }) => model)).toEqual(['ART.1/RD.dL']);
		const bracketed = make(shopWith('A', 'A[RD]'), { numberPatterns: '{main}[{choice1}]' });
		expect(bracketed.rows.map(({ model }) => model)).toEqual(['A[RD]']);
	});

	test('leave a main product one, though a pattern fits it as well', () => {
		const { outcomes } = make(shopWith('T-100', 'T-100-RED', 'B-1'), {
			numberPatterns: '{main}-{choice1}',
		});
		expect(outcomes).toEqual({
			'T-100': 'main product',
			'T-100-RED': 'in the sheet',
			'B-1': 'main product missing: The shop has no product B',
		});
	});

	test.each([
		['', 'Settings has no number pattern'],
		['{choice1}', '{choice1} has no {main}'],
		['(?<main>[', 'cannot be used'],
	])('say what is wrong with %j', (numberPatterns, reason) => {
		const { report } = make(shopWith('T-100'), { numberPatterns });
		expect(report[0]).toMatchObject({
			outcome: 'problem',
			reason: expect.stringContaining(reason),
		});
	});
});

describe('a sheet of one’s own', () => {
	const HEADINGS = ['Artikelnummer', 'Huvudartikel', 'Färg', 'Storlek'];

	test('is read by the order of its columns; numbers in cells are text', () => {
		const { rows, report } = make(shopWith('100', '7350000000017'), {}, [
			HEADINGS,
			[7350000000017, 100, 'Röd', 42],
		]);
		expect(rows).toEqual([
			{
				model: '7350000000017',
				Parent_id: 'model:100',
				variant_type_name_1_sv: 'Välj färg',
				variant_choice_name_1_sv: 'Röd',
				variant_type_name_2_sv: 'Välj storlek',
				variant_choice_name_2_sv: '42',
			},
		]);
		expect(report.map(({ outcome }) => outcome)).toEqual([
			'headings',
			'in the sheet',
			'main product',
		]);
	});

	test('needs no headings', () => {
		const { rows } = make(shopWith('A', 'B'), {}, [['B', 'A', 'Röd']]);
		expect(rows.map(({ model }) => model)).toEqual(['B']);
	});

	test.each([
		['without an article number', ['', 'A', 'Röd'], '', 'A row without an article number'],
		['of a product that is not there', ['X', 'A', 'Röd'], 'X', 'The shop has no product'],
		['without a main product', ['B', '', 'Röd'], 'B', 'It has no main product'],
		['of a main product and itself', ['B', 'b', 'Röd'], 'B', 'no variant of itself'],
		['of a main product that is not there', ['B', 'X', 'Röd'], 'B', 'The shop has no product X'],
		['without a choice', ['B', 'A'], 'B', 'It has no choice'],
		['with a gap in its choices', ['B', 'A', '', 'L'], 'B', 'Choice 1 is empty'],
		['with a choice too many', ['B', 'A', 'Röd', 'L', 'x'], 'B', 'no type for choice 3'],
	])('a row %s is listed', (_, row, articleNo, reason) => {
		const { rows, outcomes } = make(shopWith('A', 'B'), {}, [HEADINGS, row]);
		expect(rows).toEqual([]);
		expect(outcomes[articleNo]).toContain(reason);
	});

	test('a number that stands twice in it, and one that stands twice in the shop', () => {
		const products = [...shopWith('A', 'B', 'C'), { id: 4, article_number: 'c ' }];
		const sheet = [
			['B', 'A', 'Röd'],
			['B', 'A', 'Blå'],
			['C', 'A', 'Grön'],
		];
		const { rows, outcomes } = make(products, {}, sheet);
		expect(rows).toEqual([]);
		expect(outcomes.B).toBe('problem: It stands more than once in your sheet');
		expect(outcomes.C).toBe('problem: The number stands on 2 products of the shop, ids 3, 4');
		expect(outcomes['c ']).toBe(outcomes.C);
	});

	test('a main product that would become a variant, or whose number stands twice', () => {
		const sheet = [
			['A', 'B', 'Röd'],
			['B', 'C', 'Röd'],
			['D', 'E', 'Röd'],
		];
		const products = [...shopWith('A', 'B', 'C', 'D', 'E'), { id: 6, article_number: 'e' }];
		const { rows, outcomes } = make(products, {}, sheet);
		expect(rows.map(({ model }) => model)).toEqual(['B']);
		expect(outcomes.A).toBe('problem: Its main product would itself become a variant, of C');
		expect(outcomes.D).toContain('The number of its main product stands on 2 products');
	});

	test('two variants of one main product with the same choices, whatever their case', () => {
		const sheet = [
			['B', 'A', 'Röd'],
			['C', 'A', 'röd'],
			['D', 'A', 'Blå'],
		];
		const { rows, outcomes } = make(shopWith('A', 'B', 'C', 'D'), {}, sheet);
		expect(rows.map(({ model }) => model)).toEqual(['D']);
		expect(outcomes.B).toBe('problem: The same choices as C');
		expect(outcomes.C).toBe('problem: The same choices as B');
	});
});

describe('a variant that the shop has joined already', () => {
	const products = [
		{ id: 1, article_number: 'A', is_parent: true },
		{ id: 2, article_number: 'B', parent: 1 },
		{ id: 3, article_number: 'C', parent: 0 },
	];

	test('stays as it is, and its choices stay taken', () => {
		const sheet = [
			['B', 'A', 'Röd'],
			['C', 'A', 'Röd'],
		];
		const { rows, outcomes } = make(products, {}, sheet);
		expect(rows).toEqual([]);
		expect(outcomes.B).toBe('joined already: A variant of A');
		expect(outcomes.C).toBe('problem: The same choices as B');
	});

	test('is named where the rule says otherwise, or says nothing', () => {
		expect(make(products, {}, [['B', 'C', 'Röd']]).outcomes.B).toBe(
			'joined already: A variant of A; the rule says C',
		);
		expect(make(products, {}, [['C', 'A', 'Röd']]).outcomes.B).toBe(
			'joined already: A variant of A',
		);
	});

	test('is listed again by a setting', () => {
		const { rows } = make(products, { relistJoined: true }, [['B', 'A', 'Röd']]);
		expect(rows.map(({ model }) => model)).toEqual(['B']);
	});

	test('is no main product of others, and its main product no variant', () => {
		const sheet = [
			['C', 'B', 'Röd'],
			['A', 'C', 'Röd'],
		];
		const { rows, outcomes } = make(products, {}, sheet);
		expect(rows).toEqual([]);
		expect(outcomes.C).toBe('problem: Its main product is itself a variant, of A');
		expect(outcomes.A).toBe('problem: It is a main product with variants of its own');
	});
});

test('products that cannot be read, and a shop that has none, are told', () => {
	const unread = { error: 'Product 7 cannot be used', details: 'Correct the value.' };
	expect(make([unread], {}).report).toEqual([
		expect.objectContaining({
			outcome: 'problem',
			reason: 'Product 7 cannot be used. Correct the value.',
		}),
	]);
	expect(make([{}], {}).report).toEqual([
		expect.objectContaining({ reason: 'The shop has no products' }),
	]);
});

describe('whatever the shop and the rule', () => {
	const part = fc.constantFrom('A', 'b', 'B', '');
	const number = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-'));
	const shops = fc
		.array(fc.record({ number, parent: fc.option(fc.nat(12), { freq: 3 }) }), { maxLength: 12 })
		.map((drafts) => {
			const ids = new Set(drafts.map((_, index) => index + 1));
			const products = drafts.map((draft, index) => ({
				id: index + 1,
				article_number: draft.number,
				parent:
					ids.has(draft.parent ?? 0) && draft.parent !== index + 1 ? (draft.parent as number) : 0,
			}));
			const mains = new Set(products.map(({ parent }) => parent));
			return products.map((product) => ({
				...product,
				parent: mains.has(product.id) ? 0 : product.parent,
				is_parent: mains.has(product.id),
			}));
		});
	const rules = fc.record({
		relistJoined: fc.boolean(),
		sheet: fc.option(
			fc.array(fc.tuple(number, number, part, part), { minLength: 1, maxLength: 8 }),
			{ nil: undefined },
		),
	});

	test('nothing is left out, and every row of the sheet can be imported (V2)', () => {
		fc.assert(
			fc.property(shops, rules, (products, { relistJoined, sheet }) => {
				const numberPatterns = '{main}-{choice1}-{choice2}\n{main}-{choice1}';
				const { rows, report } = make(products, { numberPatterns, relistJoined }, sheet);

				const listed = new Set(report.map(({ id }) => id));
				expect(products.filter(({ id }) => !listed.has(id))).toEqual([]);
				const numbers = report.map((entry) => String(entry['article number']).trim().toLowerCase());
				for (const [articleNo, ...others] of sheet ?? []) {
					if ([articleNo, ...others].join('') === '') continue;
					expect(numbers).toContain(articleNo.toLowerCase());
				}
				const inSheet = report.filter(({ outcome }) => outcome === 'in the sheet');
				expect(inSheet.map((entry) => entry['article number'])).toEqual(
					rows.map(({ model }) => model),
				);

				const { productShelf } = new VendreShop();
				for (const product of products) {
					productShelf.add({
						child_product_ids: [],
						variants: {},
						variant_products: {},
						...product,
					} as unknown as ProductRecord);
				}
				const { joined, refused } = importVariants(productShelf, rows, 0);
				expect(refused).toEqual([]);
				expect(joined).toHaveLength(rows.length);
			}),
			{ numRuns: 500 },
		);
	});
});
