import './withoutPauses';
import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type IDataObject, type INode } from 'n8n-workflow';
import { Vendre } from '../../nodes/Vendre/Vendre.node';
import { startSandbox, type Sandbox } from '../sandbox';
import {
	additionalDataFor,
	nodeOfType,
	nodeTypes,
	runNode,
	type OnError,
	type Systems,
} from './engine';
import { standIn } from './standIn';

let sandbox: Sandbox;

beforeEach(async () => (sandbox = await startSandbox({ products: 1 })));
afterEach(async () => await sandbox.stop());

const getMany = async (parameters: IDataObject, systems: Systems = sandbox, onError?: OnError) =>
	await runNode(
		systems,
		'vendre',
		{ resource: 'category', operation: 'getAll', ...parameters },
		[{}],
		onError,
	);

const categoriesIn = async (systems: Systems) => {
	const workflow = new Workflow({
		id: 'test',
		nodes: [nodeOfType('vendre', {})],
		connections: {},
		active: false,
		nodeTypes,
	});
	const node = workflow.getNode('Node') as INode;
	const data = additionalDataFor(workflow, systems);
	const context = new LoadOptionsContext(workflow, node, data, 'fields.category_ids');
	return await new Vendre().methods.loadOptions.getCategories.call(context);
};

/** A shop with these categories. */
async function shopWith(rows: unknown[]): Promise<Systems> {
	const shop = await standIn(() => ({ body: JSON.stringify({ list: rows, remaining: 0 }) }));
	const vendre = { credentials: { ...sandbox.vendre.credentials, shopUrl: shop.url } };
	return { ...sandbox, vendre };
}

describe('Get Many', () => {
	test('all, or the first few', async () => {
		const all = await getMany({ returnAll: true });
		expect(all.items.map(({ json }) => json)).toEqual(sandbox.vendre.categories);
		expect((await getMany({ limit: 2 })).items).toHaveLength(2);
	});

	test('numbers as text and missing names are read, what cannot be is a failed item', async () => {
		const shop = await shopWith([{ id: '7', parent: '0', name: null }, { name: { sv: 'Utan' } }]);
		const run = await getMany({ returnAll: true }, shop, 'continueErrorOutput');
		expect(run.items.map(({ json }) => json)).toEqual([{ id: 7, parent: 0, name: { '': '' } }]);
		expect(run.failed[0].json.error).toContain('Category without id of the shop cannot be used');
	});
});

describe('the list to choose from', () => {
	test('has each category by its path', async () => {
		const options = await categoriesIn(sandbox);
		expect(options).toHaveLength(sandbox.vendre.categories.length);
		expect(options).toContainEqual({ name: 'Kök & servering › Bakning', value: 103 });
		expect(options).toContainEqual({ name: 'Kök & servering', value: 101 });
	});

	test('stands a parent that is missing, and categories that are above each other', async () => {
		const shop = await shopWith([
			{ id: 1, parent: 2, name: { sv: 'A' } },
			{ id: 2, parent: 1, name: { sv: 'B' } },
			{ id: 3, parent: 99, name: { sv: '', en: 'C' } },
			{ id: 4, parent: 4, name: {} },
		]);
		expect(await categoriesIn(shop)).toEqual([
			{ name: '4', value: 4 },
			{ name: 'A › B', value: 2 },
			{ name: 'B › A', value: 1 },
			{ name: 'C', value: 3 },
		]);
	});
});
