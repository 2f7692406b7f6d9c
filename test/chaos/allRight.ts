import type { Quiet } from './quiet';

/**
 * Expects that all came right. An order may be without its number where Specter never told it; the error
 * queue then names it, or it counts as lost.
 */
export function expectAllRight({ findings, waiting }: Pick<Quiet, 'findings' | 'waiting'>): void {
	expect({ ...findings, waiting }).toEqual({
		lost: [],
		doubled: [],
		differing: [],
		pending: [],
		numberless: expect.any(Array),
		waiting: [],
	});
}
