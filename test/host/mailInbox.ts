import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server on this machine that keeps every mail as it came. */
export interface MailInbox {
	port: number;
	/** Headers and text, oldest first. */
	mails: string[];
	stop(): Promise<void>;
}

/** Starts the little of SMTP that a sender needs: no login, no encryption, every address is known. */
export async function startMailInbox(): Promise<MailInbox> {
	const mails: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.once('close', () => sockets.delete(socket)));
		void receive(socket, mails);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function receive(socket: Socket, mails: string[]): Promise<void> {
	const answer = (line: string) => socket.write(`${line}\r\n`);
	answer('220 inbox');
	let mail: string[] | undefined;
	for await (const line of createInterface(socket)) {
		if (mail && line === '.') {
			mails.push(mail.join('\n'));
			mail = undefined;
			answer('250 taken');
		} else if (mail) {
			mail.push(line);
		} else if (/^DATA/i.test(line)) {
			mail = [];
			answer('354 go on');
		} else if (/^QUIT/i.test(line)) {
			answer('221 bye');
			socket.end();
		} else {
			answer('250 ok');
		}
	}
}
