import { ensureChromium } from '../host/chromium';
import { ensureHost } from '../host/install';
import { ensureLibreOffice } from '../host/libreoffice';
import { packPackage } from '../host/pack';
import { withProgress } from '../host/progress';
import { TARBALL } from './environment';

/** Once before all end-to-end tests: what they need installed, and the package built and packed. */
export default async function globalSetup(): Promise<void> {
	await ensureHost();
	await ensureChromium();
	await ensureLibreOffice();
	process.env[TARBALL] = await withProgress('Building and packing the nodes', packPackage);
}
