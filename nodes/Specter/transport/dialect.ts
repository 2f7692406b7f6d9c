import { z } from 'zod';
import { readDifferences } from '../../shared/differences';
import type { SpecterCredential } from './signature';

/** A zone as the time library of the platform knows it. */
const timeZone = z.string().refine(isTimeZone, 'a time zone is wanted, such as Europe/Stockholm');

const name = z.string().trim().min(1, 'a name is wanted');

/**
 * What is assumed of Specter and not seen (contract specter, evidence A), each value as we take it to be
 * until the field Differences of the credential says otherwise. `facts.ts` tells of each what it is about.
 */
export const specterDialect = z
	.object({
		/** §2: the zone whose date `checkAccountSettings` is signed with. */
		timeZone: timeZone.default('Europe/Stockholm'),
		/** §1: where the parameters of a write stand. */
		writesIn: z.enum(['body', 'query']).default('body'),
		/**
		 * §4: what the account calls a parameter, by the contract's name and without a row's number; null where
		 * it must not be sent. One of a single function goes by `newOrderSubmit.name`, before one for all.
		 */
		parameters: z.record(name.nullable()).default({}),
		/** §4: what the article queue calls a field, by the contract's name: `notes`, `supplier.name`. */
		articleFields: z.record(name).default({}),
		/** §4: what the order queue calls the external order number. */
		externalOrderNo: name.default('externalOrderNo'),
		/** §4: which of several stock sites is the main one, from 0. */
		mainStockSite: z.number().int().min(0).default(0),
		/** §4: how the refusal of a known order is told: codes, and words that its message holds. */
		duplicateOrder: z
			.object({ codes: z.array(z.coerce.string()), words: z.array(name) })
			.partial()
			.strict()
			.default({}),
		/** §4: whether a call-back that `checkAccountSettings` does not name keeps its address. */
		unnamedCallBacksStay: z.boolean().default(true),
	})
	.strict();
export type SpecterDialect = z.output<typeof specterDialect>;

/** Specter as it is assumed to be, with nothing entered. */
export const assumedSpecter: SpecterDialect = specterDialect.parse({});

/**
 * Specter as this account has it.
 * @throws {TypeError} for a field Differences that cannot be used
 */
export function specterDialectOf({
	differences,
}: Pick<SpecterCredential, 'differences'>): SpecterDialect {
	return readDifferences(specterDialect, differences);
}

function isTimeZone(zone: string): boolean {
	try {
		return Boolean(new Intl.DateTimeFormat('sv-SE', { timeZone: zone }));
	} catch {
		return false;
	}
}
