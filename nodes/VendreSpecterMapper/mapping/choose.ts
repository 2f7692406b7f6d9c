import { DateTime } from 'luxon';
import { Refusal } from '../../shared/refusal';
import { vendreWords } from '../../Vendre/transport/dialect';
import type { VendreOrder } from '../../Vendre/records';

/** Which orders are never sent, as the user chose. */
export interface ChoiceSettings {
	/** ISO date; orders placed before it stay behind. Empty: no limit. */
	orderFrom: string;
	/** Ids or names of order statuses that are never sent. */
	neverSentStatuses: readonly string[];
}

/** Whether an order goes to Specter, and why (not). */
export interface Decision {
	send: boolean;
	reason: string;
}

const stay = (reason: string): Decision => ({ send: false, reason });

/**
 * Whether an order is to be sent: not when it carries Specter's number already, is unfinished
 * (contract vendre §4), is in a status that the settings leave out, or is older than the
 * order-from date.
 * @throws {Refusal} when the order-from date is none
 */
export function chooseOrder(order: VendreOrder, settings: ChoiceSettings): Decision {
	const number = order.external_id;
	if (number) return stay(`Already in Specter as order ${number}`);

	const { status_id: status, status_name: name } = order;
	if (status === null || status === vendreWords.unfinishedStatusId) {
		return stay('The customer has not finished the order');
	}
	const left = settings.neverSentStatuses.map((text) => text.trim().toLowerCase());
	if (left.includes(String(status)) || (name && left.includes(name.toLowerCase()))) {
		return stay(`Orders in status "${name || status}" are never sent`);
	}
	const zone = vendreWords.timeZone;
	const from = settings.orderFrom ? DateTime.fromISO(settings.orderFrom, { zone }) : undefined;
	if (from && !from.isValid) {
		throw new Refusal(
			`The order-from date "${settings.orderFrom}" is no date`,
			'Write it as YYYY-MM-DD, for example 2026-01-01.',
		);
	}
	if (from && order.date_added !== null && order.date_added < from.toSeconds()) {
		return stay(`Placed before ${from.toISODate()}, the order-from date`);
	}
	return { send: true, reason: 'New in the shop and not in Specter yet' };
}
