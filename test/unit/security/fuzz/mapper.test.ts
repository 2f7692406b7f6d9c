import Big from 'big.js';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { checkRecord } from '../../../../nodes/shared/records';
import { articleChange, orderChange, stockChange } from '../../../../nodes/Specter/changes';
import { specterArticle, specterCustomer, specterOrder } from '../../../../nodes/Specter/records';
import {
	vendreCustomer,
	vendreOrder,
	vendreProduct,
	vendreProductFields,
} from '../../../../nodes/Vendre/records';
import { mapArticle } from '../../../../nodes/VendreSpecterMapper/mapping/article';
import { mapCustomer } from '../../../../nodes/VendreSpecterMapper/mapping/customer';
import {
	mapOrder,
	productRecordsOf,
	type MappedOrder,
} from '../../../../nodes/VendreSpecterMapper/mapping/order';
import {
	mapOrderStatus,
	type MappedStatus,
} from '../../../../nodes/VendreSpecterMapper/mapping/orderStatus';
import { partyOfCustomer } from '../../../../nodes/VendreSpecterMapper/mapping/party';
import {
	mapProduct,
	type MappedProduct,
} from '../../../../nodes/VendreSpecterMapper/mapping/product';
import { mapStock, type MappedStock } from '../../../../nodes/VendreSpecterMapper/mapping/stock';
import { settings } from '../../mapper/examples';
import { everyCase, expectFits } from './cases';
import { mutated } from './mutations';
import { shopRecords } from './shopRecords';

let shop: Awaited<ReturnType<typeof shopRecords>>;

beforeAll(async () => (shop = await shopRecords()));

/** Whole: exactly what the writing schema takes, with nothing in it that was printed by mistake. */
function expectWritten(schema: { parse(record: unknown): unknown }, record: unknown): void {
	expectFits(schema, record);
	expect(JSON.stringify(record)).not.toMatch(/\[object |undefined|NaN|Infinity/);
}

const productSettings = {
	nameLanguage: 'sv',
	newProductsActive: true,
	categoryIds: '101, 102',
	taxClassByVat: { 25: '2', 12: '4', 6: '3', 0: '5' },
	takePurchasePrice: true,
	takeReorderPoint: true,
	packagesAreSold: false,
	suppliers: { ids: { 1: '7' }, currencyId: '1' },
};

test('an order: three records that Specter takes, adding up to the öre, or a refusal', () => {
	const orders = mutated(
		...shop.orders.map((order) => ({ order, productRecords: shop.products.slice(0, 3) })),
	);
	everyCase(
		'mapped order',
		orders,
		({ order: given, productRecords }) => {
			const order = checkRecord(vendreOrder, given, 'The order of the shop');
			const all = { ...settings, purchasePrice: true, stockOnCreation: true };
			return { order, mapped: mapOrder(order, productRecordsOf(productRecords), all) };
		},
		({ order, mapped }: { order: ReturnType<typeof vendreOrder.parse>; mapped: MappedOrder }) => {
			expectWritten(specterCustomer, mapped.customer);
			for (const article of mapped.articles) expectWritten(specterArticle, article);
			expectWritten(specterOrder, { customerId: '1', ...mapped.order });
			const total = order.totals?.find(({ class: kind }) => kind === 'ot_total')?.value;
			const sum = mapped.order.rows.reduce(
				(before, { priceExclVAT, noOfItems, vatPercent }) =>
					before.plus(new Big(priceExclVAT).times(noOfItems).times(new Big(vatPercent).plus(100))),
				new Big(0),
			);
			expect(
				sum
					.div(100)
					.round(2, Big.roundHalfUp)
					.eq(new Big(total as number).round(2)),
			).toBe(true);
		},
	);
});

test('a customer', () => {
	everyCase(
		'mapped customer',
		mutated(...shop.customers),
		(given) =>
			mapCustomer(partyOfCustomer(checkRecord(vendreCustomer, given, 'The customer')), settings),
		({ customer }: { customer: unknown }) => expectWritten(specterCustomer, customer),
	);
});

test('a product as an article', () => {
	const all = { ...settings, purchasePrice: true, stockOnCreation: true };
	everyCase(
		'mapped article',
		mutated(...shop.products),
		(given) => {
			const product = checkRecord(vendreProduct, given, 'The product');
			return mapArticle(product, { articleNo: product.article_number, vatPercent: '25' }, all);
		},
		(article: unknown) => expectWritten(specterArticle, article),
	);
});

/** A record of Specter's queue as it travels between the nodes, which somebody may have changed on the way. */
const article = {
	articleNo: 'A-1',
	oldArticleNo: 'A-0',
	name: 'Kåsa',
	priceExclVAT: '12.50',
	vatPercent: '25',
	buyPrice: '5',
	barCode: '7310000000001',
	productWeight: '0.5',
	supplierArticleNo: 'M1',
	reorderPoint: '3',
	notes: 'Ny',
	isPackage: false,
	deleted: false,
	suppliers: [{ supplierNo: '1', name: 'Lev', buyPrice: '5', articleNo: 'L1' }],
	batchNo: 'b',
};

test('an article change', () => {
	everyCase(
		'article change',
		mutated<IDataObject>(article),
		(given) => mapProduct(checkRecord(articleChange, given, 'The article change'), productSettings),
		({ create, update, articleNumber }: MappedProduct) => {
			expect(articleNumber).not.toBe('');
			expectWritten(vendreProductFields, create);
			expectWritten(vendreProductFields, update);
		},
	);
});

test('a stock change', () => {
	everyCase(
		'stock change',
		mutated<IDataObject>({ articleNo: 'A-1', noItemsAvailable: 2.5, otherSites: [1, null] }),
		(given) => mapStock(checkRecord(stockChange, given, 'The stock change')),
		({ articleNumber, quantity }: MappedStock) => {
			expect(articleNumber).not.toBe('');
			expect(quantity === null || Number.isSafeInteger(quantity)).toBe(true);
		},
	);
});

test('an order change', () => {
	const change = {
		orderNo: '70001',
		externalOrderNo: '1001',
		deliveryStatus: 'D',
		statusId: '5',
		deliveries: [{ trackingNo: 'SE1' }],
		deliveriesUpdated: true,
	};
	const rules = [{ when: 'deliveryStatus', is: 'D', shopStatus: '3' }] as const;
	everyCase(
		'order change',
		fc.tuple(mutated<IDataObject>(change), fc.constantFrom('', 'B-')),
		([given, prefix]) =>
			mapOrderStatus(checkRecord(orderChange, given, 'The order change'), rules, prefix),
		({ orderId, status, trackingNos }: MappedStatus) => {
			const texts = [orderId, status, ...trackingNos];
			expect(texts.every((text) => typeof text === 'string')).toBe(true);
			expect(JSON.stringify(texts)).not.toMatch(/\[object |undefined/);
		},
	);
});
