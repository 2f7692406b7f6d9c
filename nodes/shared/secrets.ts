import { createHash, timingSafeEqual } from 'node:crypto';

/** The shortest text that counts as one secret of several: words of a sentence must not let anybody in. */
const SHORTEST_OF_SEVERAL = 16;

/**
 * The secrets that a credential's field holds, the one for new addresses first. There are several, with
 * blanks or commas between, while addresses are being changed from one to another; a text whose parts are
 * not all long is one secret as it stands.
 */
export function secretsIn(field: string | undefined): string[] {
	const text = field ?? '';
	const parts = text.split(/[\s,]+/).filter(Boolean);
	const isList = parts.length > 1 && parts.every(({ length }) => length >= SHORTEST_OF_SEVERAL);
	return isList ? parts : [text].filter(Boolean);
}

/**
 * Whether one of the secrets in a credential's field was given, in a time that does not depend on where
 * they differ. An empty field lets nobody in.
 */
export function secretsMatch(given: unknown, field: string | undefined): boolean {
	if (typeof given !== 'string') return false;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return secretsIn(field).some((secret) => timingSafeEqual(digest(given), digest(secret)));
}
