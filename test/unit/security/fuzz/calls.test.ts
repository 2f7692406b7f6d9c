import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { checkedBaseUrl } from '../../../../nodes/shared/http';
import {
	callBackEvents,
	carriedIds,
	isCallBackEvent,
} from '../../../../nodes/Specter/transport/callBacks';
import { isWebhookEvent, recordIdIn } from '../../../../nodes/Vendre/transport/webhook';
import { vendreProduct } from '../../../../nodes/Vendre/records';
import { make } from '../../templates/variantCode';
import { CASES, everyCase } from './cases';
import { mutated, mutatedText, strange } from './mutations';

test('a webhook’s body has a number that may stand in a path, or none', () => {
	const bodies = mutated<IDataObject>(
		{ id: 5, products: [{ id: 9 }] },
		{ 'data[id]': '5', 'data[products][0][id]': '9' },
		{ data: { 'order[id]': '5' }, files: {} },
		{ customer: { id: '5' } },
	);
	everyCase(
		'webhook',
		fc.tuple(bodies, strange),
		([body, event]) => [recordIdIn(body), isWebhookEvent(event)],
		([id, isEvent]: [number | undefined, boolean]) => {
			expect(isEvent).toBe(false);
			if (id !== undefined) expect(`orders/${id}`).toMatch(/^orders\/[1-9]\d*$/);
		},
	);
});

test('a call-back carries short texts under the names of its event, and nothing else', () => {
	const carried = { orderId: '1', invoiceId: 2, invoiceSource: 'Order', orderNo: '7', secret: 'x' };
	everyCase(
		'call-back',
		fc.tuple(
			fc.constantFrom(...callBackEvents),
			mutated<IDataObject>(carried),
			fc.oneof(mutated<unknown[] | IDataObject>({ data: carried }, carried, [carried]), strange),
			strange,
		),
		([event, query, body, name]) => {
			expect(isCallBackEvent(name)).toBe(false);
			return carriedIds(event, query, body);
		},
		(ids: IDataObject) => {
			for (const [name, id] of Object.entries(ids)) {
				expect(['orderId', 'invoiceId', 'invoiceSource', 'orderNo']).toContain(name);
				expect(typeof id === 'string' && id.length <= 100 && !id.startsWith('$')).toBe(true);
				expect(id).not.toMatch(/\[object /);
			}
		},
	);
});

test('a base address is usable or refused in words', () => {
	everyCase(
		'base address',
		mutatedText('https://api.specter.se/', 'http://127.0.0.1:5901', 'https://shop.example/sub'),
		(given) => checkedBaseUrl(given, 'Base URL'),
		(address: string) => expect(address).toMatch(/^https?:\/\/[^/?#@\s]+(\/[^?#]*)?$/),
	);
});

const hasNoParts = (cell: unknown) => typeof cell !== 'object';

test('a sheet of variants makes rows whose every cell is text, and a reason for each other', () => {
	const products = [
		{ id: 1, article_number: 'A', parent: 0, name: { sv: 'Mugg' } },
		{ id: 2, article_number: 'A-RED-L', parent: 0, name: { sv: 'Mugg röd' } },
		{ id: 3, article_number: 'A-BLU-M', parent: 1, name: { sv: 'Mugg blå' } },
	] as IDataObject[];
	const sheet = [
		['Huvudprodukt', 'Artikelnummer', 'Välj färg', 'Välj storlek'],
		['A', 'A-RED-L', 'Röd', 'L'],
		['A', 'A-BLU-M', 'Blå', 'M'],
	] as unknown[][];
	everyCase(
		'variant rows',
		fc.tuple(mutated(products), mutated(sheet), fc.boolean()),
		([shop, rows, bySheet]) => {
			// The node before it gives products in our one shape, and a cell of a sheet has no parts.
			const items = shop.flatMap((item) => vendreProduct.safeParse(item).data ?? []);
			const cells = rows.filter(Array.isArray).map((row) => row.filter(hasNoParts));
			return make(items, {}, bySheet ? cells : undefined);
		},
		({ rows }: ReturnType<typeof make>) => {
			for (const row of rows) {
				for (const cell of Object.values(row)) expect(typeof cell).toBe('string');
				expect(JSON.stringify(row)).not.toMatch(/\[object |undefined/);
			}
		},
	);
});

test('all in all there are a hundred thousand cases', () => {
	const count = Object.values(CASES).reduce<number>((sum, cases) => sum + cases, 0);
	expect(count).toBeGreaterThanOrEqual(100_000);
});
