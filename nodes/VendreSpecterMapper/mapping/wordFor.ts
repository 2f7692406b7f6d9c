/**
 * What a table has for a word that came from a shop or from Specter. It has nothing for words such as
 * `constructor`, which every object of JavaScript knows.
 */
export function wordFor<Value>(
	table: Readonly<Record<string, Value>>,
	word: string,
): Value | undefined {
	return Object.hasOwn(table, word) ? table[word] : undefined;
}
