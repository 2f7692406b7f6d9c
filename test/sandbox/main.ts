import { startSandbox } from './index';

/** Starts the sandbox on fixed ports (VENDRE_PORT, SPECTER_PORT) and stays up until it is stopped. */
async function main(): Promise<void> {
	const sandbox = await startSandbox({
		vendrePort: Number(process.env.VENDRE_PORT ?? 5701),
		specterPort: Number(process.env.SPECTER_PORT ?? 5702),
		products: Number(process.env.PRODUCTS ?? 120),
	});
	const { vendre, specter } = sandbox;
	const lines = [
		`Vendre shop       ${vendre.url}/_sandbox/`,
		...listing(vendre.credentials),
		`Specter account   ${specter.url}/_sandbox/`,
		...listing(specter.credentials),
		'Specter, version 1 of the API',
		...listing(specter.credentialsVersion1),
	];
	console.log(lines.join('\n'));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
	}
}

function listing(credentials: Readonly<Record<string, string>>): string[] {
	return Object.entries(credentials).map(([field, value]) => `  ${field.padEnd(16)}${value}`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
