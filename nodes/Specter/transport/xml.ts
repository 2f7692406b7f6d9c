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
 * Reads XML into a tree. Names are matched without regard to case, as everywhere on Specter's wire.
 * Entities are XML's own five only.
 * @returns undefined for what is not well-formed, has a document type, or is nested absurdly deep
 */
export function parseXml(text: string): XmlElement | undefined {
	const document = elementNamed('');
	const open = [document];
	let usable = true;
	const refuse = () => (usable = false);
	const keep = (value: string) => (open[open.length - 1].text += value);

	const parser = new SaxesParser();
	parser.on('error', refuse);
	parser.on('doctype', refuse);
	parser.on('opentag', ({ name, attributes }) => {
		const element = elementNamed(name, attributes);
		open[open.length - 1].children.push(element);
		open.push(element);
		if (open.length > DEEPEST) refuse();
	});
	parser.on('closetag', () => open.pop());
	parser.on('text', keep);
	parser.on('cdata', keep);
	parser.write(text).close();
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
