/**
 * Other names that an account may have for a parameter whose name is assumed, the likeliest first. A name
 * that none of them hits is left out, so that its record is taken without it.
 */
export function otherNames(name: string): string[] {
	const capital = name.charAt(0).toUpperCase() + name.slice(1);
	const own = KNOWN[name] ?? [];
	const delivery = /^delivery(.*)$/i.exec(name)?.[1];
	const places = ['shipTo', 'ship', 'shipping', 'leverans'].flatMap((place) =>
		delivery === undefined ? [] : variantsOf(place + capitalized(delivery)),
	);
	const ofCustomer = name.startsWith('customer')
		? [uncapitalized(name.replace(/^customer/, ''))]
		: [`customer${capital}`, `buyer${capital}`];
	const all = [...own, ...places, ...ofCustomer].filter((other) => other !== name);
	return [...new Set(all)];
}

/** `shipToZipCodeEng` is `shipToZipCode` elsewhere. */
const variantsOf = (name: string) => [
	name,
	name.replace(/Eng$/, ''),
	name.replace(/ZipCodeEng$/, 'Zip'),
];

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const KNOWN: Record<string, string[]> = {
	faxNo: ['fax', 'faxNumber', 'faxNr', 'telefax'],
	newArticleNo: [
		'changeArticleNoTo',
		'articleNoNew',
		'newArticleNumber',
		'newArtNo',
		'renameArticleNo',
		'renamedArticleNo',
		'changedArticleNo',
		'articleNoTo',
		'toArticleNo',
		'updatedArticleNo',
		'articleNewNo',
		'changeArticleNo',
		'newNo',
	],
	customerReference: ['yourReference', 'customerRef', 'reference', 'yourRef', 'erReferens'],
	orderDate: ['dateOfOrder', 'date', 'orderdatum', 'orderDateTime', 'dateOrdered'],
	shopEmail: ['webshopEmail', 'shopEmailAddress', 'senderEmail', 'fromEmail'],
	customerOrganizationalForm: ['organizationalForm', 'customerType', 'organisationalForm'],
	firstName: ['customerFirstName', 'firstname', 'givenName'],
	surName: ['customerSurName', 'lastName', 'customerLastName'],
	orgNo: ['customerOrgNo', 'organizationNo', 'organisationNo'],
};
