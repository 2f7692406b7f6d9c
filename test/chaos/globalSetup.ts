import { TARBALL } from '../e2e/environment';
import { ensureHost } from '../host/install';
import { packPackage } from '../host/pack';
import { withProgress } from '../host/progress';

/** Once before the storms: n8n installed, and the package built and packed. The rest is installed where it is used. */
export default async function globalSetup(): Promise<void> {
	await ensureHost();
	process.env[TARBALL] = await withProgress('Building and packing the nodes', packPackage);
}
