import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import axios from 'axios';

import type { FaultPlan } from '../faults';
import type { VendreDialect } from './dialect';
import { encodeRecord, type WebhookFormat } from './forms';
import { wiresOf, type Wires } from './wires';

export const WEBHOOK_EVENTS = [
	'new_order',
	'updated_order',
	'new_customer',
	'updated_customer',
	'deleted_customer',
] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export interface Webhook {
	url: string;
	format: WebhookFormat;
}

/** A web-hook that was called. */
export interface WebhookDelivery {
	event: WebhookEvent;
	recordId: number;
	/** 0 = no answer. */
	status: number;
	at: Date;
}

/** So many deliveries wait for an answer at once. */
const AT_ONCE = 8;
const TIMEOUT_MS = 60_000;
const DELIVERIES_KEPT = 20_000;

type Job = () => Promise<void>;

/** The shop's web-hooks: one URL an event, POST, no signature, never tried again. */
export class Webhooks {
	readonly urls = new Map<WebhookEvent, Webhook>();

	/** The latest deliveries, oldest first. */
	readonly deliveries: WebhookDelivery[] = [];

	private readonly agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
	private readonly waiting: Job[] = [];
	private held: Job[] = [];
	private running = 0;
	private whenIdle: Array<() => void> = [];

	private readonly wires: Wires;

	constructor(
		private readonly dialect: VendreDialect,
		private readonly faults: FaultPlan,
		private readonly onDelivered: () => void,
	) {
		const { webhookIdKey } = dialect;
		this.wires = wiresOf(dialect, webhookIdKey === null ? {} : { id: webhookIdKey });
	}

	/** @param record as the shop keeps it at this moment */
	fire(event: WebhookEvent, record: { id: number }): void {
		const webhook = this.urls.get(event);
		if (!webhook) return;
		const { contentType, body } = this.written(event, record, webhook.format);
		const deliver = async () => await this.post(event, record.id, webhook.url, contentType, body);
		const fault = this.faults.take({ name: `webhook ${event}` });
		switch (fault?.kind) {
			case 'lose':
				return;
			case 'reorder':
				this.held.push(deliver);
				return;
			case 'repeat':
				this.waiting.push(deliver, deliver);
				break;
			case 'delay':
				this.waiting.push(async () => {
					await pause(fault.delayMs);
					await deliver();
				});
				break;
			default:
				this.waiting.push(deliver);
		}
		this.waiting.push(...this.held);
		this.held = [];
		this.work();
	}

	/** A web-hook as it goes over the wire. */
	written(event: WebhookEvent, record: object, format: WebhookFormat) {
		const { formNesting, webhookWrapper } = this.dialect;
		const written = this.wires[event.endsWith('order') ? 'orders' : 'customers'].toWire(record);
		const payload = webhookWrapper === null ? written : { [webhookWrapper]: written };
		return encodeRecord(payload, format, formNesting);
	}

	/** Resolves when every delivery so far has been answered. */
	async idle(): Promise<void> {
		if (this.running === 0 && this.waiting.length === 0) return;
		await new Promise<void>((resolve) => this.whenIdle.push(resolve));
	}

	stop(): void {
		this.waiting.length = 0;
		this.agent.destroy();
	}

	private work(): void {
		while (this.running < AT_ONCE) {
			const job = this.waiting.shift();
			if (!job) break;
			this.running += 1;
			void job().finally(() => {
				this.running -= 1;
				this.work();
			});
		}
		if (this.running > 0) return;
		const resolved = this.whenIdle;
		this.whenIdle = [];
		for (const resolve of resolved) resolve();
	}

	private async post(
		event: WebhookEvent,
		recordId: number,
		url: string,
		contentType: string,
		body: string,
	): Promise<void> {
		let status = 0;
		try {
			const response = await axios.post(url, body, {
				headers: { 'Content-Type': contentType },
				httpAgent: this.agent,
				proxy: false,
				timeout: TIMEOUT_MS,
				transformRequest: (data: string) => data,
				validateStatus: () => true,
			});
			({ status } = response);
		} catch {
			// No answer: the delivery is lost, as it would be with the real shop.
		}
		this.deliveries.push({ event, recordId, status, at: new Date() });
		if (this.deliveries.length >= 2 * DELIVERIES_KEPT) this.deliveries.splice(0, DELIVERIES_KEPT);
		this.onDelivered();
	}
}
