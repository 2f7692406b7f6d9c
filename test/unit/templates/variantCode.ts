import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';

type Json = Record<string, unknown>;

interface Template {
	nodes: Array<{ name: string; parameters: { jsCode?: string } }>;
}

interface Settings {
	numberPatterns?: string;
	choiceTypes?: string;
	translations?: Record<string, string>;
	relistJoined?: boolean;
}

/** A product as the node Vendre simplifies it: what the template uses of it. */
export interface Product {
	id: number;
	article_number: string;
	parent?: number;
	is_parent?: boolean;
	name?: Record<string, string>;
}

const FILE = path.resolve(__dirname, '../../../workflows-templates/variant-sheet.json');
const { nodes } = JSON.parse(readFileSync(FILE, 'utf8')) as Template;

/** Runs a Code node of the template in once-for-all-items mode. */
function run(name: string, input: Json[], others: Record<string, Json[]>): Json[] {
	const code = nodes.find((node) => node.name === name)?.parameters.jsCode ?? '';
	const itemsOf = (records: Json[]) => {
		const items = records.map((json) => ({ json }));
		return { all: () => items, first: () => items[0] };
	};
	const body = compileFunction(code, ['$', '$input']) as (
		$: (node: string) => unknown,
		$input: unknown,
	) => Array<{ json: Json }>;
	return body((node) => itemsOf(others[node]), itemsOf(input)).map(({ json }) => json);
}

/** What the template makes of a shop: by number patterns, or by the rows of a sheet of one's own. */
export function make(products: Array<Product | Json>, settings: Settings, sheet?: unknown[][]) {
	const others = {
		Settings: [
			{
				settings: {
					numberPatterns: '{main}-{choice1}-{choice2}',
					choiceTypes: 'Välj färg, Välj storlek',
					translations: {},
					relistJoined: false,
					...settings,
				},
			},
		],
		'Get all products': products as Json[],
	};
	const rule = sheet
		? run(
				'Choices by your sheet',
				sheet.map((row) => ({ row })),
				others,
			)
		: run('Choices by number pattern', [{}], others);
	const checked = run('Check the variants', rule.length > 0 ? rule : [{}], others);
	const report = run('Add the other products', checked.length > 0 ? checked : [{}], others);
	return {
		rows: checked.flatMap(({ row }) => (row ? [row as Record<string, string>] : [])),
		report,
		/** By article number: outcome and reason. */
		outcomes: Object.fromEntries(
			report.map((entry) => [
				entry['article number'],
				[entry.outcome, entry.reason].filter(Boolean).join(': '),
			]),
		),
	};
}
