import type { ProductRecord, Texts } from '../vendre/records';
import { Random } from './random';
import { CATEGORIES, TAX_CLASSES, WAREHOUSES } from './shop';

/** A line of the assortment: what it is called, where it stands, what it costs incl. VAT (kronor). */
interface Line {
	sv: string;
	en: string;
	code: string;
	category: number;
	taxClass: number;
	gross: number;
	/** kg */
	weight?: number;
	/** So many in a package that is sold as one. */
	packageOf?: number;
	/** Choices of a variant; each becomes a product of its own. */
	choices?: { type: string; names: string[] };
}

const LINES: readonly Line[] = [
	{
		sv: 'Gjutjärnspanna Härd 28 cm',
		en: 'Cast iron pan Härd 28 cm',
		code: 'KOK',
		category: 101,
		taxClass: 2,
		gross: 549,
		weight: 2.85,
	},
	{
		sv: 'Kaffekvarn ’Morgonstund’ – svart',
		en: 'Coffee grinder ’Morgonstund’ – black',
		code: 'KAF',
		category: 102,
		taxClass: 2,
		gross: 899,
		weight: 1.2,
	},
	{
		sv: 'Bryggkaffe Åsen, mellanrost 450 g',
		en: 'Åsen ground coffee, 450 g',
		code: 'SKF',
		category: 110,
		taxClass: 4,
		gross: 79,
		weight: 0.45,
	},
	{
		sv: 'Surdeg för envisa – en handbok',
		en: 'Sourdough for the stubborn',
		code: 'BOK',
		category: 120,
		taxClass: 3,
		gross: 529,
	},
	{
		sv: 'Kåsa i björk',
		en: 'Birch cup',
		code: 'KÅSA',
		category: 130,
		taxClass: 2,
		gross: 349,
		weight: 0.09,
	},
	{
		sv: 'Ulltröja Fjällrim',
		en: 'Wool sweater Fjällrim',
		code: 'ULL',
		category: 131,
		taxClass: 2,
		gross: 1299,
		weight: 0.62,
		choices: { type: 'Välj storlek', names: ['S', 'M', 'L'] },
	},
	{
		sv: 'Havtornsmarmelad 220 g',
		en: 'Sea buckthorn jam 220 g',
		code: 'SKF',
		category: 110,
		taxClass: 4,
		gross: 64,
		weight: 0.22,
	},
	{
		sv: 'Crème brûlée-form, vit',
		en: 'Crème brûlée dish, white',
		code: 'BAK',
		category: 103,
		taxClass: 2,
		gross: 45,
		weight: 0.18,
	},
	{
		sv: 'Fåglarna vid Tåkern',
		en: 'The birds of lake Tåkern',
		code: 'BOK',
		category: 120,
		taxClass: 3,
		gross: 329,
		weight: 0.74,
	},
	{
		sv: 'Presentkort 500 kr',
		en: 'Gift card 500 kr',
		code: 'GAVA',
		category: 150,
		taxClass: 5,
		gross: 500,
	},
	{
		sv: 'Tärningsspelet Älgfritt',
		en: 'Dice game Älgfritt',
		code: 'SPEL',
		category: 140,
		taxClass: 2,
		gross: 219,
	},
	{
		sv: 'Rågknäcke Öland 500 g',
		en: 'Rye crispbread Öland 500 g',
		code: 'SKF',
		category: 110,
		taxClass: 4,
		gross: 42.5152,
		weight: 0.5,
	},
	{
		sv: 'Termos 0,75 l – lock med kopp',
		en: 'Vacuum flask 0.75 l – lid with cup',
		code: 'FRI',
		category: 130,
		taxClass: 2,
		gross: 429,
		weight: 0.41,
	},
	{
		sv: 'Kexchoklad, storpack',
		en: 'Wafer chocolate, case',
		code: 'SKF',
		category: 110,
		taxClass: 4,
		gross: 239,
		weight: 1.44,
		packageOf: 24,
	},
	{
		sv: 'Linnehandduk Våg',
		en: 'Linen towel Våg',
		code: 'TEX',
		category: 101,
		taxClass: 2,
		gross: 189,
		weight: 0.14,
		choices: { type: 'Välj färg', names: ['Blå', 'Röd', 'Naturell'] },
	},
	{
		sv: 'Årskrönika – tidskriften Lä',
		en: 'Annual of the magazine Lä',
		code: 'TID',
		category: 120,
		taxClass: 3,
		gross: 129,
	},
	{
		sv: 'Tepåse Enbär & citron, 20-pack',
		en: 'Juniper & lemon tea bags, 20',
		code: 'SKF',
		category: 102,
		taxClass: 4,
		gross: 55,
		weight: 0.04,
		packageOf: 20,
	},
	{
		sv: 'Brännare till fältkök',
		en: 'Burner for camp kitchen',
		code: 'FRI',
		category: 130,
		taxClass: 2,
		gross: 749,
		weight: 0.36,
	},
	{
		sv: 'Pappersblock 80 g – A5',
		en: 'Paper pad 80 g – A5',
		code: 'KONT',
		category: 140,
		taxClass: 2,
		gross: 49.9625,
		weight: 0.2,
	},
	{
		sv: 'Svenska tapeter från Ängelsberg',
		en: 'Swedish wallpapers of Ängelsberg',
		code: 'BOK',
		category: 120,
		taxClass: 3,
		gross: 449,
		weight: 1.1,
	},
	{
		sv: 'Resebok ”Norden för 20 € om dagen”',
		en: 'Travel guide ”The North on 20 € a day”',
		code: 'BOK',
		category: 120,
		taxClass: 3,
		gross: 249,
		weight: 0.33,
	},
	{
		sv: 'Emaljmugg Sjö',
		en: 'Enamel mug Sjö',
		code: 'KOK',
		category: 101,
		taxClass: 2,
		gross: 119,
		weight: 0.13,
	},
	{
		sv: 'Pussel Skärgård, 1000 bitar',
		en: 'Jigsaw Skärgård, 1000 pieces',
		code: 'SPEL',
		category: 140,
		taxClass: 2,
		gross: 199,
	},
	{
		sv: 'Honung från Häljarp 350 g',
		en: 'Honey from Häljarp 350 g',
		code: 'SKF',
		category: 110,
		taxClass: 4,
		gross: 89.5,
		weight: 0.35,
	},
];

