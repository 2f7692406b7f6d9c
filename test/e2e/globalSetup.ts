import { ensureChromium } from '../host/chromium';
import { ensureHost } from '../host/install';
import { ensureLibreOffice } from '../host/libreoffice';
import { packPackage } from '../host/pack';
import { withProgress } from '../host/progress';
import { TARBALL } from './environment';
import { startShared } from './sharedN8n';

/** Once before all end-to-end tests: what they need installed, the package packed, and an n8n for each worker. */
export default async function globalSetup({ maxWorkers }: { maxWorkers: number }): Promise<void> {
	await ensureHost();
	await ensureChromium();
	await ensureLibreOffice();
	const tarball = await withProgress('Building and packing the nodes', packPackage);
	process.env[TARBALL] = tarball;
	await withProgress('Starting n8n', async () => await startShared(tarball, maxWorkers));
}
