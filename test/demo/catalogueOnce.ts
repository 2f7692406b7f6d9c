import type { Stack } from '../host/stack';
import type { VendreShop } from '../sandbox';
import { compareArticle, compareCustomer } from './catalogueCheck';
import { table, type Column } from './table';

/** What somebody does in the shop, and how it must stand in Specter afterwards. */
interface Act {
	what: string;
	record: string;
	toldBy: 'webhook' | 'poll';
	/** The system in which it is done last: Specter's number of a new customer is saved in the shop. */
	endsIn: 'specter' | 'vendre';
	make(): void;
	problems(): string[];
}

const TIMEOUT_MS = 150_000;

const COLUMNS: Array<Column<Act & { found: string[] }>> = [
	{ title: 'Changed in the shop', text: ({ what }) => what },
	{ title: 'Record', text: ({ record }) => record },
	{ title: 'Told by', text: ({ toldBy }) => toldBy },
	{ title: 'Result', text: ({ found }) => (found.length === 0 ? 'right' : found.join('; ')) },
];

/**
 * Waits until the whole catalogue and all customers stand in Specter, then changes some of them in the
 * shop and prints how each stands. Answers whether all are right.
 */
export async function catalogueOnce(stack: Stack): Promise<boolean> {
	const { vendre, specter } = stack.sandbox;
	const started = Date.now();
	const strayProducts = () =>
		[...vendre.products.values()].flatMap((each) => compareArticle(stack.sandbox, each));
	const strayCustomers = () =>
		[...vendre.customers.values()].flatMap((each) => compareCustomer(stack.sandbox, each));

	console.log(`Sending ${vendre.products.size} products and ${vendre.customers.size} customers …`);
	await agreed(specter, strayProducts);
	await agreed(vendre, strayCustomers);
	await stack.client.idle();
	const before = specter.articles.size;

	const acts = planActs(stack);
	for (const { make } of acts) make();
	for (const { endsIn, problems } of acts) await agreed(stack.sandbox[endsIn], problems);
	await stack.client.idle();
	const rows = acts.map((act) => ({ ...act, found: act.problems() }));
	const right = rows.filter(({ found }) => found.length === 0).length;
	console.log(`\n${table(COLUMNS, rows)}\n`);
	const others = [...strayProducts(), ...strayCustomers()];
	for (const stray of others) console.log(`Not as in the shop: ${stray}`);
	const doubled = specter.articles.size - before - 1;
	if (doubled !== 0) console.log(`${doubled} articles too many in Specter`);
	const seconds = Math.round((Date.now() - started) / 1000);
	console.log(
		`${right} of ${rows.length} right, ${vendre.products.size} products and ${vendre.customers.size} customers looked at, in ${seconds} s`,
	);
	return right === rows.length && others.length === 0 && doubled === 0;
}

/** Waits until nothing is wrong any more, or for as long as anybody would; the system is the one that changes last. */
async function agreed(system: Pick<VendreShop, 'until'>, problems: () => string[]): Promise<void> {
	await system
		.until(() => problems().length === 0, TIMEOUT_MS)
		.catch(() => console.log(`Specter does not agree after ${TIMEOUT_MS / 1000} s.`));
}

function planActs({ sandbox }: Stack): Act[] {
	const { vendre, specter } = sandbox;
	const [priced, renumbered] = [...vendre.products.values()].slice(-2);
	const [moved, silent] = [...vendre.customers.values()].slice(-2);
	const renumberedId = specter.articles.get(renumbered.article_number)?.specterArticleId;
	const former = renumbered.article_number;
	const made = {
		email_address: 'ny.kund@post.example',
		type: 0 as const,
		identification_number: '',
	};
	const withMadeEmail = () =>
		[...vendre.customers.values()].find((each) => each.email_address === made.email_address);
	return [
		{
			what: 'another price',
			record: priced.article_number,
			toldBy: 'poll',
			endsIn: 'specter',
			make: () => vendre.editProduct(priced.id, { price: 1234.56 }),
			problems: () => compareArticle(sandbox, priced),
		},
		{
			what: 'another article number',
			record: `${former} → OM-1`,
			toldBy: 'poll',
			endsIn: 'specter',
			make: () => vendre.editProduct(renumbered.id, { article_number: 'OM-1' }),
			problems: () =>
				specter.articles.get('OM-1')?.specterArticleId === renumberedId
					? compareArticle(sandbox, renumbered)
					: ['is not the same article'],
		},
		{
			what: 'a new product',
			record: 'NY-1',
			toldBy: 'poll',
			endsIn: 'specter',
			make: () =>
				vendre.productShelf.create({
					article_number: 'NY-1',
					name: { sv: 'Nyhet' },
					price: 80,
					tax_class_id: 2,
				}),
			problems: () => (specter.articles.has('NY-1') ? [] : ['is missing']),
		},
		{
			what: 'another address',
			record: moved.email_address,
			toldBy: 'webhook',
			endsIn: 'specter',
			make: () => vendre.editCustomer(moved.id, { address_street: 'Nygatan 1' }),
			problems: () => compareCustomer(sandbox, moved),
		},
		{
			what: 'another city, by the admin',
			record: silent.email_address,
			toldBy: 'poll',
			endsIn: 'specter',
			make: () => vendre.customerShelf.save(silent.id, { address_city: 'Nybro' }),
			problems: () => compareCustomer(sandbox, silent),
		},
		{
			what: 'a new customer',
			record: made.email_address,
			toldBy: 'webhook',
			endsIn: 'vendre',
			make: () => vendre.addCustomer(made),
			problems: () => {
				const customer = withMadeEmail();
				return customer ? compareCustomer(sandbox, customer) : ['is not in the shop'];
			},
		},
	];
}
