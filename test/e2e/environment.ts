/** Environment variable in which the tests find the packed nodes. */
export const TARBALL = 'VENDRE_SPECTER_TARBALL';

/** The tarball that the global setup has made. */
export function packedNodes(): string {
	const tarball = process.env[TARBALL];
	if (!tarball)
		throw new Error('The end-to-end tests run through jest, which packs the nodes first');
	return tarball;
}
