import { createServer, type AddressInfo } from 'node:net';

/** A port on the loopback address that nothing listens on: `preferred` if it is free, else any. */
export async function freePort(preferred = 0): Promise<number> {
	const server = createServer();
	return await new Promise<number>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' && preferred !== 0) resolve(freePort());
			else reject(error);
		});
		server.listen(preferred, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