const EDITIONS = [
	'',
	' – ny årgång',
	' Klassisk',
	' No 2',
	' Vinter',
	' Jubileum',
	' Mini',
	' Grand',
];
const MAKERS = ['Bruk & Hantverk', 'Östra Förlaget', 'Fjällrim AB', 'Kvarnby Rosteri', null, null];

const FIRST_ID = 5001;
const FIRST_NUMBER = 1001;
const OPENING = Date.UTC(2025, 2, 3, 8) / 1000;

// Shared where a shop of 100,000 products would hold the same nothing 100,000 times; records are replaced
// field by field when they are saved, never changed in place.
const NO_TEXT: Texts = Object.freeze({ sv: '', en: '' });
const NOTHING: never[] = [];
const NO_OBJECT = Object.freeze({});
const EXTRA = Object.freeze({ 1: { sv: '0', en: '0' }, 2: NO_TEXT, 3: NO_TEXT });
const GROUPS = [1, 3, 0].map((id) => ({ id, status: true, price: null }));
const NO_LIMITS = Object.freeze({ customer_groups: {}, customer_types: {}, price_lists: {} });
const NO_SPECIFICATIONS = Object.freeze({ value: NOTHING, text: NOTHING });

/**
 * The assortment: the same products on every run, spread as in a real shop over VAT classes, missing
 * EAN, missing weight, warehouses below zero, variants and packages.
 *
 * @param count how many products, variants included
 * @param urlOf the address of a product by id
 */
export function catalogue(count: number, urlOf: (id: number) => string): ProductRecord[] {
	const random = new Random(20250303);
	const products: ProductRecord[] = [];
	for (let number = 0; products.length < count; number += 1) {
		const line = LINES[number % LINES.length];
		const round = Math.floor(number / LINES.length);
		const edition = EDITIONS[round % EDITIONS.length];
		const issue = round < EDITIONS.length ? '' : ` ${Math.floor(round / EDITIONS.length) + 1}`;
		const articleNo = `${line.code}-${FIRST_NUMBER + number}`;
		const names = { sv: line.sv + edition + issue, en: line.en + edition + issue };
		const id = FIRST_ID + products.length;
		const choices = line.choices?.names ?? [];
		if (products.length + 1 + choices.length > count) {
			products.push(product(random, line, id, articleNo, names, urlOf));
			continue;
		}
		const parent = product(random, line, id, articleNo, names, urlOf);
		products.push(parent);
		if (!line.choices) continue;
		const children = choices.map((choice, index) => ({
			...product(
				random,
				line,
				id + 1 + index,
				`${articleNo}-${index + 1}`,
				{
					sv: `${names.sv}, ${choice}`,
					en: `${names.en}, ${choice}`,
				},
				urlOf,
			),
			parent: id,
		}));
		const { type } = line.choices;
		Object.assign(parent, {
			is_parent: true,
			child_product_ids: children.map((child) => child.id),
			warehouses: [],
			quantity: 0,
			variants: { 1: { name: { sv: type, en: type }, choices } },
			variant_products: Object.fromEntries(
				children.map((child, index) => [child.id, { 1: choices[index] }]),
			),
		});
		products.push(...children);
	}
	return products;
}

