import { vendreOrder, vendreProduct } from '../../../nodes/Vendre/records';
import { mapOrder } from '../../../nodes/VendreSpecterMapper/mapping/order';
import { exampleOrder, settings } from './examples';

const mug = vendreProduct.parse({
	id: 11,
	article_number: 'MUGG-1',
	name: { sv: 'Mugg – blå', en: 'Mug' },
	price: 71.6,
	price_in: 30.555,
	ean1: '7350000000017',
	weight: '0,3505',
	quantity: -2,
	tax_class_id: 2,
});

describe('article numbers (O27, P7)', () => {
	test('are those that Specter has the products by, on the rows and the articles', () => {
		const order = exampleOrder();
		const [first] = order.products ?? [];
		const known = { [String(first.product_id)]: 'MUGG-FÖRR', 999: 'EN ANNAN' };
		const product = { ...mug, id: Number(first.product_id) };
		const mapped = mapOrder(order, [product], { ...settings, articleNumbers: known });
		expect(mapped.order.rows[0]).toMatchObject({ articleNo: 'MUGG-FÖRR', articleName: first.name });
		expect(mapped.articles[0]).toMatchObject({ articleNo: 'MUGG-FÖRR', name: 'Mugg – blå' });
		expect(mapped.articles[0]).not.toHaveProperty('newArticleNo');
	});

	test('stop the order while one of them is being changed', () => {
		const order = exampleOrder();
		const [{ product_id }] = order.products ?? [];
		const changing = { ...settings, articleNumbers: { [String(product_id)]: '' } };
		expect(() => mapOrder(order, [], changing)).toThrow('is being changed in Specter');
	});

	test('are the order’s own where Specter’s are not known', () => {
		const order = exampleOrder();
		const { articles } = mapOrder(order, [], { ...settings, articleNumbers: { 999: 'X' } });
		expect(articles[0].articleNo).toBe(order.products?.[0].model);
	});
});

describe('VAT of the articles (P3)', () => {
	const vatByTaxClass = { 2: '12' };
	const ordered = (country_code: string, tax: number) => {
		const order = exampleOrder();
		const [row] = order.products ?? [];
		const product = { ...mug, id: Number(row.product_id) };
		const total = Math.round(Number(row.quantity) * Number(row.price) * (100 + tax)) / 100;
		const priced = {
			...order,
			delivery_address: { ...order.delivery_address, country_code },
			products: [{ ...row, tax }],
			totals: [{ class: 'ot_total', title: 'Summa', value: total, tax: null }],
		};
		return (map: Record<string, string>) =>
			mapOrder(vendreOrder.parse(priced), [product], { ...settings, vatByTaxClass: map });
	};

	test('is that of the row at home, whatever the table says', () => {
		expect(ordered('SE', 25)(vatByTaxClass).articles[0].vatPercent).toBe('25');
	});

	test('is that of the product’s tax class in an order that goes abroad, whose rows have another', () => {
		for (const [country, tax] of [
			['NO', 0],
			['FI', 25.5],
		] as const) {
			const { articles, order } = ordered(country, tax)(vatByTaxClass);
			expect(articles[0].vatPercent).toBe('12');
			expect(order.rows[0].vatPercent).toBe(String(tax));
		}
	});

	test('is that of the row where the tax class is not in the table', () => {
		expect(ordered('NO', 0)({ 9: '6' }).articles[0].vatPercent).toBe('0');
	});
});

