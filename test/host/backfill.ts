import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { SavedWorkflow } from './client';

export type Kind = 'Products' | 'Customers' | 'Orders';

/** What a person enters into the backfill's form. */
export interface Answers {
	what: Kind[];
	ordersFrom?: string;
	dryRun?: boolean;
	beginAgain?: boolean;
}

/** What the progress page shows. */
export interface Progress {
	title: string;
	hint: string;
	/** By kind: done, of, created, updated, skipped, failed. */
	counts: Record<string, number[]>;
	/** The rows of the lists below: kind, id, number, outcome, why, what to do. */
	lines: string[][];
	html: string;
}

const POLL_MS = 150;
const TIMEOUT_MS = 120_000;
const WORDS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const http = axios.create({ validateStatus: () => true, maxRedirects: 0, timeout: TIMEOUT_MS });

function addressOf(n8nUrl: string, workflow: SavedWorkflow): string {
	const form = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.formTrigger');
	return `${n8nUrl}/form/${form?.webhookId}`;
}

/**
 * Sends the form as the browser does, waits for its ending and follows it.
 *
 * @returns the ending's page, and the address in it, which is that of a progress page
 */
export async function submitForm(
	n8nUrl: string,
	workflow: SavedWorkflow,
	{ what, ordersFrom, dryRun = false, beginAgain = false }: Answers,
): Promise<{ ending: string; page: string }> {
	const answers = new FormData();
	answers.append('field-0', JSON.stringify(what));
	if (ordersFrom) answers.append('field-1', ordersFrom);
	answers.append('field-2', dryRun ? 'Yes, only show what would happen' : 'No, send');
	answers.append('field-3', beginAgain ? 'Begin again' : 'Go on where the last one stopped');
	const { data } = await http.post<{ formWaitingUrl: string }>(
		addressOf(n8nUrl, workflow),
		answers,
	);
	const status = data.formWaitingUrl.replace(/(\/form-waiting\/\d+)/, '$1/n8n-execution-status');
	while (!String((await http.get(status)).data).includes('form-waiting')) await sleep(POLL_MS);
	const ending = text(String((await http.get(data.formWaitingUrl)).data));
	await http.post(data.formWaitingUrl);
	const [page] = /http[^"'\s<>]*\/webhook\/vendre-backfill[^"'\s<>]*/.exec(ending) ?? [];
	if (!page) throw new Error(`The form’s ending names no progress page: ${ending}`);
	return { ending, page };
}

/** The progress page as it is now. */
export async function progressAt(page: string): Promise<Progress> {
	const html = String((await http.get(page)).data);
	const cellsOf = (row: string) =>
		[...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => text(cell.replace(/<div.*/s, '')));
	const tables = [...html.matchAll(/<table.*?<\/table>/gs)].map(([table]) =>
		[...table.matchAll(/<tr>(.*?)<\/tr>/gs)]
			.map(([, row]) => cellsOf(row))
			.filter(([kind]) => kind),
	);
	const [counts = [], ...lists] = tables;
	return {
		title: text(/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? ''),
		hint: text(/<\/h1>\s*<p>(.*?)<\/p>/s.exec(html)?.[1] ?? ''),
		counts: Object.fromEntries(
			counts.map(([kind, ...numbers]) => [
				kind.split(' ')[0],
				numbers.map((number) => Number(number.replace(/\s/g, ''))),
			]),
		),
		lines: lists.flat(),
		html,
	};
}

/** Waits until the run behind a progress page is not under way any more. */
export async function ended(page: string): Promise<Progress> {
	for (;;) {
		const progress = await progressAt(page);
		if (progress.title !== '' && !progress.title.includes('under way')) return progress;
		await sleep(POLL_MS);
	}
}

function text(html: string): string {
	return html
		.replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => WORDS[name]);
}
