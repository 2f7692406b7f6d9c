import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Where a workflow can send messages to, as to a chat's incoming webhook. */
export interface WebhookInbox {
	url: string;
	/** What was sent and taken, oldest first. */
	messages: Array<Record<string, unknown>>;
	/** The status of every answer; what is not answered with 200 is not taken. */
	status: number;
	/** How many calls came, taken or not. */
	calls: number;
	stop(): Promise<void>;
}

export async function startWebhookInbox(): Promise<WebhookInbox> {
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			inbox.calls++;
			if (inbox.status === 200) inbox.messages.push(JSON.parse(body) as Record<string, unknown>);
			response.writeHead(inbox.status).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const inbox: WebhookInbox = {
		url: `http://127.0.0.1:${port}/`,
		messages: [],
		status: 200,
		calls: 0,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return inbox;
}
