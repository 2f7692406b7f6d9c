/** A list in parts of at most `size`, in order. */
export function inParts<Input>(inputs: readonly Input[], size: number): Input[][] {
	return Array.from({ length: Math.ceil(inputs.length / size) }, (_, part) =>
		inputs.slice(part * size, (part + 1) * size),
	);
}

/**
 * Runs `work` over `inputs` with at most `limit` calls under way and keeps the order of the answers.
 * After the first rejection nothing new is started; what is under way is awaited, so that no
 * write goes on behind the caller's back, and the rejection of the lowest index is thrown.
 */
export async function mapBounded<Input, Output>(
	inputs: readonly Input[],
	limit: number,
	work: (input: Input, index: number) => Promise<Output>,
): Promise<Output[]> {
	const outputs = new Array<Output>(inputs.length);
	const failures = new Map<number, unknown>();
	let next = 0;

	const worker = async () => {
		while (next < inputs.length && failures.size === 0) {
			const index = next++;
			try {
				outputs[index] = await work(inputs[index], index);
			} catch (error) {
				failures.set(index, error);
			}
		}
	};
	const workers = Math.max(1, Math.min(Math.trunc(limit) || 1, inputs.length));
	await Promise.all(Array.from({ length: workers }, worker));

	if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
	return outputs;
}
