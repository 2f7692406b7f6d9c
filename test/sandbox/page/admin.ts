import type { Fault, FaultPlan } from '../faults';
import { json, redirect, text, type Answer, type Received } from '../http';
import type { LiveSystem } from '../system';
import { form, input, markup, section, select, table, type Markup } from './markup';

/** What was sent to the admin side: JSON, or a form of its page. */
export type Sent = Readonly<Record<string, unknown>>;

/** An act by method and path (below /_sandbox/), with the parts of the path that vary. */
export interface Act {
	/** `orders/:id/finish` */
	path: string;
	/** @returns what a caller that sent JSON gets */
	run(sent: Sent, id: string): unknown;
}

/**
 * Answers a request below /_sandbox/: the page, the state, the calls, the faults, and what a person can do.
 * Whoever sends JSON gets JSON, the page's forms get the page again.
 */
export function answerAdmin<Call>(
	system: LiveSystem<Call>,
	request: Received,
	page: () => Answer,
	state: () => object,
	acts: readonly Act[],
): Answer {
	const path = request.path.replace(/^\/_sandbox\/?/, '').replace(/\/$/, '');
	if (request.method === 'GET') {
		switch (path) {
			case '':
				return page();
			case 'state':
				return json(state());
			case 'revision':
				return text(String(system.revision));
			case 'calls':
				return json(system.calls.slice(-1_000));
			default:
				return json({ error: `There is no ${request.path} here` }, 404);
		}
	}
	const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
	try {
		const sent = read(request, isJson);
		for (const act of [...faultActs(system.faults), ...acts]) {
			const id = matches(act.path, path);
			if (id === undefined) continue;
			const result = act.run(sent, id);
			return isJson ? json(result ?? { ok: true }) : redirect('/_sandbox/');
		}
		return json({ error: `There is no ${request.path} here` }, 404);
	} catch (error) {
		return json({ error: error instanceof Error ? error.message : String(error) }, 400);
	}
}

/** @throws Error if the value is missing */
export function textOf(sent: Sent, name: string): string {
	const value = sent[name];
	if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${name} is missing`);
	return String(value);
}

/** The values that are given, empty form fields left out. */
export function given(sent: Sent, names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(sent).filter(([name, value]) => names.includes(name) && value !== ''),
	);
}

/** @param examples what a fault can be ordered for */
export function faultSection(faults: FaultPlan, examples: string): Markup {
	const kinds = [
		'drop-after-commit',
		'drop-before-commit',
		'delay',
		'status',
		'malformed',
		'garbage',
		'repeat',
		'lose',
		'reorder',
	];
	const order = form(
		'faults',
		[
			input('on', examples),
			select(
				'kind',
				'Kind of fault',
				kinds.map((kind) => [kind, kind]),
			),
			input('times', 'times (1)'),
			input('status', 'status, e.g. 429'),
			input('retryAfter', 'Retry-After'),
			input('delayMs', 'delay in ms'),
		],
		'Order fault',
	);
	const list = table(
		faults.list(),
		[
			{ title: 'On', cell: ({ on }) => on },
			{ title: 'Kind', cell: ({ kind, status, delayMs }) => `${kind} ${status ?? delayMs ?? ''}` },
			{ title: 'Still', cell: ({ times }) => String(times), isNumber: true },
		],
		'No faults ordered.',
	);
	return section(
		'Faults',
		'happen to the calls to come',
		markup`${order}${form('faults/clear', [], 'Clear')}${list}`,
	);
}

function faultActs(faults: FaultPlan): Act[] {
	return [
		{
			path: 'faults',
			run(sent) {
				const numbers = Object.fromEntries(
					Object.entries(given(sent, ['times', 'status', 'delayMs'])).map(([name, value]) => [
						name,
						value === null ? null : Number(value),
					]),
				);
				const others = given(sent, ['on', 'kind', 'retryAfter']);
				faults.add({ on: '', ...others, ...numbers } as Fault);
				return faults.list();
			},
		},
		{ path: 'faults/clear', run: () => faults.clear() },
	];
}

function read({ body }: Received, isJson: boolean): Sent {
	const sent = body.toString('utf8');
	if (!isJson) return Object.fromEntries(new URLSearchParams(sent));
	const value: unknown = JSON.parse(sent || '{}');
	if (typeof value !== 'object' || value === null) throw new Error('The body must be an object');
	return value as Sent;
}

/** @returns what stands for `:id`, '' if nothing does, undefined if the path is another one */
function matches(pattern: string, path: string): string | undefined {
	const expression = new RegExp(`^${pattern.replace(':id', '([^/]+)')}$`);
	const match = expression.exec(path);
	return match ? decodeURIComponent(match[1] ?? '') : undefined;
}
