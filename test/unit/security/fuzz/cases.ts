import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { Refusal } from '../../../../nodes/shared/refusal';

/** How many inputs are made for each kind of what comes from outside. */
export const CASES = {
	'text answer': 20_000,
	'XML answer': 8_000,
	'stock text': 12_000,
	'stock XML': 6_000,
	'article XML': 5_000,
	'order XML': 5_000,
	'document link': 14_000,
	'open batch': 2_000,
	order: 3_000,
	customer: 4_000,
	product: 2_000,
	'mapped order': 1_200,
	'mapped customer': 3_000,
	'mapped article': 3_000,
	'article change': 3_000,
	'stock change': 3_000,
	'order change': 3_000,
	webhook: 6_000,
	'call-back': 6_000,
	'base address': 6_000,
	'variant rows': 400,
} as const;

const LONGEST_MS = 1_000;

/** What a refusal must not say: it would show that somebody printed what is no text. */
const PRINTED_BY_MISTAKE = /\[object |undefined|\bNaN\b|=>|ZodError|Invalid number/;

export const REFUSED = Symbol('refused');

/**
 * Gives so many inputs to `work` as {@link CASES} says. Each must be taken in no more than a second, and come
 * to an output that `expectWhole` is content with, or to a refusal of ours that says what and why.
 */
export function everyCase<Input>(
	kind: keyof typeof CASES,
	inputs: fc.Arbitrary<Input>,
	work: (input: Input) => unknown,
	expectWhole: (output: never, input: Input) => void,
): void {
	let cases = 0;
	const property = fc.property(inputs, (input) => {
		cases++;
		const output = timed(() => outcomeOf(() => work(input)));
		if (output !== REFUSED) expectWhole(output as never, input);
	});
	fc.assert(property, { numRuns: CASES[kind], endOnFailure: false, verbose: 0 });
	expect(cases).toBe(CASES[kind]);
}

/** What work gives, tried once more where it was slow: another process may have had the core. */
function timed(work: () => unknown): unknown {
	for (const isLast of [false, true]) {
		const started = performance.now();
		const output = work();
		const took = performance.now() - started;
		if (took < LONGEST_MS) return output;
		if (isLast) throw new Error(`One input took ${Math.round(took)} ms`);
	}
	return undefined;
}

function outcomeOf(work: () => unknown): unknown {
	try {
		return work();
	} catch (error) {
		expectClear(error);
		return REFUSED;
	}
}

/** A refusal, or the plain error that a credential's address is refused with. */
function expectClear(error: unknown): void {
	const { name, message } = error as Error;
	if (!(error instanceof Refusal) && !/^(Base URL|Shop URL) (is|must) /.test(message)) {
		throw new Error(`No refusal of ours: ${name}: ${message}`, { cause: error });
	}
	const texts = error instanceof Refusal ? [message, error.whatToDo] : [message];
	for (const text of texts) {
		expect(text.trim().length).toBeGreaterThan(15);
		expect(text).not.toMatch(PRINTED_BY_MISTAKE);
	}
}

/** Whether a schema takes a record and leaves it as it is; jest's own comparison is slow, and shows what differs. */
export function expectFits(schema: { parse(record: unknown): unknown }, record: unknown): void {
	const parsed = schema.parse(record);
	if (!isDeepStrictEqual(parsed, record)) expect(parsed).toStrictEqual(record);
}
