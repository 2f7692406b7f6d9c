/** null: the account does not tell it, so it is left out. */
type Name = string | null;

/**
 * @param content XML already; attribute values are escaped here
 * @returns nothing for an element without a name
 */
export function element(
	name: Name,
	content: string,
	attributes: ReadonlyArray<readonly [Name, string | number]> = [],
): string {
	if (name === null) return '';
	const written = attributes.map(([key, value]) =>
		key === null ? '' : ` ${key}="${escaped(value)}"`,
	);
	return content === ''
		? `<${name}${written.join('')}/>`
		: `<${name}${written.join('')}>${content}</${name}>`;
}

export function escaped(value: string | number): string {
	return String(value)
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;');
}

/** A section ends at the first `]]>`, so a text that holds one takes two sections. */
export function cdata(value: string): string {
	return value === '' ? '' : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
