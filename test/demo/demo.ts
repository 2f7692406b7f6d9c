import type { WebhookEvent } from '../sandbox';
import { ensureHost } from '../host/install';
import { packPackage } from '../host/pack';
import { freePort } from '../host/ports';
import { withProgress } from '../host/progress';
import { startQueueStack } from '../host/queue';
import { activateTemplate, registerWebhooks, startStack, type Stack } from '../host/stack';
import { templateFiles, vendreTriggerOf, type TemplateSetup } from '../host/templates';
import { STATUS_ROWS } from './changes';
import { runOnce } from './once';

const N8N_PORT = 5678;
const VENDRE_PORT = 5681;
const SPECTER_PORT = 5682;
/**
 * The templates look every few minutes; nobody wants to wait so long for a demonstration. Poll triggers
 * look once a minute, which is the least that n8n allows.
 */
const POLL_SECONDS = 15;

/** What the user of the sandbox's shop enters into the templates, by file and node. */
const ENTERED: Record<string, TemplateSetup['parameters']> = {
	'specter-changes-to-vendre.json': {
		'Map order status': { statuses: { status: STATUS_ROWS } },
	},
};

async function start(): Promise<Stack> {
	await ensureHost();
	const tarball = await withProgress('Building and packing the nodes', packPackage);
	const isQueued = process.argv.includes('--queue');
	const mode = isQueued ? 'n8n in queue mode' : 'n8n';
	const stack = await withProgress(`Starting the sandbox and ${mode}`, async () =>
		(isQueued ? startQueueStack : startStack)(tarball, {
			sandbox: {
				vendrePort: await freePort(VENDRE_PORT),
				specterPort: await freePort(SPECTER_PORT),
			},
			n8n: { port: await freePort(N8N_PORT) },
		}),
	);
	for (const file of await templateFiles()) {
		const workflow = await activateTemplate(stack, file, {
			scheduleSeconds: POLL_SECONDS,
			parameters: ENTERED[file],
		});
		const trigger = vendreTriggerOf(workflow);
		// The connection check has the shop's webhooks for a while only, and an event has one address.
		const hasThem = trigger && trigger.parameters.output !== 'form';
		if (hasThem) registerWebhooks(stack, workflow, trigger.parameters.events as WebhookEvent[]);
		console.log(`Active: ${workflow.name}`);
	}
	return stack;
}

function addresses({ n8n, sandbox }: Stack): string {
	return `
  n8n           ${n8n.url}
                ${n8n.login.email} / ${n8n.login.password}
  Webhooks      ${n8n.webhooksUrl}
  Vendre shop   ${sandbox.vendre.url}/_sandbox/     place orders here, see stock and products change
  Specter       ${sandbox.specter.url}/_sandbox/     see orders arrive here, change stock and articles
  n8n's log     ${n8n.log}
`;
}

async function main(): Promise<void> {
	let interrupt: () => void = () => process.exit(130);
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupt());
	const stack = await start();
	console.log(addresses(stack));

	const interrupted = new Promise<void>((resolve) => {
		interrupt = resolve;
	});
	try {
		if (process.argv.includes('--once')) {
			const right = await Promise.race([runOnce(stack), interrupted]);
			process.exitCode = right ? 0 : 1;
		} else {
			console.log('Running. Stop with Ctrl-C.');
			await interrupted;
		}
	} finally {
		console.log('Stopping …');
		await stack.stop();
	}
}

main().catch((error: Error) => {
	console.error(`\n${error.message}`);
	process.exit(1);
});
