import type { Looks, StormSize } from './plan';

/** For storms of a minute or two. */
const OFTEN: Looks = { changes: 10, orders: 60, replay: 15, firstWaitMinutes: 0.1 };

/**
 * For a storm whose day is short while its calls take as long as in life. Looks that came more often would
 * wait for answers side by side, in the places of all others. A record has its eight tries in 40 minutes.
 */
const NOW_AND_THEN: Looks = { changes: 30, orders: 120, replay: 60, firstWaitMinutes: 0.3 };

/** What `npm test` goes through. */
export const SHORT: StormSize = {
	seconds: 75,
	orders: 300,
	badOrders: 4,
	stockChanges: 600,
	statusChanges: 40,
	articleChanges: 24,
	productChanges: 24,
	customerChanges: 12,
	kills: 3,
	outages: 1,
	outageSeconds: 20,
	// It was asleep, and then somebody corrects a part of it.
	clockErrors: [1_200, 1_110],
	silenceSeconds: 3,
	// A record that fails five times over waits for three minutes altogether.
	patienceSeconds: 360,
	looks: OFTEN,
};

const HOURS = 24;
/** Two cores get through two orders a second with all that goes wrong on their way. */
const SECONDS_AN_HOUR = 120;

/** A day, an hour of it in two minutes: everything else grows with the orders. */
export function longStorm(orders: number): StormSize {
	return {
		seconds: HOURS * SECONDS_AN_HOUR,
		orders,
		badOrders: Math.ceil(orders / 100),
		stockChanges: 2 * orders,
		statusChanges: Math.ceil(orders / 8),
		articleChanges: 10 * HOURS,
		productChanges: 10 * HOURS,
		customerChanges: 5 * HOURS,
		kills: HOURS / 2,
		outages: HOURS / 6,
		outageSeconds: 60,
		clockErrors: [1_200, 1_110, 7_200, 7_100],
		// Longer than a node waits for an answer.
		silenceSeconds: 32,
		patienceSeconds: 1_800,
		looks: NOW_AND_THEN,
	};
}
