import { TARBALL } from '../e2e/environment';
import { ensureFakeTime } from '../host/fakeTime';
import { ensureHost } from '../host/install';
import { packPackage } from '../host/pack';
import { ensurePostgres } from '../host/postgres';
import { withProgress } from '../host/progress';
import { ensureRedis } from '../host/redis';

/** Once before the storms: what they need installed, and the package built and packed. */
export default async function globalSetup(): Promise<void> {
	await ensureHost();
	await ensureFakeTime();
	await ensureRedis();
	await ensurePostgres();
	process.env[TARBALL] = await withProgress('Building and packing the nodes', packPackage);
}
