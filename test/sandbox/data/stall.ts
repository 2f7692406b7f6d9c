import type { CustomerRecord, ProductRecord } from '../vendre/records';
import type { Clientele, Stall } from './orderKinds';
import { TAX_CLASSES } from './shop';

/** Hands out goods and customers of the shop in turn: the same on every run, however large the shop is. */
export function stallOf(
	products: readonly ProductRecord[],
	customers: readonly CustomerRecord[],
	guestId: number | null,
): Stall {
	const sold = products.filter(({ is_parent }) => !is_parent);
	const byVat = groupBy(sold, ({ tax_class_id }) => TAX_CLASSES[tax_class_id]);
	const everything = turns(sold);
	const vatTurns = new Map([...byVat].map(([vat, goods]) => [vat, turns(goods)]));
	const odd = turns(sold.filter(({ price }) => Math.round(price * 100) / 100 !== price));
	const families = turns([
		...groupBy(
			sold.filter(({ parent }) => parent !== 0),
			({ parent }) => parent,
		).values(),
	]);
	const clientele = new Map(
		Object.entries(CLIENTELE).map(([who, belongs]) => [who, turns(customers.filter(belongs))]),
	);
	let serial = 0;
	return {
		goods: (count, vat) => (vat === undefined ? everything : vatTurns.get(vat))?.(count) ?? [],
		oddlyPriced: odd,
		variants: () => families(1)[0] ?? [],
		customer: (who) => (clientele.get(who) as Turns<CustomerRecord>)(1)[0],
		guestId,
		serial: () => (serial += 1),
	};
}

const CLIENTELE: Record<Clientele, (customer: CustomerRecord) => boolean> = {
	person: (customer) => customer.type === 0 && isNew(customer) && isIn(customer, 'SE'),
	company: (customer) => customer.type === 1 && isNew(customer) && isIn(customer, 'SE'),
	known: ({ external_id }) => external_id !== '',
	'finnish person': (customer) => customer.type === 0 && isNew(customer) && isIn(customer, 'FI'),
	'norwegian company': (customer) => customer.type === 1 && isIn(customer, 'NO'),
};

function isNew({ external_id }: CustomerRecord): boolean {
	return external_id === '';
}

function isIn({ address_country_code_alpha2 }: CustomerRecord, country: string): boolean {
	return address_country_code_alpha2 === country;
}

type Turns<Value> = (count: number) => Value[];

/** The next ones, over and over; never the same twice in one answer. */
function turns<Value>(values: readonly Value[]): Turns<Value> {
	let next = 0;
	return (count) => {
		const some = Math.min(count, values.length);
		const taken = Array.from(
			{ length: some },
			(_, index) => values[(next + index) % values.length],
		);
		next = (next + some) % (values.length || 1);
		return taken;
	};
}

function groupBy<Value, Key>(
	values: readonly Value[],
	keyOf: (value: Value) => Key,
): Map<Key, Value[]> {
	const groups = new Map<Key, Value[]>();
	for (const value of values) {
		const key = keyOf(value);
		const group = groups.get(key);
		if (group) group.push(value);
		else groups.set(key, [value]);
	}
	return groups;
}
