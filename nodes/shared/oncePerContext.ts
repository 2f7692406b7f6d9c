import type { RequestContext } from './http';

/**
 * Finds something out once for a context, which n8n makes anew for every run of a node; a failure is not
 * kept.
 */
export function oncePerContext<Found>(
	findOut: (context: RequestContext) => Promise<Found>,
): (context: RequestContext) => Promise<Found> {
	const known = new WeakMap<RequestContext, Promise<Found>>();
	return async (context) => {
		const finding = known.get(context) ?? findOut(context);
		known.set(context, finding);
		finding.catch(() => known.delete(context));
		return await finding;
	};
}