function product(
	random: Random,
	line: Line,
	id: number,
	articleNo: string,
	name: Texts,
	urlOf: (id: number) => string,
): ProductRecord {
	const added = OPENING + random.between(0, 400) * 86_400 + random.between(0, 36_000);
	const net = round4(line.gross / (1 + TAX_CLASSES[line.taxClass] / 100));
	const purchase = random.chance(0.5) ? Math.round(net * 60) / 100 : null;
	const warehouses = random.chance(0.2)
		? []
		: WAREHOUSES.map((external_id, index) => ({
				external_id,
				quantity: random.chance(0.2)
					? -random.between(1, 8)
					: random.between(0, index === 0 ? 60 : 12),
				location:
					index === 0 && random.chance(0.3)
						? `H${random.between(1, 9)}-${random.between(1, 40)}`
						: null,
			}));
	const maker = random.pick(MAKERS);
	const slug = `${articleNo.toLowerCase()}/`;
	const url = urlOf(id);
	return {
		id,
		ordered: random.chance(0.3) ? random.between(1, 24) : 0,
		article_number: articleNo,
		associated_products: NOTHING,
		attributes: NOTHING,
		category_ids: [line.category],
		category_paths: [pathOf(line.category)],
		child_product_ids: NOTHING,
		collection: null,
		commodity_code: '',
		country_of_origin: '',
		customer_groups: GROUPS,
		date_added: added,
		date_available: null,
		date_modified: added + random.between(0, 90 * 86_400),
		delivery_time: '',
		description: { sv: `<p>${name.sv}</p>`, en: '' },
		description_short: NO_TEXT,
		ean1: random.chance(0.3) ? '' : ean(random),
		external_id: '',
		extra: EXTRA,
		featured: random.chance(0.05),
		images: NOTHING,
		inactivate_stock_under_zero: null,
		is_parent: false,
		lead_time: null,
		lowest_number: 0,
		manufacturer_id: maker === null ? null : MAKERS.indexOf(maker) + 11,
		manufacturer_model: maker !== null && random.chance(0.5) ? `M${random.between(100, 999)}` : '',
		manufacturer_name: maker,
		meta_description: NO_TEXT,
		meta_keywords: NO_TEXT,
		meta_title: name,
		name,
		new_until: null,
		note: '',
		package_size: line.packageOf ?? null,
		parent: 0,
		price: net,
		price_in: purchase,
		price_rek: null,
		price_special: null,
		price_special_date_range: null,
		purchase_limits: NO_LIMITS,
		quantity: quantityOf(warehouses),
		quantity_update: null,
		reorder_stock: random.chance(0.15) ? random.between(2, 10) : null,
		replacement_product: '',
		search_engine_text: NO_TEXT,
		seo_link: { sv: slug, en: `en/${slug}` },
		shipping_class: random.chance(0.1) ? 2 : null,
		show: !random.chance(0.08),
		sort_order: 100000,
		specifications: NO_SPECIFICATIONS,
		status: !random.chance(0.04),
		stock_allow_checkout: random.chance(0.2) ? false : null,
		stock_allow_watch: null,
		stock_place: '',
		suppliers:
			purchase !== null && random.chance(0.4)
				? [{ id: random.between(1, 6), model: '', price: purchase.toFixed(4), currencies_id: 3 }]
				: NOTHING,
		tag_ids: NOTHING,
		tax_class_id: line.taxClass,
		type: line.packageOf ? 'förp' : 'st',
		url: NO_TEXT,
		variant_products: NO_OBJECT,
		variants: NO_OBJECT,
		warehouses,
		weight: line.weight !== undefined && random.chance(0.6) ? line.weight : null,
		actions: { product_url: url, product_save_url: url, product_delete_url: url },
	};
}

/** The total of the warehouses, those below zero counted as 0. */
export function quantityOf(warehouses: ReadonlyArray<{ quantity: number }>): number {
	return warehouses.reduce((sum, { quantity }) => sum + Math.max(0, quantity), 0);
}

/** An EAN-13 of the range that shops use for their own numbering. */
function ean(random: Random): string {
	const digits = `20${String(random.between(0, 9_999_999_999)).padStart(10, '0')}`;
	const sum = [...digits].reduce(
		(total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1),
		0,
	);
	return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The category's name after its parents' names. */
export function pathOf(id: number): string {
	const category = CATEGORIES.find((other) => other.id === id);
	if (!category) throw new Error(`There is no category ${id}`);
	return category.parent ? `${pathOf(category.parent)}|${category.sv}` : category.sv;
}

function round4(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}
