/** The record without some of its fields. */
export function without<Fields extends object>(
	record: Fields,
	...names: Array<keyof Fields>
): Fields {
	return Object.fromEntries(
		Object.entries(record).filter(([name]) => !names.includes(name as keyof Fields)),
	) as Fields;
}
