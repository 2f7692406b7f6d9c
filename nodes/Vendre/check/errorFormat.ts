import type { Finding, Findings } from '../../shared/facts';
import { holds, notTested } from '../../shared/findings';
import { ask, differs, type Shop, type ShopAnswer } from './shop';

/** An ID that no product of a shop has. */
const NO_PRODUCT = 2_147_483_647;

/** What a refusal looks like, by asking for a product that there cannot be. */
export async function probeErrorFormat(shop: Shop): Promise<Findings> {
	return { errorFormat: formatOf(await ask(shop, { path: `products/${NO_PRODUCT}` })) };
}

function formatOf({ status, json, text }: ShopAnswer): Finding {
	if (status === 0) return notTested(`The shop gave no answer (${text})`);
	const { errors, ...others } = (json ?? {}) as { errors?: unknown };
	if (Array.isArray(errors)) return holds(`HTTP status ${status} with errors`);
	if (json !== undefined) {
		const names = Object.keys(others).join(', ') || 'nothing in it';
		return differs(`HTTP status ${status} with JSON: ${names}`);
	}
	return differs(`HTTP status ${status} with ${/<html/i.test(text) ? 'a page' : 'plain text'}`);
}
