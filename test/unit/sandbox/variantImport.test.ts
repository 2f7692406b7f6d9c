import { utils, write } from '@e965/xlsx';
import axios from 'axios';

import type { ProductRecord } from '../../sandbox';
import { VendreShop } from '../../sandbox/vendre/shop';

const TYPE_1 = 'variant_type_name_1_sv';
const CHOICE_1 = 'variant_choice_name_1_sv';
const TYPE_2 = 'variant_type_name_2_sv';
const CHOICE_2 = 'variant_choice_name_2_sv';
const COLOUR = { [TYPE_1]: 'Välj färg', [CHOICE_1]: 'Röd' };
const NOW = new Date('2026-11-24T10:00:00Z');

let shop: VendreShop;
let main: ProductRecord;

function add(articleNo: string): ProductRecord {
	const name = { sv: `Tröja ${articleNo}` };
	return shop.productShelf.create({ article_number: articleNo, name, price: 80, tax_class_id: 2 });
}

beforeEach(async () => {
	shop = new VendreShop({}, () => NOW);
	await shop.start(0, 0);
	main = add('T-100');
	add('T-100-RED');
	add('T-100-BLU');
	add('T-200');
});

afterEach(async () => await shop.stop());

function sheetOf(rows: object[]): Buffer {
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.json_to_sheet(rows), 'Variants');
	return write(book, { type: 'buffer', bookType: 'xlsx' });
}

const imported = (...rows: object[]) => shop.importVariants(sheetOf(rows));
const numbered = (articleNo: string) => shop.productShelf.withArticleNo(articleNo);

describe('a sheet of variants', () => {
	test('joins them to their main product, named by number or by id (V2)', () => {
		expect(
			imported(
				{ model: 'T-100-RED', Parent_id: 'model:T-100', ...COLOUR },
				{ model: 'T-100-BLU', Parent_id: main.id, ...COLOUR, [CHOICE_1]: 'Blå' },
			),
		).toEqual({ joined: ['T-100-RED', 'T-100-BLU'], refused: [] });
		const [red, blue] = [numbered('T-100-RED'), numbered('T-100-BLU')];
		expect([red?.parent, blue?.parent]).toEqual([main.id, main.id]);
		expect(red?.date_modified).toBe(NOW.getTime() / 1000);
		expect(main).toMatchObject({
			is_parent: true,
			child_product_ids: [red?.id, blue?.id],
			variants: { 1: { name: { sv: 'Välj färg' }, choices: ['Röd', 'Blå'] } },
			variant_products: { [red?.id ?? 0]: { 1: 'Röd' }, [blue?.id ?? 0]: { 1: 'Blå' } },
		});
	});

	test('may give several choices, and join a variant again', () => {
		const size = { [TYPE_2]: 'Välj storlek', [CHOICE_2]: 'L' };
		const row = { model: 'T-100-RED', Parent_id: 'model:T-100', ...COLOUR, ...size };
		imported(row);
		expect(imported({ ...row, [CHOICE_2]: 'M' }).refused).toEqual([]);
		expect(Object.values(main.variant_products)).toEqual([{ 1: 'Röd', 2: 'M' }]);
		expect(main.child_product_ids).toHaveLength(1);
	});

	test('may take a variant to another main product', () => {
		imported({ model: 'T-100-RED', Parent_id: 'model:T-100', ...COLOUR });
		imported({ model: 'T-100-RED', Parent_id: 'model:T-200', ...COLOUR });
		expect(numbered('T-100-RED')?.parent).toBe(numbered('T-200')?.id);
		expect(main).toMatchObject({ is_parent: false, child_product_ids: [], variant_products: {} });
	});

	const row = { model: 'T-100-RED', Parent_id: 'model:T-100', ...COLOUR };
	test.each([
		['a model that the shop does not have', { ...row, model: 'X' }, 'model "X"'],
		['a main product that it does not have', { ...row, Parent_id: 'model:X' }, 'model "X"'],
		['the id of none', { ...row, Parent_id: 99 }, 'no product "99"'],
		['a bare number that is no id', { ...row, Parent_id: 'T-100' }, 'no product "T-100"'],
		['no main product', { ...row, Parent_id: '' }, 'no product ""'],
		['itself as main product', { ...row, Parent_id: 'model:T-100-RED' }, 'of itself'],
		['no choice', { model: 'T-100-RED', Parent_id: 'model:T-100' }, 'no choice'],
		['a choice without its type', { ...row, [TYPE_1]: '' }, 'both a type and a choice'],
		['a type without its choice', { ...row, [CHOICE_1]: '' }, 'both a type and a choice'],
		[
			'a second choice without a first',
			{ ...row, [TYPE_1]: '', [CHOICE_1]: '', [TYPE_2]: 'Välj storlek', [CHOICE_2]: 'L' },
			'Choice 1 must have',
		],
	])('refuses %s, and that row alone', (_, bad, reason) => {
		const good = { model: 'T-100-BLU', Parent_id: 'model:T-100', ...COLOUR };
		expect(imported(good, bad)).toEqual({
			joined: ['T-100-BLU'],
			refused: [expect.objectContaining({ line: 3, reason: expect.stringContaining(reason) })],
		});
		expect(numbered('T-100-RED')?.parent).toBe(0);
	});

	test('refuses a variant of a variant, either way round, and two with the same choices', () => {
		imported(row);
		const below = { model: 'T-200', Parent_id: 'model:T-100-RED', ...COLOUR };
		const above = { model: 'T-100', Parent_id: 'model:T-200', ...COLOUR };
		const same = { model: 'T-100-BLU', Parent_id: 'model:T-100', ...COLOUR };
		const renamed = { ...same, [TYPE_1]: 'Välj kulör', [CHOICE_1]: 'Blå' };
		expect(imported(below, above, same, renamed).refused.map(({ reason }) => reason)).toEqual([
			'T-100-RED is itself a variant',
			'A main product cannot become a variant',
			expect.stringContaining('has the same choices'),
			'Choice 1 of T-100 is "Välj färg"',
		]);
	});

	test('is refused as a whole where it is none, or has a column that means nothing', () => {
		expect(() => shop.importVariants(Buffer.from('model,Parent_id'))).toThrow('no .xlsx');
		expect(() => imported({ ...row, colour: 'Röd' })).toThrow('"colour"');
		expect(numbered('T-100-RED')?.parent).toBe(0);
	});
});

test('a person imports it on the shop’s page and sees what was refused', async () => {
	const upload = async (file: Buffer) => {
		const fields = new FormData();
		fields.append('sheet', new Blob([new Uint8Array(file)]), 'variants.xlsx');
		return await axios.post(`${shop.url}/_sandbox/variants`, fields, {
			proxy: false,
			validateStatus: () => true,
		});
	};
	const row = { model: 'T-100-RED', Parent_id: 'model:T-100', ...COLOUR };
	const { data } = await upload(sheetOf([row, { ...row, model: 'T-300' }]));
	expect(data).toContain('1 variants joined, 1 rows refused');
	expect(data).toContain('There is no product with the model &quot;T-300&quot;');
	expect(numbered('T-100-RED')?.parent).toBe(main.id);
	expect((await upload(Buffer.from('no sheet'))).status).toBe(400);
});
