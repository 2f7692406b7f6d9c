import { Refusal } from '../../shared/refusal';
import type { OrderChange } from '../../Specter/changes';
import type { Notes } from './notes';
import { shopNumber } from './orderNumber';
import type { StatusRule } from './settings';

/** Which status an order of the shop is to get. */
export interface MappedStatus {
	/** Specter's number of the order. */
	orderNo: string;
	/** The shop's number of the order; '' where Specter has none, or has one of another shop. */
	orderId: string;
	/** Id or name of the shop's status; '' leaves the order alone. */
	status: string;
	trackingNos: string[];
	notes: Notes;
}

/**
 * An order change of Specter's as the status of the shop's order, by the first of the user's rules that
 * fits (matrix T1). Without one, or with one that names no status, the status is left alone; of another
 * shop's order on the account everything is.
 * @param orderNumberPrefix what stands before this shop's order numbers in Specter (matrix O24)
 * @throws {Refusal} for an order without any number, and for a prefix that cannot be used
 */
export function mapOrderStatus(
	change: OrderChange,
	rules: readonly StatusRule[],
	orderNumberPrefix: string,
): MappedStatus {
	const { orderNo, externalOrderNo, deliveryStatus, statusId, deliveries } = change;
	if (!orderNo && !externalOrderNo) {
		throw new Refusal(
			'The order change has neither orderNo nor externalOrderNo',
			'Give the node the items of Order Change: Get Pending.',
		);
	}
	const trackingNos = deliveries.map(({ trackingNo }) => trackingNo).filter(Boolean);
	const orderId = shopNumber(externalOrderNo, orderNumberPrefix);
	if (orderId === undefined) {
		const note = `Specter’s order ${orderNo} has the external number "${externalOrderNo}", which is not of this shop: left alone`;
		return { orderNo, orderId: '', status: '', trackingNos, notes: [note] };
	}
	const status = rules.find((rule) => fits(rule, change))?.shopStatus.trim() ?? '';
	const unmapped = `Specter’s order ${orderNo} (delivery status ${deliveryStatus || 'none'}, status ${statusId || 'none'}) is not mapped: the status is left alone`;
	return {
		orderNo,
		orderId,
		status,
		trackingNos,
		notes: status ? [] : [unmapped],
	};
}

/** A rule that was not filled in fits no order, not even one without a status. */
function fits({ when, is }: StatusRule, change: OrderChange): boolean {
	const wanted = comparable(is);
	return wanted !== '' && wanted === comparable(change[when]);
}

const comparable = (text: string) => text.trim().toLowerCase();
