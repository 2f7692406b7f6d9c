/** Digits of a varint: seven bits a byte, the eighth says that more follow. */
const VARINT_BASE = 128;
const DIGEST_BYTES = 4;
/** Enough for the varint of any whole number that JavaScript holds exactly. */
const MOST_ID_BYTES = 8;

/**
 * Ids with a 32-bit digest each as short text, for n8n's static data: ascending, each id by its distance
 * from the one before. 100,000 records take less than 1 MB.
 */
export function pack(digests: ReadonlyMap<number, number>): string {
	const bytes = Buffer.alloc(digests.size * (MOST_ID_BYTES + DIGEST_BYTES));
	let length = 0;
	let last = 0;
	for (const [id, digest] of [...digests].sort(([a], [b]) => a - b)) {
		let distance = id - last;
		while (distance >= VARINT_BASE) {
			length = bytes.writeUInt8((distance % VARINT_BASE) + VARINT_BASE, length);
			distance = Math.floor(distance / VARINT_BASE);
		}
		length = bytes.writeUInt8(distance, length);
		length = bytes.writeUInt32BE(digest, length);
		last = id;
	}
	return bytes.toString('base64', 0, length);
}

/** What {@link pack} made text of. */
export function unpack(text: string): Map<number, number> {
	const bytes = Buffer.from(text, 'base64');
	const digests = new Map<number, number>();
	let id = 0;
	for (let at = 0; at < bytes.length; at += DIGEST_BYTES) {
		let weight = 1;
		for (; bytes[at] >= VARINT_BASE; at++, weight *= VARINT_BASE) {
			id += (bytes[at] - VARINT_BASE) * weight;
		}
		id += bytes[at++] * weight;
		digests.set(id, bytes.readUInt32BE(at));
	}
	return digests;
}
