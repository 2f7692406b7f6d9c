import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares secrets in a time that does not depend on where they differ; an empty one fits nothing. */
export function secretsMatch(given: unknown, expected: string): boolean {
	if (typeof given !== 'string' || !expected) return false;
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(expected));
}
