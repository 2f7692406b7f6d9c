import { Refusal } from '../../shared/refusal';
import type { OrderChange } from '../../Specter/changes';
import type { Notes } from './notes';
import type { StatusRule } from './settings';

/** Which status an order of the shop is to get. */
export interface MappedStatus {
	/** Specter's number of the order. */
	orderNo: string;
	/** The shop's number of the order; '' where Specter has none. */
	orderId: string;
	/** Id or name of the shop's status; '' leaves the order alone. */
	status: string;
	trackingNos: string[];
	notes: Notes;
}

/**
 * An order change of Specter's as the status of the shop's order, by the first of the user's rules that
 * fits (matrix T1). Without one, or with one that names no status, the order is left alone.
 * @throws {Refusal} for an order without any number
 */
export function mapOrderStatus(change: OrderChange, rules: readonly StatusRule[]): MappedStatus {
	const { orderNo, externalOrderNo, deliveryStatus, statusId, deliveries } = change;
	if (!orderNo && !externalOrderNo) {
		throw new Refusal(
			'The order change has neither orderNo nor externalOrderNo',
			'Give the node the items of Order Change: Get Pending.',
		);
	}
	const status = rules.find((rule) => fits(rule, change))?.shopStatus.trim() ?? '';
	const unmapped = `Specter’s order ${orderNo} (delivery status ${deliveryStatus || 'none'}, status ${statusId || 'none'}) is not mapped: left alone`;
	return {
		orderNo,
		orderId: externalOrderNo,
		status,
		trackingNos: deliveries.map(({ trackingNo }) => trackingNo).filter(Boolean),
		notes: status ? [] : [unmapped],
	};
}

/** A rule that was not filled in fits no order, not even one without a status. */
function fits({ when, is }: StatusRule, change: OrderChange): boolean {
	const wanted = comparable(is);
	return wanted !== '' && wanted === comparable(change[when]);
}

const comparable = (text: string) => text.trim().toLowerCase();
