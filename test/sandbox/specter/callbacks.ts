import { Agent } from 'node:http';

import axios from 'axios';
import { setTimeout as pause } from 'node:timers/promises';

import type { FaultPlan } from '../faults';

export const CALL_BACK_EVENTS = [
	'actionStockChange',
	'actionArticleChange',
	'actionOrderChange',
	'actionNewInvoice',
	'actionRemoveOrder',
] as const;

export type CallBackEvent = (typeof CALL_BACK_EVENTS)[number];

/** A call-back that was made: `answer` should be `1;Done`. */
export interface CallBackDelivery {
	event: CallBackEvent;
	url: string;
	/** 0 = no answer. */
	status: number;
	answer: string;
	at: Date;
}

const DELIVERIES_KEPT = 1_000;
const TIMEOUT_MS = 10_000;

/** The registered call-back URLs, and the calls to them: GET, without data or signature. */
export class CallBacks {
	/** One URL per event. */
	readonly urls = new Map<CallBackEvent, string>();

	/** The latest deliveries, oldest first. */
	readonly deliveries: CallBackDelivery[] = [];

	private readonly agent = new Agent({ keepAlive: true });
	private readonly running = new Set<Promise<void>>();
	private held: Array<() => Promise<void>> = [];

	constructor(
		private readonly faults: FaultPlan,
		private readonly onDelivered: () => void,
	) {}

	/** A URL registers, an empty one removes. */
	register(event: CallBackEvent, url: string): void {
		if (url === '') this.urls.delete(event);
		else this.urls.set(event, url);
	}

	/** @param values what stands for `$orderId` and the like in the URL */
	fire(event: CallBackEvent, values: Record<string, string | number> = {}): void {
		const registered = this.urls.get(event);
		if (!registered) return;
		const url = registered.replace(/\$(\w+)/g, (whole, name: string) =>
			Object.hasOwn(values, name) ? encodeURIComponent(values[name]) : whole,
		);
		const deliver = async () => await this.call(event, url);
		const fault = this.faults.take({ name: `callback ${event}` });
		if (fault?.kind === 'lose') return;
		if (fault?.kind === 'reorder') {
			this.held.push(deliver);
			return;
		}
		const held = this.held;
		this.held = [];
		this.run(async () => {
			if (fault?.kind === 'delay') await pause(fault.delayMs);
			await deliver();
			if (fault?.kind === 'repeat') await deliver();
			for (const later of held) await later();
		});
	}

	/** Resolves when every call-back so far has been answered. */
	async idle(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	stop(): void {
		this.agent.destroy();
	}

	private run(delivery: () => Promise<void>): void {
		const promise = delivery().finally(() => this.running.delete(promise));
		this.running.add(promise);
	}

	private async call(event: CallBackEvent, url: string): Promise<void> {
		const delivery: CallBackDelivery = { event, url, status: 0, answer: '', at: new Date() };
		try {
			const response = await axios.get<string>(url, {
				httpAgent: this.agent,
				proxy: false,
				responseType: 'text',
				timeout: TIMEOUT_MS,
				validateStatus: () => true,
			});
			delivery.status = response.status;
			delivery.answer = response.data;
		} catch (error) {
			delivery.answer = error instanceof Error ? error.message : String(error);
		}
		this.deliveries.push(delivery);
		if (this.deliveries.length >= 2 * DELIVERIES_KEPT) this.deliveries.splice(0, DELIVERIES_KEPT);
		this.onDelivered();
	}
}
