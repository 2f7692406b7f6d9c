import type { Sandbox } from '../sandbox';
import type { NodeRun } from './engine';

/** Fails where an error, or what n8n stores of the run, holds a key, a signature or the secret. */
export function expectNoSecrets({ specter, vendre }: Sandbox, run: NodeRun): void {
	const secrets = [
		specter.credentials.apiUserKey,
		specter.credentials.integrationKey,
		vendre.credentials.apiKey,
		vendre.credentials.webhookSecret,
		...specter.calls.map(({ params }) => params.key),
	].filter(Boolean);
	for (const secret of secrets) expect(run.traces).not.toContain(secret);
	expect(run.traces).not.toMatch(/[?&]key=/);
	expect(run.traces).not.toMatch(/"?\bkey"?\s*[:=]\s*['"]?[0-9a-f]{32}/i);
}
