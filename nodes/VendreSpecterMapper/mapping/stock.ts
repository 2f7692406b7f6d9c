import { Refusal } from '../../shared/refusal';
import type { StockChange } from '../../Specter/changes';
import type { Notes } from './notes';

/** What the shop's stock of an article is to be; null where Specter tells no number. */
export interface MappedStock {
	articleNumber: string;
	quantity: number | null;
	notes: Notes;
}

/**
 * A stock change of Specter's as the shop's stock (matrix S1): whole units of the main site, the others
 * being left out (S2). A part of a unit cannot be sold, so that 2.5 is 2 and -2.5 is -3.
 * @throws {Refusal} without an article number
 */
export function mapStock(change: StockChange): MappedStock {
	const { articleNo, noItemsAvailable: told, note } = change;
	if (!articleNo) {
		throw new Refusal(
			'The stock change has no articleNo',
			'Give the node the items of Stock Change: Get Pending.',
		);
	}
	const stock = (quantity: number | null, ...notes: Notes) => ({
		articleNumber: articleNo,
		quantity,
		notes,
	});
	if (told === null) {
		return stock(null, note ?? `Specter tells no number for article ${articleNo}: left alone`);
	}
	const whole = Math.floor(told);
	if (whole === told) return stock(whole);
	return stock(
		whole,
		`Specter has ${told} of article ${articleNo}: rounded down to ${whole}, because a part cannot be sold`,
	);
}
