/**
 * The largest answer that is taken, as it is when it has been decompressed. The largest that the two
 * systems are known to give are the stock of 100,000 articles, about 12 MB, and 250 products with all
 * their texts, about 2 MB. What goes beyond is no answer of theirs, and parsing it takes many times its size.
 */
export const LARGEST_ANSWER_MIB = 32;

const LARGEST_ANSWER_BYTES = LARGEST_ANSWER_MIB * 2 ** 20;

/** The code of a failure whose reason is that the answer was larger than {@link LARGEST_ANSWER_MIB}. */
export const TOO_LARGE = 'ANSWER_TOO_LARGE';

/**
 * The body of an answer that n8n's http helper gave as a stream: it sets no limit of its own. One that is
 * too large is left, with its connection, as soon as it shows, and never stands in memory as a whole.
 * @throws {Error} with the code {@link TOO_LARGE}, or that of a connection that broke
 */
export async function readBody(answer: AsyncIterable<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of answer) {
		bytes += piece.length;
		if (bytes > LARGEST_ANSWER_BYTES) {
			throw Object.assign(new Error('The answer is too large'), { code: TOO_LARGE });
		}
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}
