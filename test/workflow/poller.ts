import { PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type WorkflowActivateMode,
} from 'n8n-workflow';
import { additionalDataFor, nodeOfType, nodeTypes, type Systems } from './engine';

/** How an execution ends; one that is killed does not. */
export type End =
	| 'success'
	| 'waiting'
	| 'error'
	| 'crashed'
	| 'canceled'
	| 'notStarted'
	| 'killed';

/** An execution that the trigger has started. */
export interface StartedExecution {
	items: IDataObject[];
	end(how: End): void;
}

/** What a test decides of the executions; by default they end well at once. */
export type Runs = (items: IDataObject[], index: number) => End | 'runsOn';

let workflows = 0;

/**
 * A poll trigger in an active workflow, as n8n keeps it: one context from its activation on, its static
 * data in memory and stored when an execution starts and at the end of the activation.
 */
export class Poller {
	readonly started: StartedExecution[] = [];
	readonly warnings: string[] = [];
	/** The workflow's static data as n8n has stored it. */
	stored: IDataObject = {};
	runs: Runs = () => 'success';
	budgetMs = 20_000;

	private context?: PollContext;
	private workflow?: Workflow;
	private id = '';

	constructor(
		private readonly systems: () => Systems,
		public parameters: IDataObject,
	) {
		this.restart();
	}

	/** n8n starts anew: what was not stored is gone, and nobody knows the executions of before. */
	restart(): void {
		// The trigger tells its executions by the workflow, so another id stands for another process.
		this.id = `poller-${++workflows}`;
		this.deactivate();
	}

	/** The workflow is deactivated; the process runs on. */
	deactivate(): void {
		this.context = undefined;
	}

	/** Activates the workflow, which polls once: `init` where n8n does so as it starts. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<IDataObject[][]> {
		this.context = this.newContext(mode);
		const before = this.started.length;
		await this.call(this.context);
		this.store();
		return this.itemsSince(before);
	}

	/** One poll of the schedule: the items of the executions that it has started. */
	async poll(): Promise<IDataObject[][]> {
		this.context ??= this.newContext('update');
		const before = this.started.length;
		await this.call(this.context);
		return this.itemsSince(before);
	}

	/** All items of one poll together. */
	async pollAll(): Promise<IDataObject[]> {
		return (await this.poll()).flat();
	}

	/** What a test run in the editor shows. */
	async test(): Promise<IDataObject[]> {
		const workflow = this.newWorkflow();
		const context = new PollContext(
			workflow,
			workflow.getNode('Node') as INode,
			additionalDataFor(workflow, this.systems()),
			'manual',
			'manual',
		);
		const kept = () => JSON.stringify(workflow.getStaticData('node', context.getNode()));
		const before = kept();
		const items = await this.nodeType.poll?.call(context);
		expect(kept()).toBe(before);
		return (items ?? []).flat().map(({ json }) => json);
	}

	/** A context of its own for one poll, with the node's data staged as newer versions of n8n do. */
	async pollStaged(): Promise<IDataObject[][]> {
		const before = this.started.length;
		const workflow = this.newWorkflow();
		const staged = structuredClone((this.stored['node:Node'] ?? {}) as IDataObject);
		const commit = () => {
			this.stored = { 'node:Node': structuredClone(staged) };
		};
		const context = new PollContext(
			workflow,
			workflow.getNode('Node') as INode,
			additionalDataFor(workflow, this.systems()),
			'trigger',
			'update',
			(data, _, done) => {
				commit();
				this.start(data, done);
			},
			undefined,
			async () => commit(),
			undefined,
			() => staged,
			() => this.budgetMs,
		);
		await this.call(context);
		commit();
		return this.itemsSince(before);
	}

	private get nodeType(): INodeType {
		return nodeTypes.getByNameAndVersion('vendrePollTrigger', 1);
	}

	private itemsSince(before: number): IDataObject[][] {
		return this.started.slice(before).map(({ items }) => items);
	}

	private newWorkflow(): Workflow {
		return new Workflow({
			id: this.id,
			nodes: [nodeOfType('vendrePollTrigger', this.parameters)],
			connections: {},
			active: true,
			nodeTypes,
			staticData: structuredClone(this.stored),
		});
	}

	private newContext(activation: WorkflowActivateMode): PollContext {
		const workflow = this.newWorkflow();
		this.workflow = workflow;
		return new PollContext(
			workflow,
			workflow.getNode('Node') as INode,
			additionalDataFor(workflow, this.systems()),
			'trigger',
			activation,
			(data, _, done) => {
				this.store();
				this.start(data, done);
			},
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.budgetMs,
		);
	}

	private async call(context: PollContext): Promise<void> {
		const warn = (message: string) => void this.warnings.push(message);
		jest.spyOn(context.logger, 'warn').mockImplementation(warn);
		expect(await this.nodeType.poll?.call(context)).toBeNull();
	}

	private store(): void {
		this.stored = JSON.parse(JSON.stringify(this.workflow?.staticData)) as IDataObject;
	}

	private start(
		[items]: INodeExecutionData[][],
		done?: { resolve(run: IRun | undefined): void },
	): void {
		const execution = {
			items: items.map(({ json }) => structuredClone(json)),
			end: (how: End) => {
				if (how === 'killed') return;
				done?.resolve(how === 'notStarted' ? undefined : ({ status: how } as IRun));
			},
		};
		this.started.push(execution);
		const how = this.runs(execution.items, this.started.length - 1);
		if (how !== 'runsOn') execution.end(how);
	}
}
