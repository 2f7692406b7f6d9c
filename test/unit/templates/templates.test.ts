import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { NodeHelpers, type INode, type INodeProperties, type INodeType } from 'n8n-workflow';
import { Specter } from '../../../nodes/Specter/Specter.node';
import { SpecterTrigger } from '../../../nodes/Specter/SpecterTrigger.node';
import { Vendre } from '../../../nodes/Vendre/Vendre.node';
import { VendrePollTrigger } from '../../../nodes/Vendre/VendrePollTrigger.node';
import { VendreTrigger } from '../../../nodes/Vendre/VendreTrigger.node';
import { VendreSpecterMapper } from '../../../nodes/VendreSpecterMapper/VendreSpecterMapper.node';

interface Template {
	id?: string;
	name: string;
	nodes: INode[];
	connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
	settings: Record<string, unknown>;
}

const FOLDER = path.resolve(__dirname, '../../../workflows-templates');
const OURS: Record<string, INodeType> = {
	'n8n-nodes-vendre-specter.specter': new Specter(),
	'n8n-nodes-vendre-specter.specterTrigger': new SpecterTrigger(),
	'n8n-nodes-vendre-specter.vendre': new Vendre(),
	'n8n-nodes-vendre-specter.vendrePollTrigger': new VendrePollTrigger(),
	'n8n-nodes-vendre-specter.vendreTrigger': new VendreTrigger(),
	'n8n-nodes-vendre-specter.vendreSpecterMapper': new VendreSpecterMapper(),
};
const STICKY = 'n8n-nodes-base.stickyNote';

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const wordsOf = (text: unknown) => String(text).split(/\s+/).filter(Boolean).length;

describe.each(files)('template %s', (file) => {
	const text = readFileSync(path.join(FOLDER, file), 'utf8');
	const template = JSON.parse(text) as Template;
	const stickies = template.nodes.filter((node) => node.type === STICKY);
	const steps = template.nodes.filter((node) => node.type !== STICKY);

	test('has one yellow overview of 100 to 300 words with its two headings', () => {
		const yellow = stickies.filter(({ parameters }) => parameters.color === 1);
		expect(yellow).toHaveLength(1);
		const { content } = yellow[0].parameters;
		expect(content).toContain('### How it works');
		expect(content).toContain('### Setup');
		expect(wordsOf(content)).toBeGreaterThanOrEqual(100);
		expect(wordsOf(content)).toBeLessThanOrEqual(300);
	});

	test('explains its sections in white notes of fewer than 50 words', () => {
		const white = stickies.filter(({ parameters }) => parameters.color !== 1);
		expect(white.length).toBeGreaterThan(0);
		for (const { parameters } of white) {
			expect(parameters.color).toBe(7);
			expect(wordsOf(parameters.content)).toBeLessThan(50);
		}
	});

	test('names every node for what it does, each name once', () => {
		expect(new Set(template.nodes.map(({ name }) => name)).size).toBe(template.nodes.length);
		for (const { name, type } of steps) {
			const defaultName = OURS[type]?.description.defaults.name;
			expect(name.replace(/\d+$/, '')).not.toBe(defaultName);
			expect(name).toMatch(/^[A-Z0-9]/);
		}
	});

	test('stands alone: no workflow id, no credential, no secret, one settings node', () => {
		expect(template.id).toBeUndefined();
		for (const node of steps) expect(node.credentials).toBeUndefined();
		expect(text).not.toMatch(/secret=[^…]|api[-_]?key"\s*:|password/i);
		expect(steps.filter(({ name }) => name === 'Settings')).toHaveLength(1);
		expect(template.settings.executionOrder).toBe('v1');
	});

	test('connects only nodes that are there, and leaves none unconnected', () => {
		const names = new Set(steps.map(({ name }) => name));
		const reached = new Set<string>();
		for (const [from, { main }] of Object.entries(template.connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) {
				expect(names).toContain(node);
				reached.add(node);
			}
		}
		for (const { name, type } of steps) {
			if (!/(trigger|\.webhook)$/i.test(type)) expect(reached).toContain(name);
		}
	});

	test('leads every error output somewhere a user sees', () => {
		for (const { name, onError } of steps) {
			if (onError !== 'continueErrorOutput') continue;
			const outputs = template.connections[name].main;
			expect(outputs[outputs.length - 1]?.length).toBeGreaterThan(0);
		}
	});

	test('refers in expressions only to nodes that are there', () => {
		const names = new Set(steps.map(({ name }) => name));
		const references = [...text.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);
		for (const name of references) expect(names).toContain(name);
	});

	test('gives our nodes only parameters that they have, without issues', () => {
		for (const node of steps.filter(({ type }) => type in OURS)) {
			const { description } = OURS[node.type];
			const known = new Set(description.properties.map(({ name }: INodeProperties) => name));
			if (description.polling) known.add('pollTimes');
			for (const parameter of Object.keys(node.parameters)) expect(known).toContain(parameter);
			const filled = NodeHelpers.getNodeParameters(
				description.properties,
				node.parameters,
				true,
				false,
				node,
				description,
			);
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				{ ...node, parameters: filled ?? {} },
				description,
			);
			expect(issues).toBeNull();
		}
	});
});