describe('header of an order (O5–O25)', () => {
	test('carries what the sync list names (O5–O12, O14–O25)', () => {
		const { order } = mapOrder(
			exampleOrder({ customer_comment: 'Ring på!', customer_reference: 'Inköp' }),
			[mug],
			{ ...settings, sendOrderMail: true, webshopId: '2', shopEmail: 'shop@example.com' },
		);
		const { rows, ...header } = order;
		expect(rows).toHaveLength(2);
		expect(header).toEqual({
			customerOrganizationalForm: 'P', // O5
			firstName: 'Åsa', // O6
			surName: 'Öberg', // O7
			name: 'Åsa Öberg', // O8
			orgNo: '19800101-1234', // O9
			language: 'SE', // O10
			currency: 'SEK', // O11
			orderDate: '2026-01-01', // O12: the day in Sweden, not in UTC
			publishedComment: 'Order 1001\nRing på!', // O14, O17
			internalComment: 'Order 1001', // O15
			deliveryAttention: 'Åsa Öberg', // O16
			deliveryAddress: 'Sommarvägen 2',
			deliveryZipCodeEng: '111 22',
			deliveryCity: 'Stockholm',
			deliveryCountryCode: 'SE',
			payTypeIdentifier: 'KG', // O18
			payTypeReference: 'K-123', // O20
			externalDeliveryMethod: 'MYPACK', // O19
			sendOrderMail: true, // O21
			customerReference: 'Inköp', // O22
			shopEmail: 'shop@example.com', // O23
			externalOrderNo: '1001', // O24
			webshopId: '2', // O25
		});
	});

	test('a shop e-mail and a web-shop id that are not set are not sent (O23, O25)', () => {
		const { order } = mapOrder(exampleOrder(), [], settings);
		expect(order).not.toHaveProperty('shopEmail');
		expect(order).not.toHaveProperty('webshopId');
	});

	test('the external number stands behind the shop’s prefix, the comments have the shop’s own (O14, O15, O24)', () => {
		const { order } = mapOrder(exampleOrder(), [], { ...settings, orderNumberPrefix: 'B-' });
		expect(order).toMatchObject({
			externalOrderNo: 'B-1001',
			publishedComment: 'Order 1001',
			internalComment: 'Order 1001',
		});
	});

	test('a company keeps its name (O8)', () => {
		const { order } = mapOrder(
			exampleOrder({ customer_type: '1', company: 'Öbergs Bygg AB' }),
			[],
			settings,
		);
		expect(order).toMatchObject({ customerOrganizationalForm: 'C', name: 'Öbergs Bygg AB' });
	});

	test('an order without delivery address goes to the billing address (O16)', () => {
		const { order } = mapOrder(exampleOrder({ delivery_address: null }), [], settings);
		expect(order.deliveryAddress).toBe('Storgatan 1');
	});

	test.each([
		['dibsKlarna', 'KG', 'K-123'],
		['dibsKlarna', 'I', undefined],
		['always', 'I', 'K-123'],
		['never', 'KG', undefined],
	] as const)(
		'payment reference %s with code %s gives %s (O20)',
		(paymentReference, code, sent) => {
			const { order } = mapOrder(exampleOrder({ payment_method_code: code }), [], {
				...settings,
				paymentReference,
			});
			expect(order.payTypeReference).toBe(sent);
		},
	);

	test('the module’s own payment code goes through, and the map overrides it (O18)', () => {
		const own = mapOrder(exampleOrder({ payment_method_code: 'XYZ' }), [], settings);
		expect(own.order.payTypeIdentifier).toBe('XYZ');
		const mapped = mapOrder(exampleOrder({ payment_method_code: 'XYZ' }), [], {
			...settings,
			paymentCodes: { XYZ: 'SW' },
		});
		expect(mapped.order.payTypeIdentifier).toBe('SW');
	});

	test('a payment without code stops the order with advice, or takes the fallback (O18)', () => {
		const order = exampleOrder({ payment_method_code: '', payment_method: 'Kort' });
		expect(() => mapOrder(order, [], settings)).toThrow(
			'Order 1001 has a payment method without a code: "Kort"',
		);
		const mapped = mapOrder(order, [], { ...settings, paymentFallback: 'I' });
		expect(mapped.order.payTypeIdentifier).toBe('I');
	});

	test('shipping without code stops the order, no shipping at all does not (O19)', () => {
		const coded = { shipping_method_code: '' };
		expect(() => mapOrder(exampleOrder(coded), [], settings)).toThrow('shipping method without');
		const digital = mapOrder(exampleOrder({ ...coded, shipping_method: '' }), [], settings);
		expect(digital.order).not.toHaveProperty('externalDeliveryMethod');
	});

	test('the customer reference can go to the customer’s order reference, cut with a note (O22)', () => {
		const { order, notes } = mapOrder(exampleOrder({ customer_reference: 'R'.repeat(60) }), [], {
			...settings,
			customerReferenceAs: 'customerOrderReference',
		});
		expect(order.customerOrderReference).toBe('R'.repeat(50));
		expect(notes).toEqual([expect.stringContaining('50 characters')]);
	});
});

