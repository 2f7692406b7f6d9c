import type { IDataObject } from 'n8n-workflow';
import { likelyNames } from '../../shared/likelyName';
import type { Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { assumedQueueFields } from '../transport/facts';
import { decodeAnswer } from '../transport/response';
import { childrenNamed, elementsNamed, type XmlElement } from '../transport/xml';
import { type Account } from './account';
import type { Batch } from './batches';

/** What the contract has seen in the two queues; all else is assumed or of unknown meaning. */
const SEEN_OF_ARTICLE = [
	'articleNo',
	'name',
	'buyPrice',
	'priceExclVat',
	'barCode',
	'productWeight',
];
const SEEN_OF_ORDER = ['orderNo', 'orderstatus', 'deliveries'];

/** Fields whose names are looked for in some records of a queue. */
interface Looked {
	records: XmlElement[];
	fields: readonly string[];
	/** Names of other fields, which are known. */
	seen?: readonly string[];
	/** What a name says beyond what all of them may say. */
	bare?: (name: string) => string;
	/** What a field is called as far as is known, and in which fact and setting it stands. */
	called: (field: string) => string;
	fact: (field: string) => string;
	entry: (field: string, name: string) => IDataObject;
}

const shortOf = (field: string) => field.replace(/^.*\./, '');

/** The names of an article's fields and of its suppliers', as far as the batch has any. */
export function articleNames(batch: Batch | undefined, { dialect }: Account): Findings {
	const articles = recordsIn(batch, 'articles', 'article');
	const called = (field: string) => dialect.articleFields[field] ?? shortOf(field);
	const lists = supplierLists(articles, called('suppliers'));
	const ofSupplier = assumedQueueFields.filter((field) => field.startsWith('supplier.'));
	const ofArticle = assumedQueueFields.filter(
		(field) => field !== 'supplier' && !ofSupplier.includes(field),
	);
	const naming = {
		called,
		fact: (field: string) => `articleQueue.${field}`,
		entry: (field: string, name: string) => ({ articleFields: { [field]: name } }),
	};
	const suppliers = lists.flatMap(({ children }) => children);
	return {
		...namesOf(batch, {
			...naming,
			records: articles,
			fields: ofArticle,
			seen: SEEN_OF_ARTICLE,
			bare: (name: string) => name.replace(/(?<=[a-z])Article$/, ''),
		}),
		...namesOf(batch, { ...naming, records: lists, fields: ['supplier'] }),
		...namesOf(batch, {
			...naming,
			records: suppliers,
			fields: ofSupplier,
			bare: (name) => name.replace(/^supplier(?=[A-Z])/, ''),
		}),
	};
}

/** The name of an order's external number. */
export function externalOrderNoName(batch: Batch | undefined, { dialect }: Account): Findings {
	return namesOf(batch, {
		records: recordsIn(batch, 'orders', 'order'),
		fields: ['externalOrderNo'],
		seen: SEEN_OF_ORDER,
		called: () => dialect.externalOrderNo,
		fact: (field) => field,
		entry: (_, name) => ({ externalOrderNo: name }),
	});
}

const recordsIn = (batch: Batch | undefined, list: string, record: string) =>
	batch ? elementsNamed(batch.root, list).flatMap((each) => childrenNamed(each, record)) : [];

/** The lists of suppliers, by their name or as the one thing of an article that has records in it. */
function supplierLists(articles: XmlElement[], name: string): XmlElement[] {
	const byName = articles.flatMap((article) => childrenNamed(article, name));
	if (byName.length > 0) return byName;
	return articles.flatMap(({ children }) => children.filter((child) => child.children.length > 0));
}

function namesOf(
	batch: Batch | undefined,
	{ records, fields, seen = [], bare = (name) => name, called, fact, entry }: Looked,
): Findings {
	const names = spelledNames(batch, records);
	const has = (name: string) => names.has(name.toLowerCase());
	const missing = fields.filter((field) => !has(called(field)));
	const known = new Set([...seen, ...fields.map(called)].map((name) => name.toLowerCase()));
	const unknown = [...names].flatMap(([lower, name]) => (known.has(lower) ? [] : [name]));
	const bared = new Map(unknown.map((name) => [bare(name), name]));
	const guessed = likelyNames(
		missing.map((field) => bare(shortOf(field))),
		[...bared.keys()],
	);
	const isOnly = missing.length === 1 && unknown.length === 1;
	const likely = (field: string) =>
		isOnly ? unknown[0] : bared.get(guessed.get(bare(shortOf(field))) ?? '');
	const findingOf = (field: string) => {
		if (has(called(field))) return holds(`It is called ${called(field)}`);
		const other = likely(field);
		if (other === undefined) return notTested(whyNot(records, unknown));
		return {
			verdict: 'differs' as const,
			found: `There is no ${called(field)}; ${other} is probably it`,
			entry: entry(field, other),
		};
	};
	return Object.fromEntries(fields.map((field) => [fact(field), findingOf(field)]));
}

function whyNot(records: XmlElement[], unknown: string[]): string {
	if (records.length === 0) return 'No such record was in the queue';
	if (unknown.length === 0) return 'No record in the queue has it';
	return `No record in the queue has it; of unknown meaning are ${unknown.join(', ')}`;
}

/** The names in some records as Specter spells them, by their lower case: their capitals part their words. */
function spelledNames(batch: Batch | undefined, records: XmlElement[]): Map<string, string> {
	const text = batch ? decodeAnswer(batch.body) : '';
	const spelled = new Map(
		[...text.matchAll(/[<\s]([A-Za-z_][\w.-]*)(?=[\s=>/])/g)].map(([, name]) => [
			name.toLowerCase(),
			name,
		]),
	);
	const names = records.flatMap(({ attributes, children }) => [
		...Object.keys(attributes),
		...children.map(({ name }) => name),
	]);
	return new Map(names.map((name) => [name, spelled.get(name) ?? name]));
}
