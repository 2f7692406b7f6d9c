import { startSandbox } from '../../sandbox';
import { combine, DIFFERENCES } from '../../sandbox/differences';
import { SPECTER_DIALECT } from '../../sandbox/specter/dialect';
import { VENDRE_DIALECT } from '../../sandbox/vendre/dialect';

/** Every single value of a dialect with the path that leads to it; a list is one value. */
function settings(value: unknown, path: string): Array<[string, unknown]> {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.entries(value).flatMap(([key, child]) => settings(child, `${path} ${key}`))
		: [[path, value]];
}

const DEFAULTS = new Map([
	...settings(SPECTER_DIALECT, 'specter'),
	...settings(VENDRE_DIALECT, 'vendre'),
]);

/** What a difference sets otherwise than the sandbox has it by itself. */
function changesOf({ specter = {}, vendre = {} }: (typeof DIFFERENCES)[number]) {
	const all = [...settings(specter, 'specter'), ...settings(vendre, 'vendre')];
	return all.filter(([path, value]) => DEFAULTS.get(path) !== value);
}

test('each has a name of its own and names a section of a contract', () => {
	expect(new Set(DIFFERENCES.map(({ name }) => name)).size).toBe(DIFFERENCES.length);
	for (const { contract } of DIFFERENCES)
		expect(contract).toMatch(/^(specter|vendre) (§\d|intro)$/);
});

test.each(DIFFERENCES.map((difference) => [difference.name, difference] as const))(
	'%s: changes something',
	(_, difference) => expect(changesOf(difference)).not.toEqual([]),
);

test('no two change the same setting', () => {
	const paths = DIFFERENCES.flatMap((difference) => changesOf(difference).map(([path]) => path));
	expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

test('several are combined, each map with all of its entries', () => {
	const contract = 'vendre §4';
	const combined = combine([
		{ name: 'a', contract, vendre: { fieldNames: { orders: { fax: 'x' } }, apiPath: '/a' } },
		{ name: 'b', contract, vendre: { fieldNames: { orders: { vat: 'y' } } } },
		{ name: 'c', contract, vendre: { fieldNames: { customers: { fax: 'z' } } } },
		{ name: 'd', contract, specter: { apiVersions: [1] } },
	]);
	expect(combined).toEqual({
		vendreDialect: {
			apiPath: '/a',
			fieldNames: { orders: { fax: 'x', vat: 'y' }, customers: { fax: 'z' } },
		},
		specterDialect: { apiVersions: [1] },
	});
});

test('all of them hold at once', async () => {
	const sandbox = await startSandbox({ products: 20, ...combine(DIFFERENCES) });
	const { specter, vendre } = sandbox;
	await sandbox.stop();
	const held = new Map([
		...settings(specter.dialect, 'specter'),
		...settings(vendre.dialect, 'vendre'),
	]);
	for (const [path, value] of DIFFERENCES.flatMap(changesOf)) {
		expect([path, held.get(path)]).toEqual([path, value]);
	}
});
