import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline, Readable } from 'node:stream';

/** A request as it came over the wire, one character a byte. */
export interface RawRequest {
	method: string;
	/** Path and query. */
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** What is answered, a stream as it comes; undefined = the connection is closed without an answer. */
export type RawAnswer =
	| { status?: number; headers?: Record<string, string>; body?: string | Buffer | Readable }
	| undefined;

export interface StandIn {
	url: string;
	requests: RawRequest[];
	stop(): Promise<void>;
}

const running = new Set<Server>();

/** A test that fails half-way leaves no server behind, which would keep jest from ending. */
afterEach(async () => {
	await Promise.all([...running].map(close));
});

async function close(server: Server): Promise<void> {
	if (!running.delete(server)) return;
	server.close();
	server.closeAllConnections();
	await once(server, 'close');
}

/**
 * A server on 127.0.0.1 that answers as the test says, for what neither system of the sandbox does. It
 * is stopped at the end of the test, or before.
 *
 * @param answer is given the request and how many came before it
 */
export async function standIn(
	answer: (request: RawRequest, index: number) => RawAnswer | Promise<RawAnswer>,
): Promise<StandIn> {
	const requests: RawRequest[] = [];
	const server = createServer(async (incoming, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
		const request = {
			method: incoming.method ?? '',
			url: incoming.url ?? '',
			headers: incoming.headers,
			body: Buffer.concat(chunks).toString('latin1'),
		};
		requests.push(request);
		const given = await answer(request, requests.length - 1);
		if (!given) {
			incoming.socket.destroy();
			return;
		}
		response.writeHead(given.status ?? 200, given.headers);
		// Whoever asked may hang up half-way, which ends the stream as well.
		if (given.body instanceof Readable) pipeline(given.body, response, () => {});
		else response.end(given.body ?? '');
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	running.add(server);
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		stop: async () => await close(server),
	};
}
