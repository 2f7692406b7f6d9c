import {
	BAD_ORDER_KINDS,
	ORDER_KINDS,
	startSandbox,
	type OrderKind,
	type Sandbox,
} from '../../sandbox';
import { quantityOf } from '../../sandbox/data/catalogue';
import { TAX_CLASSES } from '../../sandbox/data/shop';
import { grossOre, kronor, scaled } from '../../sandbox/money';
import type { OrderRecord, OrderTotal } from '../../sandbox/vendre/records';

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox();
});

afterAll(async () => await sandbox.stop());

const ore = (value: number) => Math.round(value * 100);

function lines(order: OrderRecord, kind: OrderTotal['class']): OrderTotal[] {
	return order.totals.filter((line) => line.class === kind);
}

describe('money', () => {
	test('is rounded once, halves away from zero', () => {
		expect(grossOre({ price: 499.0566, quantity: 7, vat: 6 })).toBe(370_300);
		expect(grossOre({ price: '0.10', quantity: 1, vat: 25 })).toBe(13);
		expect(grossOre({ price: '-0.10', quantity: 1, vat: 25 })).toBe(-13);
		expect(
			grossOre({ price: 0.1, quantity: 1, vat: 25 }, { price: 0.1, quantity: 1, vat: 25 }),
		).toBe(25);
	});

	test('refuses decimals that it would have to drop', () => {
		expect(() => scaled('1.005', 2)).toThrow();
		expect(() => scaled(1e-7, 4)).toThrow();
		expect(kronor(-5)).toBe('-0.05');
	});
});

describe('orders', () => {
	const kinds = Object.keys(ORDER_KINDS) as OrderKind[];

	test('there are at least 20 good kinds', () => {
		expect(kinds.length).toBeGreaterThanOrEqual(20);
	});

	test.each(kinds)('%s adds up, as often as it is placed', (kind) => {
		for (let time = 0; time < 5; time += 1) {
			const order = sandbox.vendre.placeOrder(kind);
			const rows = order.products.map(({ price, quantity, tax }) =>
				grossOre({ price, quantity, vat: tax }),
			);
			const sum = rows.reduce((total, row) => total + row, 0);
			expect(ore(lines(order, 'ot_subtotal')[0].value)).toBe(sum);
			const parts = order.totals
				.filter((line) => line.class !== 'ot_tax' && line.class !== 'ot_total')
				.reduce((total, { value }) => total + ore(value), 0);
			expect(ore(lines(order, 'ot_total')[0].value)).toBe(parts);
			expect(parts).toBeGreaterThanOrEqual(0);
			if (kind !== 'shop-rounding') expect(lines(order, 'ot_rounding')).toEqual([]);
			expect(order.products.every(({ model }) => model !== '')).toBe(true);
			expect(order.payment_method_code).not.toBe('');
			expect(order.email_address).toMatch(/@/);
		}
	});

	test('tell the VAT that the discounted goods and the freight hold', () => {
		const order = sandbox.vendre.placeOrder('percent-coupon-mixed-vat');
		const [shipping] = lines(order, 'ot_shipping');
		const vatWithin = (gross: number, vat: number) => (gross * vat) / (100 + vat);
		const expected = order.products.reduce(
			(sum, { price, quantity, tax }) =>
				sum + vatWithin(0.85 * grossOre({ price, quantity, vat: tax }), tax),
			vatWithin(ore(shipping.value), shipping.tax),
		);
		expect(Math.abs(ore(lines(order, 'ot_tax')[0].value) - expected)).toBeLessThan(3);
	});

	test('are what their kinds say', () => {
		const place = (kind: OrderKind) => sandbox.vendre.placeOrder(kind);
		expect(place('company')).toMatchObject({ customer_type: 1, payment_method_code: 'I' });
		expect(place('guest')).toMatchObject({ customer_id: 0, customer_external_id: '' });
		expect(new Set(place('mixed-vat').products.map(({ tax }) => tax))).toEqual(
			new Set([25, 12, 6]),
		);
		expect(place('finnish-person')).toMatchObject({ currency: 'EUR', language_code: 'fi' });
		expect(place('norwegian-company').products.every(({ tax }) => tax === 0)).toBe(true);
		expect(place('hundred-rows').products).toHaveLength(100);
		expect(place('unfinished')).toMatchObject({ status_id: 0, status_name: '' });
		expect(place('long-comment').customer_comment).toHaveLength(2500);
		expect(lines(place('zero-sum'), 'ot_total')[0].value).toBe(0);
		expect(lines(place('shop-rounding'), 'ot_total')[0].value % 1).toBe(0);
		const [gone] = place('deleted-product').products.slice(-1);
		expect(sandbox.vendre.products.has(gone.product_id)).toBe(false);
		const odd = place('four-decimals').products[0];
		expect(odd.quantity).toBe(7);
		expect(ore(odd.price) / 100).not.toBe(odd.price);
		// eslint-disable-next-line no-control-regex
		expect(place('odd-characters').customer_comment).toMatch(/[^\x00-\xff]/);
	});

	test('a known customer is known in Specter under that number', () => {
		const { customer_external_id: number, email_address: email } =
			sandbox.vendre.placeOrder('known-customer');
		expect(sandbox.specter.customers.get(Number(number))?.emailAddress).toBe(email);
	});

	test('bad kinds are bad in one way each', () => {
		const place = (kind: keyof typeof BAD_ORDER_KINDS) => sandbox.vendre.placeOrder(kind);
		expect(place('bad-no-payment-code').payment_method_code).toBe('');
		expect(place('bad-no-email').email_address).toBe('');
		expect(place('bad-no-article-number').products[1].model).toBe('');
		const order = place('bad-total');
		const parts = order.totals
			.filter((line) => line.class !== 'ot_tax' && line.class !== 'ot_total')
			.reduce((total, { value }) => total + ore(value), 0);
		expect(ore(lines(order, 'ot_total')[0].value) - parts).toBe(10_000);
	});
});

