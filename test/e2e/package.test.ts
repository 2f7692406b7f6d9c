import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { Stack } from '../host/stack';
import { freePort } from '../host/ports';
import { run } from '../host/run';
import { readTemplate, templateFiles } from '../host/templates';
import { packedNodes } from './environment';
import { sharedStack } from './sharedN8n';

jest.setTimeout(60_000);

const PACKAGE = 'n8n-nodes-vendre-specter';

let stack: Stack;

beforeAll(async () => {
	stack = await sharedStack();
}, 240_000);

afterAll(async () => {
	await stack?.stop();
});

/** What the tarball may hold, below npm's own folder `package`. */
const MEANT = [
	/^package\/(package\.json|README\.md|LICENSE)$/,
	/^package\/dist\/credentials\/\w+\.credentials\.js$/,
	/^package\/dist\/nodes\/\w+\/(\w+\.node\.(js|json)|\w+(\.dark)?\.svg)$/,
	/^package\/dist\/workflows-templates\/[\w-]+\.json$/,
	/^package\/workflows-templates\/[\w-]+\.(json|png)$/,
];

describe('the packed package', () => {
	it('holds what is meant to ship, and nothing else', async () => {
		const listed = await run('tar', ['-tzf', packedNodes()], { cwd: tmpdir() });
		const files = listed.trim().split('\n');
		expect(files.filter((file) => !MEANT.some((meant) => meant.test(file)))).toEqual([]);
		for (const meant of MEANT) expect(files.some((file) => meant.test(file))).toBe(true);
	});

	it('has no dependencies and runs nothing when it is installed', async () => {
		const manifest = JSON.parse(
			await run('tar', ['-xzOf', packedNodes(), 'package/package.json'], { cwd: tmpdir() }),
		) as { dependencies?: object; scripts: Record<string, string> };
		expect(manifest.dependencies).toBeUndefined();
		expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual(
			[],
		);
	});
});

describe('the packed package, installed as n8n installs a community package', () => {
	const own = () => stack.nodeTypes.filter(({ name }) => name.startsWith(`${PACKAGE}.`));

	it('brings every node under its public name', () => {
		const names = own().map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(
				[
					'specter',
					'specterTrigger',
					'vendre',
					'vendrePollTrigger',
					'vendreTrigger',
					'vendreSpecterMapper',
				].map((name) => `${PACKAGE}.${name}`),
			),
		);
	});

	it('has an icon that n8n serves for every node', async () => {
		for (const { name, iconUrl } of own()) {
			const icons = typeof iconUrl === 'string' ? [iconUrl] : Object.values(iconUrl ?? {});
			expect({ name, icons: icons.length }).not.toEqual({ name, icons: 0 });
			for (const icon of icons) {
				const response = await fetch(`${stack.n8n.url}/${icon}`);
				expect({ icon, status: response.status }).toEqual({ icon, status: 200 });
				expect(response.headers.get('content-type')).toMatch(/svg/);
			}
		}
	});

	it('has every node type that the templates use', async () => {
		const known = new Set(stack.nodeTypes.map(({ name }) => name));
		for (const file of await templateFiles()) {
			const { nodes } = await readTemplate(file);
			const unknown = nodes.filter(({ type }) => !known.has(type)).map(({ type }) => type);
			expect({ file, unknown }).toEqual({ file, unknown: [] });
		}
	});
});

describe.each([
	{
		type: 'vendreApi',
		address: 'shopUrl',
		key: 'apiKey',
		good: () => stack.sandbox.vendre.credentials,
	},
	{
		type: 'specterApi',
		address: 'baseUrl',
		key: 'integrationKey',
		good: () => stack.sandbox.specter.credentials,
	},
])('the test of the credential $type', ({ type, address, key, good }) => {
	const test = async (changes: Record<string, unknown> = {}) =>
		await stack.client.testCredential(type, { ...good(), ...changes });

	it('succeeds with the right fields', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it('names the key when it is wrong, and does not show it', async () => {
		const result = await test({ [key]: 'not-the-right-key' });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/key/i) });
		expect(result.message).not.toContain('not-the-right-key');
	});

	it('says when nothing listens at the address', async () => {
		const result = await test({ [address]: `http://127.0.0.1:${await freePort()}` });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Nothing listens at the address'),
		});
	});

	it('says when there is no such host', async () => {
		const result = await test({ [address]: 'https://no-such-host.invalid' });
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('No such host'),
		});
	});

	it('says when another system answers there', async () => {
		const stranger = createServer((_, response) => response.end('<html>Welcome</html>'));
		await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
		const { port } = stranger.address() as AddressInfo;
		const result = await test({ [address]: `http://127.0.0.1:${port}` });
		stranger.closeAllConnections();
		stranger.close();
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Something answers at this address, but not'),
		});
	});

	it('refuses http on a host that is not this computer', async () => {
		const result = await test({ [address]: 'http://shop.example.com' });
		expect(result).toMatchObject({ status: 'Error', message: expect.stringMatching(/https/) });
	});
});
