import { SaxesParser } from 'saxes';

/** An element with its attributes, its own text and its children; all names in lower case. */
export interface XmlElement {
	name: string;
	attributes: Record<string, string>;
	children: XmlElement[];
	text: string;
}

/** Deeper than anything Specter sends: what goes beyond is no answer of its. */
const DEEPEST = 32;

/**
 * Elements and attributes of an answer at most, which are read in some two seconds, in which n8n does nothing
 * else. The stock of 100,000 articles has 300,000.
 */
const MOST_PARTS = 1_000_000;

/** Characters that are read before it is looked whether the text can still be used. */
const PIECE = 100_000;

/**
 * Reads XML into a tree. Names are matched without regard to case, as everywhere on Specter's wire.
 * Entities are XML's own five only.
 * @returns undefined for what is not well-formed, has a document type, is nested absurdly deep or has
 * absurdly many parts
 */
export function parseXml(text: string): XmlElement | undefined {
	const document = elementNamed('');
	const open = [document];
	let usable = true;
	let parts = 0;
	const refuse = () => (usable = false);
	const count = () => {
		parts++;
		if (parts > MOST_PARTS) refuse();
	};
	const keep = (value: string) => (open[open.length - 1].text += value);

	const parser = new SaxesParser();
	parser.on('error', refuse);
	parser.on('doctype', refuse);
	parser.on('attribute', count);
	parser.on('opentag', ({ name, attributes }) => {
		count();
		const element = elementNamed(name, attributes);
		open[open.length - 1].children.push(element);
		open.push(element);
		if (open.length > DEEPEST) refuse();
	});
	parser.on('closetag', () => open.pop());
	parser.on('text', keep);
	parser.on('cdata', keep);
	for (let at = 0; usable && at < text.length; at += PIECE) {
		parser.write(text.slice(at, at + PIECE));
	}
	parser.close();
	return usable ? document.children[0] : undefined;
}

function elementNamed(name: string, attributes: Record<string, string> = {}): XmlElement {
	const lowered = Object.entries(attributes).map(([key, value]) => [key.toLowerCase(), value]);
	return {
		name: name.toLowerCase(),
		attributes: Object.fromEntries(lowered) as Record<string, string>,
		children: [],
		text: '',
	};
}

/** All elements of this name, the root included. */
export function elementsNamed(root: XmlElement, name: string): XmlElement[] {
	const below = root.children.flatMap((child) => elementsNamed(child, name));
	return root.name === name.toLowerCase() ? [root, ...below] : below;
}

/** The children of this name. */
export function childrenNamed(parent: XmlElement | undefined, name: string): XmlElement[] {
	return parent?.children.filter((child) => child.name === name.toLowerCase()) ?? [];
}

/** A value that stands as an attribute or as a child; undefined where it is neither. */
export function valueOf(element: XmlElement, name: string): string | undefined {
	const attribute = element.attributes[name.toLowerCase()];
	return (attribute ?? childrenNamed(element, name)[0]?.text)?.trim();
}