describe('products', () => {
	const products = () => [...sandbox.vendre.products.values()];
	const share = (test: (product: ReturnType<typeof products>[number]) => boolean) =>
		products().filter(test).length / products().length;

	test('are spread as in a real shop', () => {
		expect(products()).toHaveLength(120);
		for (const taxClass of Object.keys(TAX_CLASSES)) {
			expect(share((product) => product.tax_class_id === Number(taxClass))).toBeGreaterThan(0.02);
		}
		expect(share(({ ean1 }) => ean1 === '')).toBeGreaterThan(0.1);
		expect(share(({ weight }) => weight === null)).toBeGreaterThan(0.3);
		expect(share(({ price_in: purchase }) => purchase === null)).toBeGreaterThan(0.3);
		expect(share(({ suppliers }) => suppliers.length > 0)).toBeGreaterThan(0.1);
		expect(share(({ is_parent: isParent }) => isParent)).toBeGreaterThan(0.03);
		expect(share(({ package_size: size }) => size !== null)).toBeGreaterThan(0.03);
		expect(share(({ price }) => ore(price) / 100 !== price)).toBeGreaterThan(0.1);
		expect(
			share(({ warehouses }) => warehouses.some(({ quantity }) => quantity < 0)),
		).toBeGreaterThan(0.1);
		const names = products()
			.map(({ name }) => name.sv)
			.join();
		for (const character of 'åäöé–’€') expect(names).toContain(character);
	});

	test('have 68 keys, a number of their own, and the stock of their warehouses', () => {
		for (const product of products()) {
			expect(Object.keys(product)).toHaveLength(68);
			if (product.warehouses.length > 0) {
				expect(product.quantity).toBe(quantityOf(product.warehouses));
			}
		}
		expect(new Set(products().map((product) => product.article_number)).size).toBe(120);
	});

	test('variants and their main product name each other', () => {
		for (const main of products().filter(({ is_parent: isParent }) => isParent)) {
			const children = main.child_product_ids.map((id) => sandbox.vendre.products.get(id)?.parent);
			expect(children.length).toBeGreaterThan(1);
			expect(children.every((parent) => parent === main.id)).toBe(true);
		}
	});

	test('are the same on every run', async () => {
		const other = await startSandbox();
		const withoutAddress = (shop: Sandbox) =>
			[...shop.vendre.products.values()].map((product) => ({ ...product, actions: {} }));
		expect(withoutAddress(other)).toEqual(withoutAddress(sandbox));
		expect([...other.vendre.customers.values()]).toEqual([...sandbox.vendre.customers.values()]);
		await other.stop();
	});
});
