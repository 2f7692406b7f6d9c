import { STATUSES } from '../data/shop';
import { notFound } from './apiError';
import { checkFields, FIELD, type Fields } from './fields';
import type { OrderDraft, OrderRecord } from './records';
import { Shelf } from './shelf';

const SAVED: Fields = {
	external_id: FIELD.text,
	status_id: {
		test: (value) => typeof value === 'number' && STATUSES.has(value),
		is: `one of the shop's statuses ${[...STATUSES.keys()].join(', ')}`,
	},
	notify_customer: FIELD.bool,
};

/** A mail to the customer about a new status. */
export interface StatusMail {
	orderId: number;
	to: string;
	statusName: string;
}

/** The orders of the shop. */
export class OrderShelf extends Shelf<OrderRecord> {
	readonly mails: StatusMail[] = [];

	constructor(
		private readonly seconds: () => number,
		private readonly statusMailsByDefault: boolean,
		private readonly customerExternalId: (customerId: number | null) => string,
	) {
		super();
	}

	/** Gives a draft its number, dates and status. */
	place(draft: OrderDraft, id: number, statusId: number | null): OrderRecord {
		const now = this.seconds();
		const { customerExternalId } = this;
		const order: OrderRecord = {
			...draft,
			id,
			external_id: '',
			status_id: statusId,
			status_name: STATUSES.get(statusId ?? 0) ?? '',
			date_added: now,
			date_modified: now,
			get customer_external_id() {
				return customerExternalId(this.customer_id);
			},
		};
		this.add(order);
		return order;
	}

	setStatus(order: OrderRecord, statusId: number): void {
		order.status_id = statusId;
		order.status_name = STATUSES.get(statusId) ?? '';
		order.date_modified = this.seconds();
	}

	/** Saves Specter's number or a status (contract vendre §4). @throws ApiError */
	save(id: number, body: Record<string, unknown>): OrderRecord {
		const order = this.byId.get(id);
		if (!order) throw notFound(`order ${id}`);
		checkFields(body, SAVED, 'An order');
		if (typeof body.external_id === 'string') order.external_id = body.external_id;
		if (typeof body.status_id === 'number') {
			this.setStatus(order, body.status_id);
			const notify = body.notify_customer ?? this.statusMailsByDefault;
			if (notify) {
				this.mails.push({ orderId: id, to: order.email_address, statusName: order.status_name });
			}
		}
		order.date_modified = this.seconds();
		return order;
	}
}
