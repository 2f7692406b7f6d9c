/** The shop's own settings: tax classes, statuses, modules, warehouses, categories. */

/** VAT % by tax_class_id. */
export const TAX_CLASSES: Readonly<Record<number, number>> = { 2: 25, 4: 12, 3: 6, 5: 0 };

export const STATUSES: ReadonlyMap<number, string> = new Map([
	[1, 'Mottagen'],
	[2, 'Under behandling'],
	[3, 'Delvis skickad'],
	[4, 'Skickad'],
	[5, 'Avbruten'],
	[6, 'Väntar på betalning'],
]);

export const FIRST_STATUS = 1;

/** A payment or shipping module; `code` is its "Extern modulidentifierare". */
export interface Module {
	name: string;
	code: string;
}

export const PAYMENTS = {
	card: { name: 'Kortbetalning', code: 'SK' },
	klarna: { name: 'Klarna Checkout', code: 'KG' },
	swish: { name: 'Swish', code: 'SW' },
	invoice: { name: 'Faktura 30 dagar', code: 'I' },
	cashOnDelivery: { name: 'Postförskott', code: 'P' },
	prepayment: { name: 'Förskottsbetalning', code: 'PP' },
	payInStore: { name: 'Betala i butik', code: 'D' },
} satisfies Record<string, Module>;

export const SHIPPINGS = {
	parcel: { name: 'PostNord MyPack Collect', code: 'MYPACK' },
	home: { name: 'Hemleverans på kvällen', code: 'HEM' },
	freight: { name: 'DHL Stycke', code: 'DHL-STYCKE' },
	pickUp: { name: 'Hämta i butiken', code: 'BUTIK' },
} satisfies Record<string, Module>;

/** Main warehouse first. */
export const WAREHOUSES = ['lager', 'butik'] as const;

export const CATEGORIES: ReadonlyArray<{ id: number; parent: number; sv: string; en: string }> = [
	{ id: 101, parent: 0, sv: 'Kök & servering', en: 'Kitchen & serving' },
	{ id: 102, parent: 101, sv: 'Kaffe & te', en: 'Coffee & tea' },
	{ id: 103, parent: 101, sv: 'Bakning', en: 'Baking' },
	{ id: 110, parent: 0, sv: 'Skafferi', en: 'Pantry' },
	{ id: 120, parent: 0, sv: 'Böcker & tidskrifter', en: 'Books & magazines' },
	{ id: 130, parent: 0, sv: 'Friluftsliv', en: 'Outdoors' },
	{ id: 131, parent: 130, sv: 'Kläder', en: 'Clothing' },
	{ id: 140, parent: 0, sv: 'Spel & lek', en: 'Games & play' },
	{ id: 150, parent: 0, sv: 'Presentkort', en: 'Gift cards' },
];
