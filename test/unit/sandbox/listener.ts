import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where web-hooks are sent to, and what came. */
export interface Listener {
	url: string;
	heard: Array<{ type: string; body: string }>;
	stop(): void;
}

export async function listen(): Promise<Listener> {
	const heard: Listener['heard'] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((body) => {
			heard.push({ type: request.headers['content-type'] ?? '', body });
			response.end();
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		heard,
		stop() {
			server.closeAllConnections();
			server.close();
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}