describe('the customer of an order (O1, C1–C16)', () => {
	test('is made of the order, so that a guest has one too', () => {
		const { customer, customerNumberMissing } = mapOrder(
			exampleOrder({ customer_id: null }),
			[],
			settings,
		);
		expect(customer).toMatchObject({ emailAddress: 'asa@example.com', address: 'Storgatan 1' });
		expect(customerNumberMissing).toBe(false);
	});

	test('carries Specter’s number where the shop knows it (C1), and says where it does not', () => {
		const known = mapOrder(exampleOrder({ customer_external_id: 501 }), [], settings);
		expect(known.customer.customerId).toBe('501');
		expect(known.customerNumberMissing).toBe(false);
		const fresh = mapOrder(exampleOrder(), [], settings);
		expect(fresh.customer).not.toHaveProperty('customerId');
		expect(fresh.customerNumberMissing).toBe(true);
	});

	test('an empty e-mail stops the order before anything is sent (C13)', () => {
		expect(() => mapOrder(exampleOrder({ email_address: '' }), [], settings)).toThrow(
			'The customer of order 1001 cannot be used: emailAddress is "": a value is required',
		);
	});
});

describe('the articles of an order (O2, P1–P8)', () => {
	test('come from the product, with the VAT of the row (P1–P6, P8)', () => {
		const { articles } = mapOrder(exampleOrder(), [mug], {
			...settings,
			purchasePrice: true,
			stockOnCreation: true,
		});
		expect(articles).toEqual([
			{
				articleNo: 'MUGG-1',
				name: 'Mugg – blå', // P1
				priceExclVAT: '71.60', // P2
				vatPercent: '25', // P3
				barCode: '7350000000017', // P4
				buyPrice: '30.56', // P5
				productWeight: '0.351', // P6
				createArticleStock: true,
				noItemsInStock: '0', // P8: a negative stock is none
			},
			{
				articleNo: 'FRAKT',
				name: 'Frakt',
				priceExclVAT: '39.20',
				vatPercent: '25',
				createArticleStock: false,
			},
		]);
	});

	test('of freight and the like are written, also beside a product that the shop no longer has', () => {
		const { articles } = mapOrder(exampleOrder(), [], settings);
		expect(articles.map(({ articleNo, onlyIfMissing }) => [articleNo, onlyIfMissing])).toEqual([
			['MUGG-1', true],
			['FRAKT', undefined],
		]);
	});

	test('purchase price and stock are sent only when chosen (P5, P8)', () => {
		const [article] = mapOrder(exampleOrder(), [mug], settings).articles;
		expect(article).not.toHaveProperty('buyPrice');
		expect(article).not.toHaveProperty('noItemsInStock');
	});

	test('a product that the shop no longer has is described by its row, at the full price, and only made (P2, P3)', () => {
		const order = exampleOrder({
			coupon: { code: 'HALV', type: 'percent', value: 50 },
			totals: [
				{ class: 'ot_coupon', title: '', value: -89.5, tax: null },
				{ class: 'ot_total', title: '', value: 89.5, tax: null },
			],
		});
		const { articles, order: mapped } = mapOrder(order, [], settings);
		expect(articles[0]).toMatchObject({
			name: 'Mugg – blå',
			priceExclVAT: '71.60',
			onlyIfMissing: true,
		});
		expect(mapped.rows[0].priceExclVAT).toBe('35.80');
	});

	test('freight and the like are left out where the user keeps them in Specter', () => {
		const { articles } = mapOrder(exampleOrder(), [mug], { ...settings, makeLineArticles: false });
		expect(articles.map(({ articleNo }) => articleNo)).toEqual(['MUGG-1']);
	});

	test('an article number with troublesome characters is sent as it is, with a warning', () => {
		const order = exampleOrder();
		order.products![0].model = 'MUGG Ö';
		const { articles, notes } = mapOrder(order, [], settings);
		expect(articles[0].articleNo).toBe('MUGG Ö');
		expect(notes).toEqual([expect.stringContaining('"MUGG Ö"')]);
	});

	test('an article number that becomes another in Specter is sent as it is, with a warning', () => {
		const order = exampleOrder();
		order.products![0].model = 'MUGG–1';
		const { articles, notes } = mapOrder(order, [], settings);
		expect(articles[0].articleNo).toBe('MUGG–1');
		expect(notes).toEqual([expect.stringContaining('becomes "MUGG-1"')]);
	});
});

test('an order read from a list, without rows, is refused and not sent empty', () => {
	expect(() => mapOrder(exampleOrder({ products: undefined }), [], settings)).toThrow('no rows');
});
