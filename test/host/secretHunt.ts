import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Sandbox } from '../sandbox';

/** What n8n keeps of itself: the code of packages and of the editor, which holds nothing of a run. */
const NOT_LOOKED_INTO = new Set(['node_modules', 'nodes', '.cache']);

/** A secret may stand over the border of two pieces of a file. */
const OVERLAP = 256;

/** A text to search, and how a person calls it. */
export interface Trace {
	place: string;
	content: AsyncIterable<Buffer>;
}

/**
 * Every secret that was in use: keys, the webhook's secret, the secrets of call-back addresses, entered or
 * derived, and all signatures; each with what it is, so that a finding need not show it.
 */
export function secretsOf({ vendre, specter }: Sandbox): Map<string, string> {
	const secrets = new Map<string, string>([
		[vendre.credentials.apiKey, 'the shop’s API key'],
		[vendre.credentials.webhookSecret, 'the webhook secret'],
		[specter.credentials.apiUserKey, 'Specter’s API user key'],
		[specter.credentials.integrationKey, 'Specter’s integration key'],
	]);
	for (const { action, params } of specter.calls) {
		if (params.key) secrets.set(params.key, `the signature of ${action}`);
		for (const value of Object.values(params)) {
			const [, secret] = /[?&]secret=([^&]+)/.exec(value) ?? [];
			if (secret) secrets.set(decodeURIComponent(secret), 'the secret of a call-back address');
		}
	}
	return secrets;
}

/** The files under a folder, each as a trace. SQLite's pages are searched as they stand, freed ones too. */
export async function tracesIn(folder: string): Promise<Trace[]> {
	const entries = await readdir(folder, { withFileTypes: true });
	const traces = entries.map(async (entry): Promise<Trace[]> => {
		const place = path.join(folder, entry.name);
		if (entry.isFile()) return [{ place, content: createReadStream(place) }];
		return entry.isDirectory() && !NOT_LOOKED_INTO.has(entry.name) ? await tracesIn(place) : [];
	});
	return (await Promise.all(traces)).flat();
}

/** Signatures and derived secrets are such numbers; an address that holds one is found without knowing it. */
const HEX = '[0-9a-f]{32,}';
const IN_AN_ADDRESS = `\\b(?:key|secret)=${HEX}`;

/**
 * Looks through traces for secrets.
 * @throws {Error} that says which secret stands where, and does not show it
 */
export async function hunt(secrets: ReadonlyMap<string, string>, traces: Trace[]): Promise<void> {
	const others = [...secrets.keys()].filter((secret) => !new RegExp(`^${HEX}$`).test(secret));
	const expression = new RegExp([IN_AN_ADDRESS, HEX, ...others.map(quoted)].join('|'), 'g');
	const found = new Set<string>();
	for (const { place, content } of traces) {
		let before = '';
		for await (const piece of content) {
			const text = before + piece.toString('latin1');
			for (const [match] of text.matchAll(expression)) {
				const what = match.includes('=') ? 'a signature or secret' : secrets.get(match);
				if (what !== undefined) found.add(`${what} stands in ${place}`);
			}
			before = text.slice(-OVERLAP);
		}
	}
	if (found.size > 0) throw new Error(`Secrets were left behind:\n${[...found].join('\n')}`);
}

const quoted = (secret: string) => secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
