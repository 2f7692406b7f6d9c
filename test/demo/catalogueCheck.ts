import type { CustomerRecord, ProductRecord, Sandbox } from '../sandbox';
import { inLatin1 } from '../sandbox/data/known';
import { TAX_CLASSES } from '../sandbox/data/shop';

/** What of a product does not stand in Specter as the shop has it (matrix P1–P4, P6), a sentence each. */
export function compareArticle({ specter }: Sandbox, product: ProductRecord): string[] {
	const article = specter.articles.get(product.article_number);
	if (!article) return [`article ${product.article_number} is missing in Specter`];
	const wanted = {
		name: inLatin1(product.name.sv),
		priceExclVAT: hundredths(product.price),
		vatPercent: String(TAX_CLASSES[product.tax_class_id]),
		barCode: product.ean1,
		productWeight: product.weight === null ? '' : product.weight.toFixed(3),
	};
	return differences(article, wanted);
}

/** What of a customer does not stand in Specter as the shop has it (matrix C1, C3–C5, C13), a sentence each. */
export function compareCustomer({ specter }: Sandbox, customer: CustomerRecord): string[] {
	const found = specter.customers.get(Number(customer.external_id));
	if (!found) return [`Specter has no customer "${customer.external_id}"`];
	return differences(found, {
		emailAddress: customer.email_address,
		address: inLatin1(customer.address_street),
		zipCodeEng: customer.address_postcode,
		city: inLatin1(customer.address_city),
	});
}

/** An amount in two decimals, rounded half up as Specter gets it. */
const hundredths = (amount: number) => (Math.round(amount * 100 + 1e-7) / 100).toFixed(2);

function differences<Wanted extends Record<string, string>>(
	found: { [Field in keyof Wanted]: string },
	wanted: Wanted,
): string[] {
	return Object.keys(wanted)
		.filter((field) => found[field] !== wanted[field])
		.map((field) => `${field} is "${found[field]}" instead of "${wanted[field]}"`);
}
