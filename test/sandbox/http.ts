import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import type { Fault } from './faults';

/** A request as it came over the wire: nothing decoded. */
export interface Received {
	method: string;
	path: string;
	/** Without the question mark. */
	query: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** Status in the call log of a request that was never answered. */
export const NO_ANSWER = 0;

const BODY_LIMIT = 16 * 1024 * 1024;

export function text(body: string, status = 200, contentType = 'text/plain'): Answer {
	return {
		status,
		headers: { 'Content-Type': `${contentType}; charset=utf-8` },
		body: Buffer.from(body, 'utf8'),
	};
}

export function html(body: string, status = 200): Answer {
	return text(body, status, 'text/html');
}

export function json(value: unknown, status = 200): Answer {
	return text(JSON.stringify(value), status, 'application/json');
}

export function redirect(location: string): Answer {
	return { status: 303, headers: { Location: location }, body: Buffer.alloc(0) };
}

/**
 * A server on 127.0.0.1 that hands each request over as it came.
 *
 * @param port 0 = any free port
 */
export async function listen(
	port: number,
	handle: (request: Received, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; url: string }> {
	const server = createServer((request, response) => {
		receive(request)
			.then(async (received) => await handle(received, response))
			.catch((error: unknown) => {
				if (response.headersSent || response.destroyed) return;
				send(response, text(error instanceof Error ? (error.stack ?? '') : String(error), 500));
			});
	});
	// A client that keeps its connection must not find it closed between two calls.
	server.keepAliveTimeout = 120_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: actual } = server.address() as AddressInfo;
	return { server, url: `http://127.0.0.1:${actual}` };
}

export async function close(server: Server | undefined): Promise<void> {
	if (!server) return;
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

/**
 * Carries a request out and answers it, or does what the fault says instead.
 *
 * @param handle what the request does; it must finish its writes before it returns
 * @returns the status that was sent, NO_ANSWER if the connection was dropped
 */
export async function answer(
	response: ServerResponse,
	fault: Fault | undefined,
	handle: () => Answer,
): Promise<number> {
	switch (fault?.kind) {
		case 'drop-before-commit':
			return drop(response);
		case 'status':
			return send(response, {
				...text(`Status ${fault.status}`, fault.status),
				...(fault.retryAfter && { headers: { 'Retry-After': fault.retryAfter } }),
			});
		case 'delay':
			await pause(fault.delayMs);
			return send(response, handle());
		case 'drop-after-commit':
			handle();
			return drop(response);
		case 'silence':
			handle();
			await pause(fault.delayMs);
			return drop(response);
		case 'malformed': {
			const whole = handle();
			const part = whole.body.subarray(0, Math.ceil(whole.body.length / 4));
			return send(response, { ...whole, body: part });
		}
		case 'garbage':
			handle();
			return send(response, html('<html><body><h1>Server error in application</h1></body></html>'));
		case 'wrong-type': {
			const { headers, ...whole } = handle();
			const type = { 'Content-Type': 'application/octet-stream' };
			return send(response, { ...whole, headers: { ...headers, ...type } });
		}
		default:
			return send(response, handle());
	}
}

export function send(response: ServerResponse, { status, headers, body }: Answer): number {
	response.writeHead(status, { ...headers, 'Content-Length': String(body.length) });
	response.end(body);
	return status;
}

function drop(response: ServerResponse): number {
	response.socket?.destroy();
	return NO_ANSWER;
}

async function receive(request: IncomingMessage): Promise<Received> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > BODY_LIMIT) throw new Error(`Body longer than ${BODY_LIMIT} bytes`);
		chunks.push(chunk);
	}
	const url = request.url ?? '/';
	const question = url.indexOf('?');
	return {
		method: request.method ?? 'GET',
		path: question < 0 ? url : url.slice(0, question),
		query: question < 0 ? '' : url.slice(question + 1),
		headers: request.headers,
		body: Buffer.concat(chunks),
	};
}
