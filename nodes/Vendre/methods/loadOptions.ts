import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { normalized } from '../normalize';
import type { VendreCategory } from '../records';
import { firstRows } from '../transport/lists';

/** The shop's categories to choose from, each by its path: "Kök & servering › Bakning". */
export async function getCategories(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const rows = await firstRows(this, 'categories', Infinity);
	const categories = rows.map((row) => normalized('categories', row) as unknown as VendreCategory);
	const byId = new Map(categories.map((category) => [category.id, category]));

	const pathOf = ({ id, name, parent }: VendreCategory, below: number[] = []): string => {
		const own = Object.values(name).find(Boolean) ?? String(id);
		const path = [...below, id];
		// A shop may hold categories that are above each other.
		const above = parent === null || path.includes(parent) ? undefined : byId.get(parent);
		return above ? `${pathOf(above, path)} › ${own}` : own;
	};
	return categories
		.map((category) => ({ name: pathOf(category), value: category.id }))
		.sort((a, b) => a.name.localeCompare(b.name, 'sv'));
}
